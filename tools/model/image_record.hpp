// A record behind a parameter image in its file, of which a device knows nothing: its bytes, their CRC-32, their length in 32
// bits, and four letters. Everything is little-endian. Several stand one behind the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace tools {

class ImageRecord {
 public:
  void put(std::uint32_t word);
  void put(float number);
  void put(const std::string& name);

  std::uint32_t word(std::size_t at) const;
  float number(std::size_t at) const;

  // As it stands in a file.
  std::string with(std::string_view letters) const;

  // Takes it from the end of a file's bytes; empty if there is none.
  static ImageRecord take(std::string& file, std::string_view letters);

  std::string bytes;
};

}  // namespace tools
