// A NOR flash in memory, for the host, and for boards whose flash is not known here or not emulated. Like a real one it programs
// whole units, once after each erase, by clearing bits; each sector counts its erases.
//
// Power: touch() is called before each byte that is programmed or erased; false: power is gone, and nothing changes any more
// until it is back. A sector half erased, a unit half programmed read as anything, or not at all where words have a code of
// their own: anything(byte) says as what, torn(at, bytes) is told, erased(at, bytes) when they are good again, and readable(at,
// bytes) is asked.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/store/flash.hpp"

struct AlwaysOn {
  static constexpr bool touch() { return true; }
  static constexpr std::byte anything(std::byte byte) { return byte; }
  static constexpr void torn(std::size_t, std::size_t) {}
  static constexpr void erased(std::size_t, std::size_t) {}
  static constexpr bool readable(std::size_t, std::size_t) { return true; }
};

// The cells, and how often each sector has been erased. Not initialized where it is to survive a reset.
template <std::size_t Sectors, std::size_t SectorBytes>
struct SimulatedCells {
  std::array<std::byte, Sectors * SectorBytes> bytes;
  std::array<std::uint32_t, Sectors> wear;
};

template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit, class Power = AlwaysOn>
class SimulatedFlash {
 public:
  static constexpr std::size_t sectors = Sectors, sector_bytes = SectorBytes, unit = Unit;
  static constexpr std::byte erased{0xff};
  using Cells = SimulatedCells<Sectors, SectorBytes>;

  constexpr explicit SimulatedFlash(Cells& memory, Power supply = {}) : cells{&memory}, power{supply} {}

  constexpr nn::FlashStatus erase(std::size_t sector) {
    if (sector >= sectors) return nn::FlashStatus::outside;
    const auto all = std::span{cells->bytes}.subspan(sector * sector_bytes, sector_bytes);
    ++cells->wear[sector];
    for (std::size_t k = 0; k < all.size(); ++k) {
      if (!power.touch()) {
        for (std::byte& byte : all) byte = power.anything(byte);
        power.torn(sector * sector_bytes, sector_bytes);
        return nn::FlashStatus::timed_out;
      }
      all[k] = erased;
    }
    power.erased(sector * sector_bytes, sector_bytes);
    return nn::FlashStatus::ok;
  }

  constexpr nn::FlashStatus program(std::size_t at, std::span<const std::byte, Unit> from) {
    if (at % unit != 0 || at >= cells->bytes.size()) return nn::FlashStatus::outside;
    const auto to = std::span{cells->bytes}.subspan(at, unit);
    if (!power.readable(at, unit) || std::ranges::any_of(to, [](std::byte byte) { return byte != erased; }))
      return nn::FlashStatus::refused;
    for (std::size_t k = 0; k < unit; ++k) {
      if (!power.touch()) {
        to[k] = power.anything(to[k]);
        power.torn(at, unit);
        return nn::FlashStatus::timed_out;
      }
      to[k] &= from[k];
    }
    return nn::FlashStatus::ok;
  }

  constexpr nn::FlashStatus read(std::size_t at, std::span<std::byte> to) {
    if (at > cells->bytes.size() || to.size() > cells->bytes.size() - at) return nn::FlashStatus::outside;
    if (!power.readable(at, to.size())) return nn::FlashStatus::unreadable;
    std::ranges::copy(std::span{cells->bytes}.subspan(at, to.size()), to.begin());
    return nn::FlashStatus::ok;
  }

 private:
  Cells* cells;
  Power power;
};

// In memory at this address.
template <std::size_t Sectors, std::size_t SectorBytes>
auto simulated_flash_at(std::uint32_t address) {
  return SimulatedFlash<Sectors, SectorBytes, 8>{
      *reinterpret_cast<SimulatedCells<Sectors, SectorBytes>*>(static_cast<std::uintptr_t>(address))};
}
