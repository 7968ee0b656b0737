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
    const std::int32_t states = shape.states(), count = shape.steps;
    graph::fill(graph::begin_numbers<std::int16_t>(state, static_cast<std::size_t>(states)), states, std::int16_t{0});
    graph::fill(graph::begin_numbers<std::int8_t>(state + 2 * states, static_cast<std::size_t>(states)), states, std::int8_t{0});
    for (std::int32_t done = 0; done < count; ++done) {
      const std::int32_t t = shape.reversed ? count - 1 - done : done;
      step.template run<Kernels>({call.scratch, false, state}, shape.last_only ? y : y + t * states,
                                 x + t * shape.batch * shape.inputs);
    }
  }

 private:
  template <class Kernels>
  constexpr std::int32_t state_at() const { return (step.template scratch<Kernels>() + 3) / 4 * 4; }
};

}  // namespace nn::int8
