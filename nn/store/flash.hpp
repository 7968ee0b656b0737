// Flash: what a store needs of a memory that keeps its contents. It is seen as sectors 0, 1, … of one size, and bytes from the
// first of sector 0.
//
//   sectors, sector_bytes    how many there are, and how long each is
//   unit                     bytes that are programmed at a time, at a multiple of it: a divisor of sector_bytes
//   erased                   what an erased byte reads as
//   erase(sector)            of a whole sector
//   program(at, from)        of one unit, at most once after each erase
//   read(at, to)             of any bytes; what was programmed half may read as anything, or be unreadable
#pragma once

#include "targets/needs_cxx20.hpp"

#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

namespace nn {

enum class [[nodiscard]] FlashStatus{ok, outside, locked, timed_out, refused, not_programmed, unreadable};

constexpr std::string_view describe(FlashStatus status) {
  switch (status) {
    case FlashStatus::ok:
      return "good";
    case FlashStatus::outside:
      return "an address outside the store, or between two program units";
    case FlashStatus::locked:
      return "the flash controller stays locked";
    case FlashStatus::timed_out:
      return "the flash controller stays busy";
    case FlashStatus::refused:
      return "the flash controller reports an error";
    case FlashStatus::not_programmed:
      return "the flash does not hold what was programmed";
    case FlashStatus::unreadable:
      return "the flash reports an error that its code cannot correct";
  }
  return "";
}

template <class Device>
concept Flash = requires(Device device, std::size_t number, std::span<const std::byte, Device::unit> from,
                         std::span<std::byte> to) {
  { Device::sectors } -> std::convertible_to<std::size_t>;
  { Device::sector_bytes } -> std::convertible_to<std::size_t>;
  { Device::erased } -> std::convertible_to<std::byte>;
  { device.erase(number) } -> std::same_as<FlashStatus>;
  { device.program(number, from) } -> std::same_as<FlashStatus>;
  { device.read(number, to) } -> std::same_as<FlashStatus>;
};

}  // namespace nn
