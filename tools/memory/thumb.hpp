// What one Thumb instruction does to the stack pointer and to the flow of a program. Armv7-M Architecture Reference Manual,
// chapters A5 and A7; what Armv8.1-M adds to both (BF…, loops by LE, VSCCLRM) is no part of libgcc and newlib.
#pragma once

#include <cstdint>
#include <optional>

namespace tools::thumb {

struct Effect {
  std::uint32_t length = 2;
  std::int32_t pushed = 0;               // bytes by which the stack grows
  bool goes_on = true;                   // the next instruction may follow
  std::optional<std::uint32_t> jump;     // it may be followed by this one
  std::optional<std::uint32_t> call;     // it calls this one
  std::uint32_t conditional = 0;         // so many instructions behind it may be skipped, each by itself: IT
  bool computed_jump = false;            // to where a register points, the link register aside
  const char* unknown = nullptr;         // why nobody can say
};

// Whether an instruction that begins so has two half words.
constexpr bool is_long(std::uint32_t first) { return first >= 0xe800; }

// Of the instruction at `address`; `second` is the half word behind `first`.
Effect effect(std::uint32_t address, std::uint32_t first, std::uint32_t second);

}  // namespace tools::thumb
