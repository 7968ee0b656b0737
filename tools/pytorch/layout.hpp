// Layout: what the numbers between two layers were before they became a vector, and how PyTorch has them there. It has the
// channels of convolutions before the places ([C][H][W]) and those of sequences behind them ([T][C]), where we always have them
// last.
#pragma once

#include <cstddef>
#include <string>

#include "nn/shape.hpp"

namespace tools::pytorch {

enum class Order { unknown, channels_first, channels_last };

struct Layout {
  nn::Shape shape;
  Order order = Order::unknown;

  constexpr std::size_t places() const { return shape.height * shape.width; }

  // Unknown is what no layer has told: an image has its channels first, a sequence last.
  constexpr bool permuted() const {
    const bool first = order == Order::channels_first || (order == Order::unknown && shape.height > 1);
    return first && places() > 1 && shape.channels > 1;
  }

  // Where number i of PyTorch's vector stands in ours.
  constexpr std::size_t operator()(std::size_t i) const { return permuted() ? i % places() * shape.channels + i / places() : i; }

  std::string note() const {
    if (!permuted()) return "";
    const auto extent = [](std::size_t number) { return std::to_string(number); };
    return "columns permuted from " + extent(shape.channels) + "x" + extent(shape.height) + "x" + extent(shape.width);
  }
};

}  // namespace tools::pytorch
