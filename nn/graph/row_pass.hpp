// RowPass: one pass over a graph that runs by rows, in a workspace as row_plan.hpp has planned it. For each step in its order:
// enter() brings the band that it writes, output() and input() say where its rows lie, leave() saves what later passes read.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/graph/move_rows.hpp"
#include "nn/graph/row_plan.hpp"

namespace nn::graph {

// Where the rows of a tensor lie in the workspace, in bytes.
struct RowTable {
  std::int32_t band;
  std::int32_t history;
  std::int32_t row_bytes;
  std::int16_t producer;
  std::int16_t last_reader;
  bool whole;
};

class RowPass {
 public:
  // What is known to the compiler, it computes. Of each tensor, first: its first row that is still needed, before a pass and
  // after it; before: room for those before; used: does a step make or read rows of it in this pass?
  RowPass(const RowFacts& all, std::int32_t row_steps_, const RowTable* tables, std::byte* memory, RowProgress& counts,
          const std::int32_t* rows_made, const std::int32_t* rows_now, std::int32_t* first, std::int32_t* first_before,
          bool* is_used)
      : facts{all},
        steps{row_steps_},
        table{tables},
        workspace{memory},
        progress{counts},
        made{rows_made},
        now{rows_now},
        before{first_before},
        after{first},
        used{is_used} {}

  // Begins the pass.
  void begin() const {
    const std::int32_t tensors = static_cast<std::int32_t>(facts.tensors.size());
    for (std::int32_t t = 0; t < tensors; ++t) begin(t);
    progress.next();
    progress.first_rows(after);
    for (std::int32_t s = 0; s < steps; ++s) use(s);
  }
  // The same of one tensor, before the steps go on; of one step, then.
  [[gnu::always_inline]] void begin(std::int32_t t) const {
    before[t] = after[t];
    used[t] = false;
  }
  [[gnu::always_inline]] void use(std::int32_t s) const {
    if (now[s] == 0) return;
    used[progress.step(s).output] = true;
    for (const Read& read : facts.graph.reads_of(progress.step(s))) used[read.tensor] = true;
  }

  // The rows that step s makes, perhaps none.
  [[gnu::always_inline]] RowRange enter(std::int32_t s) const {
    const std::int32_t t = progress.step(s).output;
    const std::int32_t first_new = made[s] - now[s];
    const RowTable& of = table[t];
    if (const std::int32_t rows = first_new - before[t]; !of.whole && rows > 0 && used[t])
      move_rows(workspace + of.band, workspace + of.history, rows * of.row_bytes);
    return {first_new, now[s], progress.rows_of(s)};
  }
  [[gnu::always_inline]] std::byte* output(std::int32_t s) const {
    if (facts.steps[static_cast<std::size_t>(s)].gathers) return row(progress.step(s).output, 0);
    return row(progress.step(s).output, made[s] - now[s]);
  }
  // What read i of step s begins with.
  [[gnu::always_inline]] const std::byte* input(std::int32_t s, std::size_t i) const {
    return row(facts.graph.reads_of(progress.step(s))[i].tensor, progress.first_row(s, i, made[s] - now[s]));
  }
  [[gnu::always_inline]] void leave(std::int32_t s) const {
    for (const Read& read : facts.graph.reads_of(progress.step(s))) {
      const RowTable& of = table[read.tensor];
      if (of.whole || of.last_reader != s || !used[read.tensor]) continue;
      const std::int32_t rows = progress.there(read.tensor) - after[read.tensor];
      if (rows <= 0) continue;
      move_rows(workspace + (of.producer < 0 ? of.band : of.history), row(read.tensor, after[read.tensor]), rows * of.row_bytes);
    }
  }

 private:
  [[gnu::always_inline]] std::byte* row(std::int32_t t, std::int32_t r) const {
    return workspace + table[t].band + (table[t].whole ? r : r - before[t]) * table[t].row_bytes;
  }

  const RowFacts& facts;
  std::int32_t steps;
  const RowTable* table;
  std::byte* workspace;
  RowProgress& progress;
  const std::int32_t* made;
  const std::int32_t* now;
  std::int32_t* before;
  std::int32_t* after;
  bool* used;
};

}  // namespace nn::graph
