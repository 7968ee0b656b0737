// The ROM of the RP2040, called from RAM. It takes some 100 bytes of the stack more than is counted for a caller.
#pragma once

#include "chips/chip_access.hpp"
#include "chips/rp2040_flash.hpp"

namespace rp2040 {

struct Rom {
  [[gnu::always_inline]] static inline std::uint32_t interrupts_off() {
    std::uint32_t before;
    asm volatile("mrs %0, primask\n cpsid i" : "=r"(before)::"memory");
    return before;
  }
  [[gnu::always_inline]] static inline void interrupts_back(std::uint32_t before) {
    asm volatile("msr primask, %0" ::"r"(before) : "memory");
  }

  [[gnu::always_inline]] static inline std::uint32_t pointer(const std::byte* from) {
    return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(from));
  }

  // Datasheet, section 2.8.2: half-words at 0x14 and 0x18 are the table of functions and the function that looks one up.
  [[gnu::always_inline]] static inline void call(std::uint32_t function, std::uint32_t a = 0, std::uint32_t b = 0,
                                                 std::uint32_t c = 0, std::uint32_t d = 0) {
    const std::uint32_t found = jump(half(0x18), half(0x14), function, 0, 0);
    static_cast<void>(jump(found, a, b, c, d));
  }

 private:
  [[gnu::always_inline]] static inline std::uint32_t half(std::uint32_t address) {
    std::uint32_t value;
    asm volatile("ldrh %0, [%1]" : "=l"(value) : "l"(address));
    return value;
  }
  [[gnu::always_inline]] static inline std::uint32_t jump(std::uint32_t to, std::uint32_t a, std::uint32_t b, std::uint32_t c,
                                                          std::uint32_t d) {
    register std::uint32_t r0 asm("r0") = a;
    register std::uint32_t r1 asm("r1") = b;
    register std::uint32_t r2 asm("r2") = c;
    register std::uint32_t r3 asm("r3") = d;
    asm volatile("blx %4" : "+l"(r0), "+l"(r1), "+l"(r2), "+l"(r3) : "l"(to) : "r12", "lr", "cc", "memory");
    return r0;
  }
};

struct RomAccess : ChipAccess {
  [[gnu::section(".ram_code"), gnu::noinline]] static void erase(std::uint32_t offset) {
    Rom rom;
    erase_sector(rom, offset);
  }
  [[gnu::section(".ram_code"), gnu::noinline]] static void program(std::uint32_t offset, const std::byte* from) {
    Rom rom;
    program_page(rom, offset, from);
  }
};

}  // namespace rp2040
