// Store<Flash>: records of bytes that survive a reset, and power that fails at any moment.
//
// A record is written beside the newest, read back, and only then given its header, by which it becomes the newest; where power
// fails before, the one before serves, whole. A record whose bytes no longer fit its CRC is passed over for the one before it.
// Nothing is kept in RAM but one program unit and where the newest record lies. nn/store/README.md has the format.
//
//   begin(), append(byte) …, commit()    writes a record; one that is begun anew, or never committed, is as if it had never been
//   newest(), older(record)              whole records, to be read with read(record, at, to)
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/crc.hpp"
#include "nn/store/flash.hpp"
#include "nn/store/layout.hpp"
#include "nn/store/record.hpp"
#include "nn/store/store_status.hpp"

namespace nn {

template <Flash Device>
class Store {
  static constexpr std::size_t header_bytes = Record::header_bytes;
  static_assert(Device::sectors >= 2, "nn::Store: the newest image must stay until the next is whole, which takes two sectors");
  static_assert(Device::sector_bytes % Device::unit == 0, "nn::Store: a sector must be a whole number of program units");
  static_assert(Device::sector_bytes > (header_bytes + Device::unit - 1) / Device::unit * Device::unit,
                "nn::Store: a sector must have room for a header of 20 bytes and more");

 public:
  // For records of up to `largest` bytes.
  constexpr explicit Store(std::size_t largest_record, Device flash = {})
      : device{flash},
        largest{largest_record},
        layout{Layout::of(Device::sectors, Device::sector_bytes, Device::unit, header_bytes, largest_record)} {}

  [[gnu::cold]] constexpr StoreStatus begin() {
    begun = false;
    if (!layout.holds_two()) return StoreStatus::too_large;
    if (!known) static_cast<void>(newest());
    if (failures == 0) place = last ? layout.next(last.place) : 0;
    for (std::size_t tries = 0; failures <= layout.places() && tries < layout.places(); ++tries, place = layout.next(place)) {
      if (layout.erases(place) ? (current && layout.overlap(place, current.place)) || !erase_for(place) : !is_blank(place))
        continue;
      begun = true;
      length = 0;
      crc = {};
      return StoreStatus::ok;
    }
    failures = 0;
    return StoreStatus::flash_failed;
  }

  [[gnu::cold]] constexpr StoreStatus append(std::byte byte) {
    if (!begun) return StoreStatus::not_begun;
    if (length == largest) {
      begun = false;
      return StoreStatus::too_large;
    }
    crc.add(static_cast<std::uint8_t>(byte));
    buffer[length++ % Device::unit] = byte;
    return length % Device::unit == 0 ? flush() : StoreStatus::ok;
  }

  [[gnu::cold]] constexpr StoreStatus commit() {
    if (!begun) return StoreStatus::not_begun;
    if (const std::size_t rest = length % Device::unit; rest != 0) {
      std::fill(buffer.begin() + static_cast<std::ptrdiff_t>(rest), buffer.end(), Device::erased);
      const std::size_t whole = length;
      length += Device::unit - rest;
      if (flush() != StoreStatus::ok) return StoreStatus::flash_failed;
      length = whole;
    }
    const Record record{highest + 1, static_cast<std::uint32_t>(length), crc.value(), place};
    if (!is_whole(record) || !write_header(record)) return flash_failed();
    begun = false;
    failures = 0;
    last = current = record;
    highest = record.sequence;
    return StoreStatus::ok;
  }

  [[gnu::cold]] constexpr Record newest() {
    if (!known) {
      last = before(0);
      highest = last.sequence;
      current = last && !is_whole(last) ? older(last) : last;
      known = true;
    }
    return current;
  }

  [[gnu::cold]] constexpr Record older(const Record& record) {
    Record found = before(record.sequence);
    while (found && !is_whole(found)) found = before(found.sequence);
    return found;
  }

  [[gnu::cold]] constexpr bool read(const Record& record, std::size_t at, std::span<std::byte> to) {
    if (at > record.length || to.size() > record.length - at) return false;
    while (!to.empty()) {
      const std::size_t piece = std::min(to.size(), layout.capacity - at % layout.capacity);
      if (device.read(layout.address(record.place, at), to.first(piece)) != FlashStatus::ok) return false;
      to = to.subspan(piece);
      at += piece;
    }
    return true;
  }

