// Concat<Branch<…>, Branch<…>, …>: the channels of several chains of layers one behind the other, [H][W][C1 + C2 + …]. All
// start from the same input and end with one height and width; Branch<> is the input itself.
//   Concat<Branch<Conv2d<8, 3, 3, Same>, Relu>, Branch<Conv2d<4, 5, 5, Same>, Relu>, Branch<>>
// Szegedy et al., Going Deeper with Convolutions (2015).
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "nn/layer/branches.hpp"

namespace nn {

struct Channels {
  template <class First, class... Rest>
  static constexpr Shape output() {
    static_assert(((First::output.height == Rest::output.height) && ...),
                  "nn::Concat: all branches must end with the same height");
    static_assert(((First::output.width == Rest::output.width) && ...), "nn::Concat: all branches must end with the same width");
    return {First::output.height, First::output.width, (First::output.channels + ... + Rest::output.channels)};
  }

  template <class Arithmetic, std::size_t Index, class... Bound>
  static constexpr void join(auto y, auto from) {
    for (std::size_t i = 0; i < from.size(); ++i) y[part<Bound...>(Index, i)] = Arithmetic::activation(from[i]);
  }

  template <class... Bound>
  static constexpr std::size_t part(std::size_t b, std::size_t i) {
    constexpr std::array<std::size_t, sizeof...(Bound)> channels{Bound::output.channels...};
    std::size_t all = 0, before = 0;
    for (std::size_t k = 0; k < channels.size(); ++k) {
      all += channels[k];
      if (k < b) before += channels[k];
    }
    return i / channels[b] * all + before + i % channels[b];
  }
};

template <class... Branch>
struct Concat : Branches<Channels, Branch...> {
  static_assert(sizeof...(Branch) > 1, "nn::Concat<Branch, Branch>: there is nothing to join");
  static constexpr std::string_view name = "Concat";
};

template <class... Layers>
struct LearningLayer<Branch<Layers...>> {
  using type = Branch<typename LearningLayer<Layers>::type...>;
};
template <class... Branch>
struct LearningLayer<Concat<Branch...>> {
  using type = Concat<typename LearningLayer<Branch>::type...>;
};

}  // namespace nn
