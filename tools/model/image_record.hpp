// A record behind a parameter image in its file, of which a device knows nothing: its bytes, their CRC-32, their length in 32
// bits, and four letters. Everything is little-endian. Several stand one behind the other.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "nn/crc.hpp"
#include "tools/data/little_endian.hpp"

namespace tools {

class ImageRecord {
 public:
  void put(std::uint32_t word) { append_little_endian(bytes, word, 4); }
  void put(float number) { put(std::bit_cast<std::uint32_t>(number)); }
  void put(const std::string& name) { bytes += name + '\0'; }

  std::uint32_t word(std::size_t at) const { return word(bytes, at); }
  float number(std::size_t at) const { return std::bit_cast<float>(word(at)); }

  // As it stands in a file.
  std::string with(std::string_view letters) const {
    ImageRecord end;
    end.put(crc(bytes));
    end.put(static_cast<std::uint32_t>(bytes.size()));
    return bytes + end.bytes + std::string{letters};
  }

  // Takes it from the end of a file's bytes; empty if there is none.
  static ImageRecord take(std::string& file, std::string_view letters) {
    ImageRecord record;
    if (file.size() < 12 || !file.ends_with(letters)) return record;
    const std::size_t end = file.size() - 12, length = word(file, end + 4);
    if (length > end) return record;
    const std::string body = file.substr(end - length, length);
    if (crc(body) != word(file, end)) return record;  // the image will be found to be too long
    record.bytes = body;
    file.resize(end - length);
    return record;
  }

  std::string bytes;

 private:
  static std::uint32_t word(std::string_view from, std::size_t at) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 4; ++k) word |= std::uint32_t{static_cast<std::uint8_t>(from[at + k])} << (8 * k);
    return word;
  }
  static std::uint32_t crc(std::string_view from) {
    nn::Crc32 sum;
    for (char c : from) sum.add(static_cast<std::uint8_t>(c));
    return sum.value();
  }
};

}  // namespace tools
