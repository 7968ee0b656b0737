#include "tools/data/shown.hpp"

namespace tools {

std::string shown(std::string_view text) {
  constexpr std::size_t most = 40;
  std::string out = "\"";
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++count) {
    if (count == most) return out + "…\"";
    const auto byte = [&](std::size_t k) { return i + k < text.size() ? static_cast<unsigned char>(text[i + k]) : 0u; };
    const unsigned first = byte(0);
    const std::size_t length = first >= 0xc2 && first < 0xe0   ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 1;
    bool whole = length > 1 || (first >= 0x20 && first < 0x7f);
    for (std::size_t k = 1; k < length; ++k) whole = whole && byte(k) >= 0x80 && byte(k) < 0xc0;
    if (length == 2 && first == 0xc2 && byte(1) < 0xa0) whole = false;  // controls
    if (length == 3 && first == 0xe0 && byte(1) < 0xa0) whole = false;  // longer than need be
    if (length == 3 && first == 0xe2 && byte(1) == 0x80 && ((byte(2) >= 0x8b && byte(2) <= 0x8f) || byte(2) >= 0xa8))
      whole = byte(2) > 0xae;                                                               // invisible
    if (length == 3 && first == 0xe2 && byte(1) == 0x81 && byte(2) >= 0xa0) whole = false;  // of direction
    if (length == 3 && first == 0xed && byte(1) >= 0xa0) whole = false;                     // halves of surrogates
    if (length == 4 && ((first == 0xf0 && byte(1) < 0x90) || (first == 0xf4 && byte(1) >= 0x90))) whole = false;
    if (whole) {
      out += text.substr(i, length);
      i += length;
    } else {
      constexpr std::string_view digits = "0123456789abcdef";
      out += "\\x";
      out += digits[first >> 4];
      out += digits[first & 15];
      ++i;
    }
  }
  return out + "\"";
}

std::string readable(std::string_view text) {
  const std::string quoted = shown(text);
  return quoted.substr(1, quoted.size() - 2);
}

}  // namespace tools
