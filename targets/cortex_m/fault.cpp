// The report of a fault:
//
//   fault: a division by zero (CFSR 0x02000000)
//     at pc 0x00000412, called from lr 0x00000433, psr 0x61000003
//     r0 0x00000000 …
//
// Status bits: ARMv7-M Architecture Reference Manual, section B3.2.15; ARMv8-M, D1.2.10. ARMv6-M has none.
#include <cstdint>
#include <string_view>

#include "console.hpp"
#include "image.hpp"
#include "register.hpp"
#include "startup.hpp"

namespace {

// What the processor pushed when it took the exception, and what the handler adds.
struct Frame {
  std::uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};
struct Rest {
  std::uint32_t r4, r5, r6, r7, r8, r9, r10, r11;
};

void write_register(std::string_view name, std::uint32_t value) {
  console::write(name);
  console::write(" 0x");
  for (int shift = 28; shift >= 0; shift -= 4) console::write({&"0123456789abcdef"[value >> shift & 15], 1});
}

#if __ARM_ARCH_ISA_THUMB >= 2
constexpr std::uint32_t memory_address_valid = 1u << 7;
constexpr std::uint32_t bus_address_valid = 1u << 15;

struct Cause {
  std::uint32_t bit;
  std::string_view words;
};
constexpr Cause causes[]{
    Cause{0, "an instruction fetched where none may be"},
    Cause{1, "data read or written where that is forbidden"},
    Cause{3, "memory forbidden when an exception returned"},
    Cause{4, "memory forbidden when an exception began: the stack is full"},
    Cause{5, "memory forbidden when FPU registers were saved"},
    Cause{8, "an instruction fetched where no memory is"},
    Cause{9, "data read or written where no memory is"},
    Cause{10, "data written where no memory is, some instructions earlier"},
    Cause{11, "no memory when an exception returned"},
    Cause{12, "no memory when an exception began: the stack is full"},
    Cause{13, "no memory when FPU registers were saved"},
    Cause{16, "an undefined instruction"},
    Cause{17, "a jump to an even address, which is not Thumb code"},
    Cause{18, "a wrong return from an exception"},
    Cause{19, "an instruction of a coprocessor or FPU that is off or missing"},
    Cause{20, "the stack passed its limit"},
    Cause{24, "an unaligned access"},
    Cause{25, "a division by zero"},
};

void write_cause() {
  const std::uint32_t status = register_at(0xe000ed28);  // CFSR
  bool known = false;
  for (const Cause& cause : causes)
    if ((status >> cause.bit & 1) != 0) {
      if (known) console::write("; ");
      console::write(cause.words);
      known = true;
    }
  if (!known) console::write("of no stated cause");
  write_register(" (CFSR", status);
  write_register(", HFSR", register_at(0xe000ed2c));
  console::write(")");
  if ((status & memory_address_valid) != 0) write_register(", address", register_at(0xe000ed34));
  if ((status & bus_address_valid) != 0) write_register(", address", register_at(0xe000ed38));
}
#else
void write_cause() { console::write("a hard fault (this core states no cause)"); }
#endif

}  // namespace

extern "C" {

[[noreturn, gnu::used]] void report_fault(const Frame* frame, const Rest* rest, std::uint32_t exception) {
  console::write("fault: ");
  if (exception >= 3 && exception <= 7) {
    write_cause();
  } else {
    write_register("an exception that nobody handles, number", exception);
  }
  if (frame == nullptr) {
    console::write("\n  the stack pointer has left the RAM: no registers\n");
    stop(99);
  }
  write_register("\n  at pc", frame->pc);
  write_register(", called from lr", frame->lr);
  write_register(", psr", frame->psr);
  write_register("\n  r0", frame->r0);
  write_register("  r1", frame->r1);
  write_register("  r2", frame->r2);
  write_register("  r3", frame->r3);
  write_register("\n  r4", rest->r4);
  write_register("  r5", rest->r5);
  write_register("  r6", rest->r6);
  write_register("  r7", rest->r7);
  write_register("\n  r8", rest->r8);
  write_register("  r9", rest->r9);
  write_register("  r10", rest->r10);
  write_register("  r11", rest->r11);
  write_register("\n  r12", frame->r12);
  write_register("  sp", static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(frame)));
  console::write("\n");
  stop(99);
}

// The report runs on the program's stack, or, where that leaves it less than 512 bytes of RAM, at the stack's top.
[[gnu::naked]] void fault() {
  asm volatile(
      ".syntax unified\n"
      "mrs r0, msp\n"
      "ldr r1, =ram_start + 512\n"
      "cmp r0, r1\n"
      "blo 1f\n"
      "ldr r1, =stack_top - 32\n"
      "cmp r0, r1\n"
      "bls 2f\n"
      "1: movs r0, #0\n"
      "ldr r1, =stack_top\n"
      "msr msp, r1\n"
      "2: sub sp, #32\n"
      "mov r1, sp\n"
      "stmia r1!, {r4-r7}\n"
      "mov r4, r8\n mov r5, r9\n mov r6, r10\n mov r7, r11\n"
      "stmia r1!, {r4-r7}\n"
      "mov r1, sp\n"
      "mrs r2, ipsr\n"
      "bl report_fault\n"
      ".ltorg\n");
}

}  // extern "C"
