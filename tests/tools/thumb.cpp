// What instructions do to the stack and to the flow, as arm-none-eabi-as encodes them.
#include "tools/memory/thumb.hpp"

#include "expect.hpp"

namespace {

using tools::thumb::Effect;
using tools::thumb::effect;

constexpr std::uint32_t here = 0x100;

std::int32_t pushed(std::uint32_t first, std::uint32_t second = 0) {
  const Effect of = effect(here, first, second);
  expect(of.goes_on && of.unknown == nullptr && !of.computed_jump && !of.jump && !of.call);
  return of.pushed;
}

void stack_pointer() {
  expect(pushed(0xb5f0) == 20);           // push {r4-r7, lr}
  expect(pushed(0xe92d, 0x41f0) == 24);   // push {r4-r8, lr}
  expect(pushed(0xbc0c) == -8);           // pop {r2, r3}
  expect(pushed(0xb082) == 8);            // sub sp, #8
  expect(pushed(0xb002) == -8);           // add sp, #8
  expect(pushed(0xf84d, 0x0d04) == 4);    // str r0, [sp, #-4]!
  expect(pushed(0xe96d, 0x4504) == 16);   // strd r4, r5, [sp, #-16]!
  expect(pushed(0xe8fd, 0x4504) == -16);  // ldrd r4, r5, [sp], #16
  expect(pushed(0xed2d, 0x8b04) == 16);   // vpush {d8-d9}
  expect(pushed(0xecbd, 0x8b04) == -16);  // vpop {d8-d9}
  expect(pushed(0xed2d, 0x8a03) == 12);   // vpush {s16-s18}
  expect(pushed(0xf1ad, 0x0d10) == 16);   // sub.w sp, sp, #16
  expect(pushed(0xf10d, 0x0d10) == -16);  // add.w sp, sp, #16
  expect(pushed(0xf2ad, 0x0d14) == 20);   // subw sp, sp, #20
  expect(pushed(0xf5ad, 0x6d80) == 1024); // sub.w sp, sp, #1024
  expect(effect(here, 0x469d, 0).unknown != nullptr);  // mov sp, r3
}

void nothing() {
  expect(pushed(0x9001) == 0);          // str r0, [sp, #4]
  expect(pushed(0xf8dd, 0x0004) == 0);  // ldr.w r0, [sp, #4]
  expect(pushed(0xe9cd, 0x4504) == 0);  // strd r4, r5, [sp, #16]
  expect(pushed(0x4668) == 0);          // mov r0, sp
  expect(pushed(0xa801) == 0);          // add r0, sp, #4
  expect(pushed(0xbf00) == 0);          // nop
  expect(pushed(0xbf08) == 0 && effect(here, 0xbf08, 0).conditional == 1);  // it eq
  expect(effect(here, 0xbf0c, 0).conditional == 2);                         // ite eq
  expect(effect(here, 0xbf01, 0).conditional == 4);                         // itttt eq
}

void ends(std::uint32_t first, std::uint32_t second = 0) {
  const Effect of = effect(here, first, second);
  expect(!of.goes_on && !of.jump && !of.computed_jump && of.unknown == nullptr);
}

void jumps(std::uint32_t first, std::uint32_t second, std::uint32_t to, bool always) {
  const Effect of = effect(here, first, second);
  expect(of.jump && *of.jump == to && of.goes_on != always && of.pushed == 0);
}

void flow() {
  ends(0xbd10);          // pop {r4, pc}
  ends(0xe8bd, 0x81f0);  // pop {r4-r8, pc}
  ends(0xf85d, 0xfb04);  // ldr pc, [sp], #4
  ends(0x4770);          // bx lr
  ends(0x46f7);          // mov pc, lr
  expect(effect(here, 0x469f, 0).computed_jump);          // mov pc, r3
  expect(effect(here, 0xe8df, 0xf000).computed_jump);     // tbb [pc, r0]
  expect(effect(here, 0x4798, 0).unknown != nullptr);     // blx r3
  jumps(0xe7de, 0, here - 0x40, true);                    // b, 0x40 back
  jumps(0xd0db, 0, here - 0x46, false);                   // beq, 0x46 back
  jumps(0xb108, 0, here + 6, false);                      // cbz r0, 6 on
  jumps(0xf7ff, 0xbfdd, here - 0x42, true);               // b.w, 0x42 back
  jumps(0xf43f, 0xafda, here - 0x48, false);              // beq.w, 0x48 back
  const Effect call = effect(here, 0xf7ff, 0xffe0);       // bl, 0x3c back
  expect(call.call && *call.call == here - 0x3c && call.goes_on && !call.jump);
}

}  // namespace

int main() {
  stack_pointer();
  nothing();
  flow();
  return expectations_failed();
}
