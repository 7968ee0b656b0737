// FullyConnected: y = W·x + b, for each of `rows` inputs.
//
//   x  [rows][inputs]    W  [outputs][inputs]    b  [outputs], the input's zero point folded in    y  [rows][outputs]
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/int8/window.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

struct FullyConnected {
  static constexpr std::string_view kind = "FullyConnected";

  std::int32_t rows;
  std::int32_t inputs;
  std::int32_t outputs;
  const std::int8_t* weight;
  const std::int32_t* bias;
  const Scale* scale;
  std::int32_t scale_step;
  Range range;
  bool simple;  // nn::Int8Rows
  const std::int8_t* laid_out = nullptr;  // nn/int8/laid_out.hpp

  constexpr Overlap overlap(int) const {
    return Window{.input = {rows, 1, inputs}, .output = {rows, 1, outputs}}.overlap(1);
  }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return std::int64_t{rows} * inputs * outputs; }

  constexpr Int8Rows matrix() const { return {weight, bias, scale, scale_step, inputs, outputs, range, simple, laid_out}; }

  template <class Kernels>
  constexpr void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    const Int8Rows matrix_of_rows = matrix();
    for (std::int32_t done = 0; done < rows; ++done) {
      const std::int32_t r = call.backward ? rows - 1 - done : done;
      Kernels::int8_window(matrix_of_rows, x + r * inputs, y + r * outputs);
    }
  }
};

}  // namespace nn::int8
