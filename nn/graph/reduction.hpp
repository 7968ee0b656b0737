// Reduction: which numbers of the input each number of the output is made of, along any dimensions.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>

namespace nn::graph {

struct Reduction {
  std::int32_t kept[5];          // extents of the output
  std::int32_t kept_step[5];     // of the input
  std::int32_t reduced[5];       // extents that vanish
  std::int32_t reduced_step[5];

  constexpr std::int32_t count() const { return reduced[0] * reduced[1] * reduced[2] * reduced[3] * reduced[4]; }
  constexpr std::int32_t outputs() const { return kept[0] * kept[1] * kept[2] * kept[3] * kept[4]; }

  // begin(first number), then add(number) for each but the first, in the input's order; end(o).
  template <class Number>
  constexpr void for_each(const Number* x, auto begin, auto add, auto end) const {
    std::int32_t o = 0;
    walk(kept, kept_step, [&](std::int32_t at) {
      const Number* const from = x + at;
      bool first = true;
      walk(reduced, reduced_step, [&](std::int32_t place) {
        if (first)
          begin(from[place]);
        else
          add(from[place]);
        first = false;
      });
      end(o++);
    });
  }

  constexpr void members(auto&& list) const {
    list("kept", kept);
    list("kept_step", kept_step);
    list("reduced", reduced);
    list("reduced_step", reduced_step);
  }

 private:
  static constexpr void walk(const std::int32_t (&extent)[5], const std::int32_t (&step)[5], auto visit) {
    for (std::int32_t m = 0; m < extent[0]; ++m)
      for (std::int32_t n = 0; n < extent[1]; ++n)
        for (std::int32_t i = 0; i < extent[2]; ++i)
          for (std::int32_t j = 0; j < extent[3]; ++j)
            for (std::int32_t k = 0; k < extent[4]; ++k)
              visit(m * step[0] + n * step[1] + i * step[2] + j * step[3] + k * step[4]);
  }
};

}  // namespace nn::graph
