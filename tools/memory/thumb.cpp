#include "tools/memory/thumb.hpp"

#include <bit>

namespace tools::thumb {

namespace {

constexpr std::uint32_t stack_pointer = 13, link = 14, program_counter = 15;

constexpr const char* computed_stack = "a stack pointer that is computed";

std::int32_t words(std::uint32_t registers) { return 4 * std::popcount(registers); }

std::uint32_t signed_bits(std::uint32_t value, int bits) {
  const std::uint32_t sign = 1u << (bits - 1);
  return (value ^ sign) - sign;
}

// The constant of 12 bits that some long instructions hold, i:imm3:imm8, and what ThumbExpandImm makes of it.
std::uint32_t constant(std::uint32_t first, std::uint32_t second) {
  return (first >> 10 & 1) << 11 | (second >> 12 & 7) << 8 | (second & 0xff);
}
std::int32_t expanded(std::uint32_t bits) {
  const std::uint32_t byte = bits & 0xff;
  if (bits >= 0x400) return static_cast<std::int32_t>(std::rotr(0x80u | (bits & 0x7f), static_cast<int>(bits >> 7)));
  return static_cast<std::int32_t>(byte * (bits >> 8 == 0   ? 1u
                                           : bits >> 8 == 1 ? 0x10001u
                                           : bits >> 8 == 2 ? 0x1000100u
                                                            : 0x1010101u));
}

// Returns, or jumps to where a register points.
Effect branch_to_register(Effect of, std::uint32_t from) {
  of.goes_on = false;
  of.computed_jump = from != link;
  return of;
}

Effect short_effect(std::uint32_t address, std::uint32_t code) {
  Effect of;
  const std::uint32_t next = address + 4;  // what the program counter reads as
  if ((code & 0xfe00) == 0xb400) {         // PUSH
    of.pushed = words(code & 0x1ff);
  } else if ((code & 0xfe00) == 0xbc00) {  // POP
    of.pushed = -words(code & 0x1ff);
    of.goes_on = (code & 0x100) == 0;
  } else if ((code & 0xff00) == 0xb000) {  // ADD, SUB of the stack pointer
    const auto bytes = static_cast<std::int32_t>(4 * (code & 0x7f));
    of.pushed = (code & 0x80) != 0 ? bytes : -bytes;
  } else if ((code & 0xff00) == 0x4400 || (code & 0xff00) == 0x4600) {  // ADD, MOV of any registers
    const std::uint32_t to = (code & 7) | (code >> 4 & 8), from = code >> 3 & 15;
    if (to == stack_pointer) of.unknown = computed_stack;
    if (to == program_counter) return branch_to_register(of, (code & 0x200) != 0 ? from : program_counter);
  } else if ((code & 0xff00) == 0x4700) {  // BX, BLX
    if ((code & 0x80) != 0)
      of.unknown = "a call through a pointer";
    else
      return branch_to_register(of, code >> 3 & 15);
  } else if ((code & 0xf000) == 0xd000 && (code & 0xe00) != 0xe00) {  // B with a condition
    of.jump = next + 2 * signed_bits(code & 0xff, 8);
  } else if ((code & 0xf800) == 0xe000) {  // B
    of.jump = next + 2 * signed_bits(code & 0x7ff, 11);
    of.goes_on = false;
  } else if ((code & 0xf500) == 0xb100) {  // CBZ, CBNZ
    of.jump = next + ((code >> 3 & 0x1f) << 1 | (code >> 9 & 1) << 6);
  } else if ((code & 0xff00) == 0xbf00 && (code & 15) != 0) {  // IT
    of.conditional = 4 - static_cast<std::uint32_t>(std::countr_zero(code & 15));
  } else if ((code & 0xff00) == 0xde00) {  // UDF
    of.goes_on = false;
  }
  return of;
}

Effect long_effect(std::uint32_t address, std::uint32_t first, std::uint32_t second) {
  Effect of;
  of.length = 4;
  const std::uint32_t next = address + 4;
  const auto imm8 = static_cast<std::int32_t>(second & 0xff);
  if (first == 0xe92d || first == 0xe8bd) {  // PUSH, POP of many registers
    of.pushed = first == 0xe92d ? words(second) : -words(second);
    of.goes_on = first == 0xe92d || (second & 0x8000) == 0;
  } else if ((first == 0xf84d || first == 0xf85d) && (second & 0x900) == 0x900) {  // STR, LDR that move the stack pointer
    const bool store = first == 0xf84d;
    of.pushed = (second & 0x200) != 0 ? -imm8 : imm8;
    if (!store && second >> 12 == program_counter) of.goes_on = false;
  } else if ((first & 0xfe4f) == 0xe84d && (first & 0x20) != 0) {  // STRD, LDRD that move the stack pointer
    of.pushed = (first & 0x80) != 0 ? -4 * imm8 : 4 * imm8;
  } else if ((first & 0xffbf) == 0xed2d && (second & 0xe00) == 0xa00) {  // VPUSH
    of.pushed = 4 * imm8;
  } else if ((first & 0xffbf) == 0xecbd && (second & 0xe00) == 0xa00) {  // VPOP
    of.pushed = -4 * imm8;
  } else if (((first & 0xfbff) == 0xf1ad || (first & 0xfbff) == 0xf10d) && (second >> 8 & 15) == stack_pointer) {  // SUB.W, ADD.W
    of.pushed = expanded(constant(first, second)) * ((first & 0xa0) == 0xa0 ? 1 : -1);
  } else if (((first & 0xfbff) == 0xf2ad || (first & 0xfbff) == 0xf20d) && (second >> 8 & 15) == stack_pointer) {  // SUBW, ADDW
    of.pushed = static_cast<std::int32_t>(constant(first, second)) * ((first & 0xa0) == 0xa0 ? 1 : -1);
  } else if ((first & 0xf800) == 0xf000 && (second & 0xd000) == 0xd000) {  // BL
    const std::uint32_t s = first >> 10 & 1, i1 = ~(second >> 13 ^ s) & 1, i2 = ~(second >> 11 ^ s) & 1;
    of.call = next + signed_bits(s << 24 | i1 << 23 | i2 << 22 | (first & 0x3ff) << 12 | (second & 0x7ff) << 1, 25);
  } else if ((first & 0xf800) == 0xf000 && (second & 0xd000) == 0x9000) {  // B
    const std::uint32_t s = first >> 10 & 1, i1 = ~(second >> 13 ^ s) & 1, i2 = ~(second >> 11 ^ s) & 1;
    of.jump = next + signed_bits(s << 24 | i1 << 23 | i2 << 22 | (first & 0x3ff) << 12 | (second & 0x7ff) << 1, 25);
    of.goes_on = false;
  } else if ((first & 0xf800) == 0xf000 && (second & 0xd000) == 0x8000 && (first & 0x380) != 0x380) {  // B with a condition
    const std::uint32_t s = first >> 10 & 1, j1 = second >> 13 & 1, j2 = second >> 11 & 1;
    of.jump = next + signed_bits(s << 20 | j2 << 19 | j1 << 18 | (first & 0x3f) << 12 | (second & 0x7ff) << 1, 21);
  } else if ((first & 0xfff0) == 0xe8d0 && (second & 0xffe0) == 0xf000) {  // TBB, TBH
    of.computed_jump = true;
  } else if ((first & 0xff7f) == 0xf85f && second >> 12 == program_counter) {  // LDR of the program counter, as in a veneer
    of.computed_jump = true;
  }
  return of;
}

}  // namespace

Effect effect(std::uint32_t address, std::uint32_t first, std::uint32_t second) {
  return is_long(first) ? long_effect(address, first, second) : short_effect(address, first);
}

}  // namespace tools::thumb
