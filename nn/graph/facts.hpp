// Facts: what the plan of a graph's memory depends on: its tensors, what each step reads and writes, its inputs and outputs. They
// are views of arrays that the compiler fills from a type, or a program at run time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/graph/overlap.hpp"

namespace nn::graph {

struct TensorFacts {
  std::int32_t bytes = 0;
  std::int32_t whole = -1;  // of a part: the tensor that it lies in, and its first byte there
  std::int32_t begin = 0;
  bool variable = false;  // keeps its numbers from run to run
};

// An input of an operator, but for those that are constants.
struct Read {
  std::int32_t tensor = 0;
  Overlap overlap{};  // what the output may share with it
};

struct StepFacts {
  std::int32_t output = 0;
  std::int32_t first_read = 0;  // among all reads
  std::int32_t reads = 0;
  std::int32_t scratch = 0;  // bytes
  std::int32_t state = 0;
};

struct Facts {
  std::span<const TensorFacts> tensors;
  std::span<const StepFacts> steps;
  std::span<const Read> reads;
  std::span<const std::int32_t> inputs;
  std::span<const std::int32_t> outputs;
  bool keeps_inputs = false;

  constexpr const TensorFacts& tensor(std::int32_t t) const { return tensors[static_cast<std::size_t>(t)]; }
  constexpr std::span<const Read> reads_of(const StepFacts& step) const {
    return reads.subspan(static_cast<std::size_t>(step.first_read), static_cast<std::size_t>(step.reads));
  }
  // The tensors, then the scratch of each step, then its state.
  constexpr std::size_t blocks() const { return tensors.size() + 2 * steps.size(); }
  constexpr std::size_t scratch_block(std::size_t step) const { return tensors.size() + step; }
  constexpr std::size_t state_block(std::size_t step) const { return tensors.size() + steps.size() + step; }
  // The block that a tensor lies in.
  constexpr std::size_t block_of(std::int32_t t) const {
    return static_cast<std::size_t>(tensor(t).whole < 0 ? t : tensor(t).whole);
  }
};

// Does each part lie within a tensor that has memory of its own?
constexpr bool parts_fit(const Facts& facts) {
  for (const TensorFacts& part : facts.tensors) {
    if (part.whole < 0) continue;
    if (static_cast<std::size_t>(part.whole) >= facts.tensors.size() || facts.tensor(part.whole).whole >= 0) return false;
    if (part.begin + part.bytes > facts.tensor(part.whole).bytes) return false;
  }
  return true;
}

// Where an operator writes bytes that it reads, it must be able to work in place.
constexpr bool in_place_or_apart(const Facts& facts) {
  for (const StepFacts& step : facts.steps)
    for (const Read& read : facts.reads_of(step)) {
      if (facts.block_of(read.tensor) != facts.block_of(step.output)) continue;
      const TensorFacts& from = facts.tensor(read.tensor);
      const TensorFacts& to = facts.tensor(step.output);
      const bool lie_apart = from.begin + from.bytes <= to.begin || to.begin + to.bytes <= from.begin;
      if (!lie_apart && (from.begin != to.begin || (read.overlap.below > 0 && read.overlap.above > 0))) return false;
    }
  return true;
}

}  // namespace nn::graph
