// ImageWriter: puts an image of nn/store/image_format.hpp together.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/crc.hpp"
#include "nn/store/image_format.hpp"

namespace nn {

// Hands an image byte by byte to put(std::byte).
template <class Sink>
class ImageWriter {
 public:
  constexpr ImageWriter(Sink& sink, std::uint32_t version, std::uint64_t fingerprint, std::size_t payload) : put{sink} {
    word(image_format::magic, 4);
    word(version, 4);
    word(fingerprint, 8);
    word(payload, 4);
  }

  constexpr void field(image_format::Kind kind, std::uint32_t identity, std::size_t length) {
    word(static_cast<std::uint16_t>(kind), 2);
    word(image_format::field_version, 2);
    word(identity, 4);
    word(length, 4);
  }

  constexpr void bytes(std::span<const std::byte> those) {
    for (const std::byte byte : those) {
      crc.add(std::to_integer<std::uint8_t>(byte));
      put(byte);
    }
  }

  constexpr void row(const auto& numbers) { all(image_format::numbers_of(numbers)); }

  constexpr void finish() {
    for (std::uint32_t left = crc.value(), k = 0; k < 4; ++k, left >>= 8) put(static_cast<std::byte>(left));
  }

 private:
  template <class Number>
  [[gnu::noinline]] constexpr void all(std::span<const Number> numbers) {
    for (const Number& number : numbers) {
      const auto bits = canonical_bits(number);
      word(bits, sizeof bits);
    }
  }

  [[gnu::noinline]] constexpr void word(std::uint64_t bits, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k, bits >>= 8) {
      crc.add(static_cast<std::uint8_t>(bits));
      put(static_cast<std::byte>(bits));
    }
  }

  Sink& put;
  Crc32 crc;
};

}  // namespace nn
