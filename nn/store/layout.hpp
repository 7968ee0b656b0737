// Layout: where a store's records lie in its sectors.
//
// A record is a header and its contents. If a sector holds several, each has a slot of its own there, and a sector is erased
// once for all of them; else a record takes `span` sectors in a row, of which sector 0 follows the last, and leaves the header's
// place free in all but the first, so that no contents can be taken for a header. Slots are used one after the other, round and
// round: every sector is erased equally often.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>

namespace nn {

struct Layout {
  std::size_t sectors, sector_bytes;
  std::size_t header;        // bytes, whole program units
  std::size_t slots = 1;     // in a sector; places are numbered through all sectors
  std::size_t span = 1;      // sectors of a record, 1 if slots > 1
  std::size_t capacity = 0;  // bytes of contents in a slot's part of one sector

  // For contents of up to `largest` bytes.
  static constexpr Layout of(std::size_t sectors, std::size_t sector_bytes, std::size_t unit, std::size_t header_bytes,
                             std::size_t largest) {
    const auto whole = [unit](std::size_t bytes) { return (bytes + unit - 1) / unit * unit; };
    Layout layout{.sectors = sectors, .sector_bytes = sector_bytes, .header = whole(header_bytes)};
    const std::size_t slot = layout.header + whole(largest > 0 ? largest : 1);
    if (slot <= sector_bytes) layout.slots = sector_bytes / slot;
    layout.capacity = (sector_bytes / layout.slots) / unit * unit - layout.header;
    layout.span = (largest + layout.capacity - 1) / layout.capacity;
    if (layout.span == 0) layout.span = 1;
    return layout;
  }

  // The newest record must stay until the next is whole.
  constexpr bool holds_two() const { return 2 * span <= sectors; }

  constexpr std::size_t places() const { return sectors * slots; }
  constexpr std::size_t sector(std::size_t place) const { return place / slots; }
  constexpr std::size_t next(std::size_t place) const { return (place + span) % places(); }
  constexpr bool erases(std::size_t place) const {
    return place % slots == 0;
  }  // else its sector has been erased for a slot before

  // Whether the sectors of the one are among those of the other.
  constexpr bool overlap(std::size_t place, std::size_t other) const {
    const std::size_t ahead = (sector(place) + sectors - sector(other)) % sectors;
    return ahead < span || sectors - ahead < span;
  }

  // Of the header, and of a byte of the contents: how many bytes lie in one piece from there on is a multiple of the program
  // unit.
  constexpr std::size_t address(std::size_t place) const {
    return sector(place) * sector_bytes + place % slots * (capacity + header);
  }
  constexpr std::size_t address(std::size_t place, std::size_t at) const {
    return address((place + at / capacity) % places()) + header + at % capacity;
  }
};

}  // namespace nn
