// LstmSequence: long short-term memory over a sequence (nn/int8/lstm.hpp), with codes of 8 bits and a cell c of 16; it begins
// anew with each run.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/copy.hpp"
#include "nn/graph/recurrence.hpp"
#include "nn/int8/lstm.hpp"

namespace nn::int8 {

struct LstmSequence {
  static constexpr std::string_view kind = "LstmSequence";

  graph::Recurrence shape;
  Lstm step;  // of one step
  const std::int8_t* laid_out = nullptr;  // nn/graph/laid_out.hpp

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input, sizeof(std::int8_t)); }
  // That of a step, and its state.
  template <class Kernels = Portable>
  constexpr std::int32_t scratch() const { return state_at<Kernels>() + step.state(); }
  constexpr std::int64_t products() const { return shape.products(4); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("step", step);
  }

  template <class Kernels>
  [[gnu::noinline]] void run(graph::Call call, std::int8_t* y, const std::int8_t* x) const {
    std::byte* const state = call.scratch + state_at<Kernels>();
    const std::int32_t states = shape.states(), inputs = shape.batch * shape.inputs;
    graph::fill(graph::begin_numbers<std::int16_t>(state, static_cast<std::size_t>(states)), states, std::int16_t{0});
    graph::fill(graph::begin_numbers<std::int8_t>(state + 2 * states, static_cast<std::size_t>(states)), states, std::int8_t{0});
    const std::int32_t way = shape.reversed ? -1 : 1, first = shape.reversed ? shape.steps - 1 : 0;
    const std::int32_t to_x = way * inputs, to_y = shape.last_only ? 0 : way * states;
    const std::int8_t* const from = x + first * inputs;
    std::int8_t* const to = y + (shape.last_only ? 0 : first * states);
    const bool alone = shape.batch == 1;
    const graph::LstmRows one{shape.steps, to_x, to_y}, all{shape.batch, shape.inputs, shape.units};
    for (std::int32_t done = 0, walks = alone ? 1 : shape.steps; done < walks; ++done)
      step.template walk<Kernels>({call.scratch, false, state}, to + done * to_y, from + done * to_x, alone ? one : all);
  }

  // What the core lays out, and what it needs no more.
  constexpr const Lstm& matrix() const { return step; }
  constexpr std::int32_t one_of_each_constant() const { return step.one_of_each_constant(); }
  constexpr void forget_constants() {
    step.laid_out = laid_out;
    step.forget_constants();
  }

 private:
  template <class Kernels>
  constexpr std::int32_t state_at() const { return (step.template scratch<Kernels>() + 3) / 4 * 4; }
};

}  // namespace nn::int8
