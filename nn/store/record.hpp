// Record: what a store holds, and the header by which it is found.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/crc.hpp"

namespace nn {

struct Record {
  std::uint32_t sequence = 0;  // from 1, one more for each record; 0: there is none
  std::uint32_t length = 0;    // bytes
  std::uint32_t crc = 0;
  std::size_t place = 0;

  constexpr explicit operator bool() const { return sequence != 0; }

  // As it stands in flash: magic "GNS1", sequence, length, CRC of the contents, CRC of these four.
  static constexpr std::size_t header_bytes = 20;
  using Header = std::array<std::uint32_t, 5>;

  [[gnu::noinline, gnu::cold]] constexpr Header header() const {
    Header words{0x31534e47, sequence, length, crc, 0};
    Crc32 sum;
    for (std::size_t k = 0; k < 16; ++k) sum.add(static_cast<std::uint8_t>(words[k / 4] >> 8 * (k % 4)));
    words[4] = sum.value();
    return words;
  }

  // None, unless every bit of the header fits.
  static constexpr Record of(const Header& words, std::size_t place) {
    const Record record{words[1], words[2], words[3], place};
    return words == record.header() ? record : Record{};
  }
};

}  // namespace nn
