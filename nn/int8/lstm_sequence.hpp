// LstmSequence: long short-term memory over a sequence (nn/int8/lstm_cell.hpp), with codes of 8 bits and a cell c of 16; it begins
// anew with each run.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/recurrence.hpp"
#include "nn/int8/lstm_cell.hpp"

namespace nn::int8 {

struct LstmSequence {
  static constexpr std::string_view kind = "LstmSequence";

  graph::Recurrence shape;
  LstmCellOf<std::int8_t> cell;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(std::int8_t)); }
  // Those of a step, all c, and the next h.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const { return cell.template scratch<Kernels>(shape) + 2 * shape.states() + shape.units; }
  constexpr std::int64_t products() const { return shape.products(4); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("cell", graph::Nested{[this](auto&& of) { cell.members(of, shape); }});
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    std::byte* const behind = call.scratch + cell.template scratch<Kernels>(shape);
    std::int16_t* const cells = graph::begin_numbers<std::int16_t>(behind, static_cast<std::size_t>(shape.states()));
    std::int8_t* const made = graph::begin_numbers<std::int8_t>(behind + 2 * shape.states(), static_cast<std::size_t>(shape.units));
    graph::fill(cells, shape.states(), std::int16_t{0});
    shape.walk(y, x, nullptr, made, [=, this](std::int32_t b, std::int8_t* next, const std::int8_t* now, const std::int8_t* h) {
      graph::copy(next, h, shape.units);
      cell.template step<Kernels>(shape, call.scratch, now, next, cells + b * shape.units);
    }, static_cast<std::int8_t>(cell.zero));
  }
};

}  // namespace nn::int8
