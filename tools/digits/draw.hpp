// Draws handwritten-looking digits: strokes with random style, slant, turn, size, place, thickness and noise.
//
// Only + - * / of float and nn::Random are used, so that one seed gives the same digits from every compiler.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/random.hpp"
#include "tools/data/dataset.hpp"

namespace tools {

struct Page {
  std::size_t side;   // pixels of an image's side
  float most;         // value of a pixel full of ink; an empty one is 0
};
inline constexpr Page optdigits_page{8, 16};
inline constexpr Page mnist_page{28, 255};

// `count` digits, every class equally likely.
Dataset draw_digits(const Page& page, std::size_t count, nn::Random random);

}  // namespace tools