  // Forgets everything.
  [[gnu::cold]] constexpr StoreStatus erase() {
    bool good = true;
    for (std::size_t sector = 0; sector < Device::sectors; ++sector) good = good && noted(device.erase(sector));
    known = begun = false;
    failures = 0;
    return good ? StoreStatus::ok : StoreStatus::flash_failed;
  }

  // Of the last access that failed.
  constexpr FlashStatus flash_status() const { return trouble; }
  constexpr std::size_t largest_record() const { return largest; }

 private:
  constexpr bool noted(FlashStatus status) {
    if (status != FlashStatus::ok) trouble = status;
    return status == FlashStatus::ok;
  }

  // The next attempt is made elsewhere.
  constexpr StoreStatus flash_failed() {
    begun = false;
    ++failures;
    place = layout.next(place);
    return StoreStatus::flash_failed;
  }

  constexpr StoreStatus flush() {
    const std::size_t at = layout.address(place, length - Device::unit);
    return noted(device.program(at, buffer)) ? StoreStatus::ok : flash_failed();
  }

  constexpr bool erase_for(std::size_t where) {
    for (std::size_t k = 0; k < layout.span; ++k)
      if (!noted(device.erase((layout.sector(where) + k) % Device::sectors))) return false;
    return true;
  }

  [[gnu::cold]] constexpr bool is_blank(std::size_t where) {
    for (std::size_t at = 0; at < layout.header + layout.capacity; at += Device::unit) {
      if (device.read(layout.address(where) + at, buffer) != FlashStatus::ok) return false;
      if (std::ranges::any_of(buffer, [](std::byte byte) { return byte != Device::erased; })) return false;
    }
    return true;
  }

  constexpr bool is_whole(const Record& record) {
    Crc32 sum;
    std::array<std::byte, 4> bytes{};
    for (std::size_t at = 0; at < record.length; at += 4) {
      const auto part = std::span{bytes}.first(std::min<std::size_t>(4, record.length - at));
      if (!read(record, at, part)) return false;
      for (std::byte byte : part) sum.add(static_cast<std::uint8_t>(byte));
    }
    return sum.value() == record.crc;
  }

  [[gnu::cold]] constexpr bool write_header(const Record& record) {
    const Record::Header header = record.header();
    for (std::size_t k = 0; k < layout.header; ++k) {
      buffer[k % Device::unit] = k < header_bytes ? static_cast<std::byte>(header[k / 4] >> 8 * (k % 4)) : Device::erased;
      if (k % Device::unit != Device::unit - 1) continue;
      if (!noted(device.program(layout.address(record.place) + k + 1 - Device::unit, buffer))) return false;
    }
    return header_at(record.place).sequence == record.sequence;
  }

  [[gnu::cold]] constexpr Record header_at(std::size_t where) {
    Record::Header header{};
    for (std::size_t k = 0; k < header.size(); ++k) {
      std::array<std::byte, 4> bytes{};
      if (device.read(layout.address(where) + 4 * k, bytes) != FlashStatus::ok) return {};
      for (std::size_t b = 0; b < 4; ++b) header[k] |= std::to_integer<std::uint32_t>(bytes[b]) << (8 * b);
    }
    const Record record = Record::of(header, where);
    return record.length <= largest ? record : Record{};
  }

  // Of the records with a good header and a sequence below this one, or any for 0, that with the highest.
  [[gnu::cold]] constexpr Record before(std::uint32_t sequence) {
    Record found;
    for (std::size_t where = 0; where < layout.places(); ++where) {
      const Record record = header_at(where);
      if (record.sequence > found.sequence && (sequence == 0 || record.sequence < sequence)) found = record;
    }
    return found;
  }

  Device device;
  std::size_t largest;
  Layout layout;
  std::array<std::byte, Device::unit> buffer{};
  Crc32 crc{};
  std::size_t length = 0, place = 0, failures = 0;
  std::uint32_t highest = 0;  // sequence ever seen
  Record last, current;       // with the highest sequence, and the newest that is whole
  bool known = false, begun = false;
  FlashStatus trouble = FlashStatus::ok;
};

}  // namespace nn
