// FullyConnected: y = W·x + b, for each of `rows` inputs.
//
//   x  [rows][inputs]    W  [outputs][inputs]    b  [outputs], the input's zero point folded in    y  [rows][outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Rounding>
struct FullyConnectedOf {
  static constexpr std::string_view kind = "FullyConnected";

  std::int32_t rows;
  std::int32_t inputs;
  std::int32_t outputs;
  const std::int8_t* weight;
  const std::int32_t* bias;
  const typename Rounding::Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr graph::Overlap overlap(int) const {
    return graph::walked_rows(rows, inputs, outputs);
  }
  constexpr std::int64_t products() const { return std::int64_t{rows} * inputs * outputs; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("inputs", inputs);
    list("outputs", outputs);
    list("weight", graph::listed(weight, outputs * inputs));
    list("bias", graph::listed(bias, outputs));
    list("scale", graph::listed(scale, scale_step == 0 ? 1 : outputs));
    list("scale_step", scale_step);
    list("range", range);
    list("simple", simple);
  }

  constexpr Int8RowsOf<Rounding> matrix() const {
    return {weight, bias, scale, scale_step, inputs, outputs, range, simple, laid_out, 0, true};
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8RowsOf<Rounding> all = matrix();
    for (std::int32_t done = 0; done < rows; ++done) {
      const std::int32_t r = call.backward ? rows - 1 - done : done;
      Kernels::int8_window(all, x + r * inputs, y + r * outputs);
    }
  }
};

using FullyConnected = FullyConnectedOf<Reference>;

}  // namespace nn::int8
