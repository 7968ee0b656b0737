// Data augmentation: images moved at random by a few pixels.
#pragma once

#include <span>

#include "nn/random.hpp"
#include "nn/shape.hpp"

namespace tools {

// Copies `from` to `to`, moved by up to `pixels` each way; `empty` is what comes in at the edges, in the same layout.
template <class Number>
void shift_image(nn::Shape image, std::span<const Number> from, std::span<const Number> empty, std::span<Number> to,
                 int pixels, nn::Random& random) {
  const int height = static_cast<int>(image.height), width = static_cast<int>(image.width);
  const std::size_t channels = image.channels;
  const auto places = static_cast<std::uint32_t>(2 * pixels + 1);
  const int down = static_cast<int>(random.below(places)) - pixels;
  const int across = static_cast<int>(random.below(places)) - pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const int from_y = y - down, from_x = x - across;
      const bool inside = from_y >= 0 && from_y < height && from_x >= 0 && from_x < width;
      const auto at = [&](int row, int column) { return static_cast<std::size_t>(row * width + column) * channels; };
      for (std::size_t c = 0; c < channels; ++c) to[at(y, x) + c] = inside ? from[at(from_y, from_x) + c] : empty[at(y, x) + c];
    }
}

}  // namespace tools
