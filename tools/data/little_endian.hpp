// append_little_endian: a number of so many bytes, the least significant first, behind what a file holds already.
#pragma once

#include <cstdint>
#include <string>

namespace tools {

inline void append_little_endian(std::string& to, std::uint64_t value, int bytes) {
  for (int k = 0; k < bytes; ++k) to += static_cast<char>(value >> (8 * k) & 0xff);
}

}  // namespace tools
