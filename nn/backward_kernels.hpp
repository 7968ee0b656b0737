// BackwardKernels: what convolutions add up in their backward passes, over positions p in their order. Sums are nn::Sum; a target
// may hide these with faster ones.
#pragma once

#include <cstddef>

#include "nn/sum.hpp"

namespace nn {

// Positions: `runs` of `count` each, one at least. From one to the next numbers lie `step` and `row_step` apart, from the end of
// a run to the next run `further` and `row_further`.
struct BackwardWalk {
  std::ptrdiff_t step, row_step;
  std::size_t count;
  std::size_t runs = 1;
  std::ptrdiff_t further = 0, row_further = 0;
  std::ptrdiff_t part_step = 0;  // from one part of a position's row to the next

  constexpr void for_each(auto* g, auto* rows, auto&& visit) const {
    std::ptrdiff_t i = 0, j = 0;
    for (std::size_t run = 0; run < runs; ++run, i += further, j += row_further)
      for (std::size_t p = 0; p < count; ++p, i += step, j += row_step) visit(g + i, rows + j);
  }
};

struct BackwardKernels {
  // sum[i] += Σ_p g[p]·row[p][i] of `columns` numbers, mostly Usual, in each of so many Parts; g = 0 is passed over.
  template <std::size_t Usual, std::size_t Parts, class Sums, class Gradient, class Number>
  static constexpr void add_position_rows(Sums* sum, std::size_t columns, const Gradient* g, const Number* rows,
                                          const BackwardWalk& walk) {
    walk.for_each(g, rows, [&](const Gradient* factor, const Number* row) {
      if (*factor == Gradient{}) return;
      for (std::size_t t = 0; t < Parts; ++t)
        for (std::size_t i = 0; i < columns; ++i)
          sum[t * columns + i].add(*factor,
                                   row[static_cast<std::ptrdiff_t>(t) * walk.part_step + static_cast<std::ptrdiff_t>(i)]);
    });
  }

  // sum[i] += Σ_p g[p][i]·row[p][i] of `columns` numbers.
  template <class Sums, class Gradient, class Number>
  static constexpr void add_row_products(Sums* sum, std::size_t columns, const Gradient* g, const Number* rows,
                                         const BackwardWalk& walk) {
    walk.for_each(g, rows, [&](const Gradient* factors, const Number* row) {
      for (std::size_t i = 0; i < columns; ++i) sum[i].add(factors[i], row[i]);
    });
  }
};

// The kernels of a sink, if it names them.
template <class Sink>
struct KernelsOfSink {
  using type = BackwardKernels;
};
template <class Sink>
requires requires { typename Sink::Loops; }
struct KernelsOfSink<Sink> {
  using type = typename Sink::Loops;
};

}  // namespace nn
