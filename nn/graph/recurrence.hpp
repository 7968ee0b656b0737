// Recurrence: what a recurrent operator reads and makes in one run, which begins anew with each. The time is first.
//
//   x  [steps][batch][inputs]    h  [batch][units], before the first step; 0 without it    y  [steps][batch][units]
//
// or, of the last step alone, y [batch][units].
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/copy.hpp"
#include "nn/graph/overlap.hpp"

namespace nn::graph {

// Input i of an operator that has one or more; nullptr: it is absent.
template <class Number>
constexpr const Number* input_or_none(const auto& from, std::size_t i) {
  return i < from.size() ? static_cast<const Number*>(from[i]) : nullptr;
}

struct Recurrence {
  std::int32_t steps;
  std::int32_t batch;
  std::int32_t inputs;
  std::int32_t units;
  bool reversed;   // from the last step to the first
  bool last_only;  // the output is that of the step which is done last

  constexpr std::int32_t states() const { return batch * units; }  // numbers of h
  // Of numbers of so many bytes. What h begins with is written into y before anything is read.
  constexpr Overlap overlap(int input, std::size_t bytes) const {
    if (input > 0 || last_only) return no_overlap;
    const std::int32_t rows = steps * batch;
    const Overlap rising = walked(rows, batch, units, rows * inputs, [this](std::int32_t row) {
      return Reads{row * inputs, (row + 1) * inputs};
    });
    return in_bytes(reversed ? Overlap{apart, rising.above} : Overlap{rising.below, apart}, bytes);
  }
  constexpr std::int64_t products(int gates) const { return std::int64_t{gates} * steps * states() * (inputs + units); }
  constexpr void members(auto&& list) const {
    list("steps", steps);
    list("batch", batch);
    list("inputs", inputs);
    list("units", units);
    list("reversed", reversed);
    list("last_only", last_only);
  }

  // The numbers that a state begins with; `zero` stands for 0.
  template <class Number>
  constexpr void begin(Number* state, const Number* initial, Number zero = {}) const {
    if (initial == nullptr)
      fill(state, states(), zero);
    else
      copy(state, initial, states());
  }

  // step(b, next, x, h) makes the next h of sequence b, which goes into y.
  template <class Number, class Step>
  constexpr void walk(Number* y, const Number* x, const std::type_identity_t<Number>* initial, Number* next, Step step,
                      Number zero = {}) const {
    const auto row = [&](std::int32_t t) { return last_only ? y : y + t * states(); };
    Number* before = row(reversed ? steps - 1 : 0);
    begin(before, initial, zero);
    for (std::int32_t done = 0; done < steps; ++done) {
      const std::int32_t t = reversed ? steps - 1 - done : done;
      Number* const after = row(t);
      for (std::int32_t b = 0; b < batch; ++b) {
        step(b, next, x + (t * batch + b) * inputs, before + b * units);
        copy(after + b * units, next, units);
      }
      before = after;
    }
  }
};

}  // namespace nn::graph
