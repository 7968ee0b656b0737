// What drivers of flash that is read in place have in common. A driver adds erase() and program(), with Access for all that it
// reads and writes: the chip itself (chip_access.hpp), or in a test a model of it.
//
//   get(address), set(address, value)    a register of 32 bits; set also stores a word into flash
//   set_half(address, value)             16 bits
//   load(address, to)                    bytes of flash
//   barrier()                            between a register and flash, which a processor may take for independent
//   patience                             how often a busy flag is looked at before it is taken to be stuck
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/store/flash.hpp"

// The sectors of a chip's flash that are a store's. board.cmake names them.
struct FlashRegion {
  std::uint32_t origin, sector_bytes, sectors;
};

template <FlashRegion Region, std::size_t Unit, class Access>
class MappedFlash {
 public:
  static constexpr std::size_t sectors = Region.sectors, sector_bytes = Region.sector_bytes, unit = Unit;
  static constexpr std::byte erased{0xff};

  constexpr explicit MappedFlash(Access to = {}) : access{to} {}

  nn::FlashStatus read(std::size_t at, std::span<std::byte> to) {
    constexpr std::size_t bytes = sectors * sector_bytes;
    if (at > bytes || to.size() > bytes - at) return nn::FlashStatus::outside;
    access.load(address(at), to);
    return nn::FlashStatus::ok;
  }

 protected:
  static constexpr std::uint32_t address(std::size_t at) { return Region.origin + static_cast<std::uint32_t>(at); }
  static constexpr bool is_unit(std::size_t at) { return at % unit == 0 && at < sectors * sector_bytes; }

  static constexpr std::uint32_t word(std::span<const std::byte> bytes, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < std::min<std::size_t>(4, unit); ++k)
      value |= std::to_integer<std::uint32_t>(bytes[at + k]) << (8 * k);
    return value;
  }

  // Whether the bits of a register become 0 in time.
  bool clears(std::uint32_t from, std::uint32_t bits) {
    for (std::uint32_t tries = 0; tries < Access::patience; ++tries)
      if ((access.get(from) & bits) == 0) return true;
    return false;
  }

  // Whether the unit now holds what was programmed.
  nn::FlashStatus verified(std::size_t at, std::span<const std::byte, Unit> from) {
    std::array<std::byte, std::min<std::size_t>(Unit, 4)> found{};
    for (std::size_t k = 0; k < Unit; k += found.size()) {
      access.load(address(at + k), found);
      if (!std::ranges::equal(found, from.subspan(k, found.size()))) return nn::FlashStatus::not_programmed;
    }
    return nn::FlashStatus::ok;
  }

  [[no_unique_address]] Access access;
};
