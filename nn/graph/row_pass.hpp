// RowPass: one pass over a graph that runs by rows, in a workspace as row_plan.hpp has planned it. When all steps have been
// counted (RowProgress::next), for each in its order: enter() brings the band that it writes, output() and input() say where its
// rows lie, leave() saves what later passes read of a tensor that nobody reads any more in this one.
#pragma once

#include <algorithm>
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

// Reads: as RowReads; where numbers of steps and tensors are constants in their types, all that does not change from pass to pass
// is known to the compiler.
template <class Reads>
class RowPass {
 public:
  // first: of each tensor, the first row that is still needed after the last pass that made or read rows of it.
  RowPass(const RowFacts& all, const RowTable* tables, std::byte* memory, const RowProgress& counts,
          const std::int32_t* rows_made, const std::int32_t* rows_now, std::int32_t* first_rows, const Reads& who_reads)
      : facts{all},
        table{tables},
        workspace{memory},
        progress{counts},
        made{rows_made},
        now{rows_now},
        first{first_rows},
        reads{who_reads} {}

  // The rows that step s makes of tensor t, perhaps none.
  [[gnu::always_inline]] RowRange enter(auto s, auto t) const {
    const std::int32_t first_new = made[s] - now[s];
    if (const RowTable& of = table[t]; !of.whole)
      if (const std::int32_t rows = first_new - first[t]; rows > 0 && used(t))
        move_rows(workspace + of.band, workspace + of.history, rows * of.row_bytes);
    return {first_new, now[s], progress.rows_of(s)};
  }
  [[gnu::always_inline]] std::byte* output(auto s, auto t) const {
    return row(t, facts.steps[static_cast<std::size_t>(s)].gathers ? 0 : made[s] - now[s]);
  }
  // What read i of step s, of tensor t, begins with.
  [[gnu::always_inline]] const std::byte* input(auto s, auto t, std::size_t i) const {
    return row(t, progress.first_row(s, i, made[s] - now[s]));
  }
  [[gnu::always_inline]] void leave(auto t) const {
    if (!used(t)) return;
    const RowTable& of = table[t];
    const std::int32_t there = progress.there(t);
    std::int32_t needed = there;
    reads.of_tensor(t, [&](std::int32_t s, std::size_t i) __attribute__((always_inline)) {
      if (made[s] < progress.rows_of(s)) needed = std::min(needed, progress.first_row(s, i, made[s]));
    });
    if (needed < there)
      move_rows(workspace + (of.producer < 0 ? of.band : of.history), row(t, needed), (there - needed) * of.row_bytes);
    first[t] = needed;
  }

 private:
  // Does a step make or read rows of it in this pass?
  [[gnu::always_inline]] bool used(auto t) const {
    std::int32_t rows = table[t].producer < 0 ? 0 : now[table[t].producer];
    reads.of_tensor(t, [&](std::int32_t s, std::size_t) __attribute__((always_inline)) { rows |= now[s]; });
    return rows > 0;
  }
  [[gnu::always_inline]] std::byte* row(std::int32_t t, std::int32_t r) const {
    return workspace + table[t].band + (table[t].whole ? r : r - first[t]) * table[t].row_bytes;
  }

  const RowFacts& facts;
  const RowTable* table;
  std::byte* workspace;
  const RowProgress& progress;
  const std::int32_t* made;
  const std::int32_t* now;
  std::int32_t* first;
  const Reads& reads;
};

}  // namespace nn::graph
