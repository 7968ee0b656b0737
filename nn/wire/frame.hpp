// Frames: how messages go over a serial line, whatever else comes over it.
//
//   content: kind, 1 byte; number, 1 byte; body, 0 to 256 bytes; CRC-32 of all before, 4 bytes, least significant first
//   on the line: the content by consistent overhead byte stuffing, which leaves no byte 0 in it; then a byte 0
//
// A byte 0 always ends a frame. What is between two of them and is no frame is damaged; the next frame is good again.
// Cheshire and Baker, Consistent Overhead Byte Stuffing (1999).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/crc.hpp"

namespace nn::wire {

constexpr std::size_t largest_body = 256;

// Hands the bytes of a frame to put(std::uint8_t), a byte 0 first, so that noise before it is no part of it.
constexpr void write_frame(auto&& put, std::uint8_t kind, std::uint8_t number, std::span<const std::uint8_t> body) {
  Crc32 crc;
  crc.add(kind);
  crc.add(number);
  for (std::uint8_t byte : body) crc.add(byte);
  const std::uint32_t sum = crc.value();
  const std::size_t size = 2 + body.size() + 4;
  const auto at = [&](std::size_t i) -> std::uint8_t {
    if (i == 0) return kind;
    if (i == 1) return number;
    if (i < 2 + body.size()) return body[i - 2];
    return static_cast<std::uint8_t>(sum >> (8 * (i - 2 - body.size())));
  };
  put(std::uint8_t{0});
  for (std::size_t i = 0; i <= size;) {
    std::size_t run = 0;  // bytes before the next 0
    while (run < 254 && i + run < size && at(i + run) != 0) ++run;
    put(static_cast<std::uint8_t>(run + 1));
    for (std::size_t k = 0; k < run; ++k) put(at(i + k));
    i += run < 254 ? run + 1 : run;
  }
  put(std::uint8_t{0});
}

enum class Received { nothing, frame, damaged };

// Takes a line byte by byte, in a buffer of its own for one content.
class FrameReader {
 public:
  // After Received::frame, kind(), number() and body() are good until the next byte.
  constexpr Received take(std::uint8_t byte) {
    if (byte == 0) return end();
    if (left == 0) {
      if (any && !full_run) append(0);
      any = true;
      full_run = byte == 255;
      left = static_cast<std::uint8_t>(byte - 1);
    } else {
      append(byte);
      --left;
    }
    return Received::nothing;
  }

  constexpr std::uint8_t kind() const { return content[0]; }
  constexpr std::uint8_t number() const { return content[1]; }
  constexpr std::span<const std::uint8_t> body() const { return std::span{content}.subspan(2, length - 6); }

 private:
  constexpr void append(std::uint8_t byte) {
    if (size < content.size()) content[size] = byte;
    if (size <= content.size()) ++size;  // one too many: too long
  }

  constexpr Received end() {
    const bool something = any, whole = left == 0 && size >= 6 && size <= content.size();
    length = size;
    any = full_run = false;
    left = 0;
    size = 0;
    if (!something) return Received::nothing;
    if (!whole) return Received::damaged;
    Crc32 crc;
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < length - 4; ++i) crc.add(content[i]);
    for (std::size_t k = 0; k < 4; ++k) sum |= std::uint32_t{content[length - 4 + k]} << (8 * k);
    return crc.value() == sum ? Received::frame : Received::damaged;
  }

  std::array<std::uint8_t, 2 + largest_body + 4> content{};
  std::size_t size = 0, length = 6;
  std::uint8_t left = 0;
  bool any = false, full_run = false;
};

}  // namespace nn::wire
