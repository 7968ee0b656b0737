// RowProgress: how far a graph that runs by rows has come, and what it does next. Rows of the input come one by one; a pass goes
// through the operators once, in their order, and each makes as many rows as it can, but not more than are made at once. Nothing
// but how many rows there are decides it, so that the compiler knows every pass beforehand (row_plan.hpp).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "nn/graph/facts.hpp"
#include "nn/graph/rows.hpp"

namespace nn::graph {

// What the rows of a graph depend on, beside its facts.
struct RowTensor {
  std::int32_t rows = 1;
  std::int32_t row_bytes = 0;
};
struct RowStep {
  std::int32_t rows = 1;       // those that it makes; of one that gathers, those of its input
  std::int32_t sum_bytes = 0;  // of one that gathers
  bool gathers = false;

  constexpr RowStep() = default;
  // Of what it needs first, of the rows of its output, and of its sums.
  constexpr RowStep(RowNeed need, std::int32_t output_rows, std::int32_t sums)
      : rows{need.kind == RowNeed::Kind::gathered ? need.input_rows : output_rows},
        sum_bytes{sums},
        gathers{need.kind == RowNeed::Kind::gathered} {}
};
struct RowFacts {
  Facts graph;
  std::span<const RowTensor> tensors;
  std::span<const RowStep> steps;
  std::span<const RowNeed> needs;  // of each read
  std::int32_t at_once = 1;        // rows that an operator makes at most
  bool pushed = false;             // the input comes by rows, and only what is needed is kept

  constexpr const RowTensor& tensor(std::int32_t t) const { return tensors[static_cast<std::size_t>(t)]; }
  constexpr std::span<const RowNeed> needs_of(const StepFacts& step) const {
    return needs.subspan(static_cast<std::size_t>(step.first_read), static_cast<std::size_t>(step.reads));
  }
  constexpr std::int32_t input() const { return graph.inputs[0]; }
};

// The operators that run by rows: the first ones, up to one that cannot. None of a graph that keeps something from run to run, or
// has several inputs.
constexpr std::int32_t row_steps(const RowFacts& facts) {
  const Facts& graph = facts.graph;
  if (graph.inputs.size() != 1) return 0;
  for (const TensorFacts& tensor : graph.tensors)
    if (tensor.variable) return 0;
  for (const StepFacts& step : graph.steps)
    if (step.state > 0) return 0;
  const auto own = [&graph](std::int32_t tensor) { return graph.tensor(tensor).whole < 0 && !graph.tensor(tensor).variable; };
  const auto has_parts = [&graph](std::int32_t tensor) {
    return std::any_of(graph.tensors.begin(), graph.tensors.end(),
                       [tensor](const TensorFacts& part) { return part.whole == tensor; });
  };
  std::int32_t count = 0;
  for (const StepFacts& step : graph.steps) {
    if (!own(step.output) || has_parts(step.output)) break;
    bool by_rows = false, can = true;
    std::size_t i = 0;
    for (const Read& read : graph.reads_of(step)) {
      const RowNeed::Kind kind = facts.needs_of(step)[i++].kind;
      by_rows = by_rows || kind == RowNeed::Kind::rows || kind == RowNeed::Kind::gathered;
      can = can && kind != RowNeed::Kind::nothing && own(read.tensor) && !has_parts(read.tensor);
    }
    if (!by_rows || !can) break;
    ++count;
  }
  return count;
}

// Who reads what, found at run time: of_step(s, see) calls see(t, i) for each read i of step s, of tensor t; of_tensor(t, see)
// calls see(s, i) for each read i of tensor t, by step s.
struct RowReads {
  const Facts& facts;
  std::int32_t steps;  // those by rows

  constexpr void of_step(std::int32_t s, auto see) const {
    std::size_t i = 0;
    for (const Read& read : facts.reads_of(facts.steps[static_cast<std::size_t>(s)])) see(read.tensor, i++);
  }
  constexpr void of_tensor(std::int32_t t, auto see) const {
    for (std::int32_t s = 0; s < steps; ++s)
      of_step(s, [&](std::int32_t tensor, std::size_t i) {
        if (tensor == t) see(s, i);
      });
  }
};

// Counts of one graph; all arrays are the caller's.
class RowProgress {
 public:
  // made: rows of each step's output, of one that gathers: rows of its input that are in its sums. now: those of this pass.
  // producer: of each tensor the step that makes it; of the input -1. input_steps: up to the last one that reads the input.
  constexpr RowProgress(const RowFacts& all, std::int32_t row_steps_, std::int32_t input_steps, const std::int32_t* producers,
                        std::int32_t* rows_made, std::int32_t* rows_now)
      : facts{all}, steps{row_steps_}, reading{input_steps}, producer{producers}, made{rows_made}, now{rows_now} {}

