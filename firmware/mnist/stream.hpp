// How images come to a board over its console. The board writes a line `next` when it is ready for a message:
//
//   kind      1 byte    'L': learn from these images, as one batch; 'T': tell what they are, without learning; 'E': the end
//   count     1 byte    of images
//   images    each its label, then its pixels: (how many are 0, how many follow as they are, those) until 784 are complete
//   CRC-32    4 bytes   of all before it, least significant byte first
//
// In MNIST four of five pixels are 0; an image so takes about 220 bytes instead of 785.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/crc.hpp"

namespace mnist {

constexpr std::size_t pixels = 28 * 28;

struct Image {
  std::uint8_t label;
  std::array<std::uint8_t, pixels> pixel;
};

// Calls put(byte) for each byte.
void write_image(std::uint8_t label, std::span<const std::uint8_t, pixels> pixel, auto&& put) {
  put(label);
  for (std::size_t i = 0; i < pixels;) {
    const auto run = [&](bool zero) {
      std::uint8_t length = 0;
      while (i + length < pixels && length < 255 && (pixel[i + length] == 0) == zero) ++length;
      return length;
    };
    const std::uint8_t zeros = run(true);
    put(zeros);
    i += zeros;
    const std::uint8_t others = run(false);
    put(others);
    for (std::size_t end = i + others; i < end; ++i) put(pixel[i]);
  }
}

// False if what get() gives is not an image of ten classes.
bool read_image(Image& image, auto&& get) {
  image.label = get();
  for (std::size_t i = 0; i < pixels;) {
    const std::size_t zeros = get(), others = get();
    if (zeros + others == 0 || i + zeros + others > pixels) return false;
    for (std::size_t end = i + zeros; i < end; ++i) image.pixel[i] = 0;
    for (std::size_t end = i + others; i < end; ++i) image.pixel[i] = get();
  }
  return image.label < 10;
}

}  // namespace mnist
