// The flash of the RP2040, a chip of its own behind a cache: sectors of 4,096 bytes, pages of 256. The ROM erases and programs
// it; meanwhile nothing can be read or run from it, so that these routines lie in RAM and interrupts are off. RP2040 Datasheet,
// sections 2.8.3.1.3 (the ROM's functions and their order) and 2.6.3 (cache and execution in place); order and arguments as in
// Raspberry Pi's SDK, hardware_flash/flash.c.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "chips/mapped_flash.hpp"

namespace rp2040 {

// A function of the ROM, by its two letters.
constexpr std::uint32_t rom_function(char first, char second) {
  return static_cast<std::uint32_t>(first) | static_cast<std::uint32_t>(second) << 8;
}

// Calls a function while the flash is the ROM's. Rom: call(function, arguments…), interrupts_off(), interrupts_back(before).
// Inlined as a whole, so that it lies where its caller does.
[[gnu::always_inline]] inline void call_without_flash(auto& rom, std::uint32_t function, std::uint32_t a, std::uint32_t b,
                                                      std::uint32_t c, std::uint32_t d) {
  const std::uint32_t before = rom.interrupts_off();
  rom.call(rom_function('I', 'F'));  // connect_internal_flash
  rom.call(rom_function('E', 'X'));  // flash_exit_xip
  rom.call(function, a, b, c, d);
  rom.call(rom_function('F', 'C'));  // flash_flush_cache
  rom.call(rom_function('C', 'X'));  // flash_enter_cmd_xip, as the second boot stage does
  rom.interrupts_back(before);
}
[[gnu::always_inline]] inline void erase_sector(auto& rom, std::uint32_t offset) {
  call_without_flash(rom, rom_function('R', 'E'), offset, 4096, 1u << 16, 0xd8);
}
[[gnu::always_inline]] inline void program_page(auto& rom, std::uint32_t offset, const std::byte* from) {
  call_without_flash(rom, rom_function('R', 'P'), offset, rom.pointer(from), 256, 0);
}

template <FlashRegion Region, class Access>
class Flash : public MappedFlash<Region, 256, Access> {
  using Base = MappedFlash<Region, 256, Access>;
  using Base::access;
  static_assert(Region.sector_bytes == 4096, "rp2040::Flash: a sector is 4096 bytes");
  static constexpr std::uint32_t flash = 0x10000000;

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    access.erase(Base::address(sector * Base::sector_bytes) - flash);
    return nn::FlashStatus::ok;
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 256> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    access.program(Base::address(at) - flash, from.data());
    return Base::verified(at, from);
  }
};

}  // namespace rp2040