  constexpr void begin() {
    for (std::int32_t s = 0; s <= steps; ++s) made[s] = 0;
  }
  // Rows of the input that have come are counted behind those of the steps.
  constexpr std::int32_t& pushed() { return made[steps]; }
  [[gnu::always_inline]] constexpr bool complete() { return pushed() == facts.tensor(facts.input()).rows; }
  [[gnu::always_inline]] constexpr bool done() const {
    for (std::int32_t s = 0; s < steps; ++s)
      if (made[s] < rows_of(s)) return false;
    return true;
  }

  // Rows of a tensor that there are.
  [[gnu::always_inline]] constexpr std::int32_t there(std::int32_t tensor) const {
    const std::int32_t s = producer[tensor];
    if (s < 0) return made[steps];
    return facts.steps[static_cast<std::size_t>(s)].gathers ? (made[s] == rows_of(s) ? 1 : 0) : made[s];
  }

 private:
  // Templates come before what calls them: clang evaluates no others.
  [[gnu::always_inline]] constexpr bool reads_input(std::int32_t s) const {
    for (const Read& read : facts.graph.reads_of(step(s)))
      if (read.tensor == facts.input()) return true;
    return false;
  }
  [[gnu::always_inline]] constexpr std::int32_t possible(auto s, const auto& reads) const {
    if (facts.steps[static_cast<std::size_t>(s)].gathers) return there(facts.graph.reads_of(step(s))[0].tensor) - made[s];
    const std::int32_t most = std::min(facts.at_once, rows_of(s) - made[s]);
    for (std::int32_t rows = 0;; ++rows) {
      bool can = rows < most;
      reads.of_step(s, [&](std::int32_t t, std::size_t i) __attribute__((always_inline)) {
        can = can && facts.needs_of(step(s))[i].end(made[s] + rows) <= there(t);
      });
      if (!can) return rows;
    }
  }

 public:
  // Rows that a step makes in the next pass; they are counted as made. Where step and reads are constants in their types, the compiler
  // knows all but the counts.
  [[gnu::always_inline]] constexpr void next(auto s, const auto& reads) { made[s] += now[s] = possible(s, reads); }
  // The same of all steps.
  constexpr void next() {
    for (std::int32_t s = 0; s < steps; ++s) next(s, RowReads{facts.graph, steps});
  }

  // Would a pass make as many rows as it may of something that reads the input, or is there no more to come?
  [[gnu::always_inline]] constexpr bool ready() {
    bool reads = false;
    for (std::int32_t s = 0; s < reading; ++s) {
      if (!reads_input(s) || made[s] == rows_of(s)) continue;
      if (possible(s, RowReads{facts.graph, steps}) >= std::min(facts.at_once, rows_of(s) - made[s])) return true;
      reads = true;
    }
    return !reads || complete();
  }

  // The first row of each tensor that a step has still to read; of one that nobody reads, as many as there are.
  constexpr void first_rows(std::int32_t* first) const {
    const std::int32_t tensors = static_cast<std::int32_t>(facts.tensors.size());
    for (std::int32_t t = 0; t < tensors; ++t) first[t] = there(t);
    for (std::int32_t s = 0; s < steps; ++s)
      RowReads{facts.graph, steps}.of_step(s, [&](std::int32_t t, std::size_t i) {
        if (made[s] < rows_of(s)) first[t] = std::min(first[t], first_row(s, i, made[s]));
      });
  }
  // Of the input alone.
  [[gnu::always_inline]] constexpr std::int32_t first_of_input() const {
    std::int32_t first = made[steps];
    for (std::int32_t s = 0; s < reading; ++s) {
      std::size_t i = 0;
      for (const Read& read : facts.graph.reads_of(step(s))) {
        if (read.tensor == facts.input() && made[s] < rows_of(s)) first = std::min(first, first_row(s, i, made[s]));
        ++i;
      }
    }
    return first;
  }
  // Of read i of step s, for its row r.
  [[gnu::always_inline]] constexpr std::int32_t first_row(std::int32_t s, std::size_t i, std::int32_t r) const {
    const RowNeed& need = facts.needs_of(step(s))[i];
    return need.kind == RowNeed::Kind::gathered ? r : need.first(r);
  }

  [[gnu::always_inline]] constexpr const StepFacts& step(std::int32_t s) const {
    return facts.graph.steps[static_cast<std::size_t>(s)];
  }
  [[gnu::always_inline]] constexpr std::int32_t rows_of(std::int32_t s) const {
    return facts.steps[static_cast<std::size_t>(s)].rows;
  }

 private:
  const RowFacts& facts;
  std::int32_t steps;
  std::int32_t reading;
  const std::int32_t* producer;
  std::int32_t* made;
  std::int32_t* now;
};

}  // namespace nn::graph
