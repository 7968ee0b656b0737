// FullyConnected: y = W·x + b, for each of `rows` inputs.
//
//   x  [rows][inputs], int16    W  [outputs][inputs], int8    b  [outputs]    y  [rows][outputs], int16
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/graph/overlap.hpp"
#include "nn/kernels.hpp"

namespace nn::int16 {

struct FullyConnected {
  static constexpr std::string_view kind = "FullyConnected";

  std::int32_t rows;
  std::int32_t inputs;
  std::int32_t outputs;
  const std::int8_t* weight;
  Int16Output output;

  constexpr graph::Overlap overlap(int) const {
    return in_bytes(graph::walked_rows(rows, inputs, outputs), sizeof(std::int16_t));
  }
  constexpr std::int64_t products() const { return std::int64_t{rows} * inputs * outputs; }
  constexpr void members(auto&& list) const {
    list("rows", rows);
    list("inputs", inputs);
    list("outputs", outputs);
    list("weight", graph::listed(weight, outputs * inputs));
    list("output", graph::Nested{[this](auto&& of) { output.members(of, outputs); }});
  }

  template <class Kernels>
  constexpr void run(graph::Call call, std::int16_t* y, const std::int16_t* x) const {
    const Int16Rows matrix{weight, inputs, outputs, output};
    for (std::int32_t done = 0; done < rows; ++done) {
      const std::int32_t r = call.backward ? rows - 1 - done : done;
      Kernels::int16_window(matrix, x + r * inputs, y + r * outputs);
    }
  }
};

}  // namespace nn::int16
