// Recording: a WAV file that lies in flash as it is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace wake_word {

class Recording {
 public:
  // Nothing unless the file has one channel of 16 bits at this rate. Its samples must lie at an even address.
  static std::optional<Recording> in(std::span<const std::uint8_t> file, std::uint32_t rate) {
    if (file.size() < 12 || !says(file, 0, "RIFF") || !says(file, 8, "WAVE")) return {};
    bool fits = false;
    for (std::size_t at = 12; at + 8 <= file.size();) {
      const std::size_t begin = at + 8, left = file.size() - begin;
      std::size_t bytes = word(file, at + 4, 4);
      if (bytes > left && bytes >= 0x7fff0000u && says(file, at, "data")) bytes = left;  // of a pipe
      if (bytes > left) return {};
      if (says(file, at, "fmt ") && bytes >= 16)
        fits = (word(file, begin, 2) == 1 || word(file, begin, 2) == extensible) && word(file, begin + 2, 2) == 1 &&
               word(file, begin + 4, 4) == rate && word(file, begin + 14, 2) == 16;
      if (says(file, at, "data") && fits && bytes >= 2)
        return Recording{{reinterpret_cast<const std::int16_t*>(&file[begin]), bytes / 2}};
      at = begin + bytes + bytes % 2;
    }
    return {};
  }

  std::span<const std::int16_t> samples;

 private:
  static constexpr std::uint32_t extensible = 0xfffe;  // of 16 bits they are integers, too

  explicit Recording(std::span<const std::int16_t> found) : samples{found} {}

  static bool says(std::span<const std::uint8_t> file, std::size_t at, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i)
      if (file[at + i] != static_cast<std::uint8_t>(text[i])) return false;
    return true;
  }
  static std::uint32_t word(std::span<const std::uint8_t> file, std::size_t at, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value |= std::uint32_t{file[at + i]} << (8 * i);
    return value;
  }
};

}  // namespace wake_word
