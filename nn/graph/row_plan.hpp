// The memory of a graph that runs by rows. The compiler goes through all its passes (row_progress.hpp), sees how many rows of
// each tensor there are at most, and plans the workspace for them as it does for whole tensors.
//
//   band      the rows of a tensor in one pass, side by side: those that are still read, behind them the new ones. It lives from
//             the operator that makes it to the last one that reads it
//   history   what later passes read of it. It is taken into the band when that is made, and saved when it was read for the last
//             time; in between its place is free for others
//   whole     what an operator beyond the rows reads, what is read as a whole, an output of the graph
//
// The input, if it is pushed, is a band that stays: rows move up in it.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/graph/plan.hpp"
#include "nn/graph/row_progress.hpp"

namespace nn::graph {

// Of a tensor that is made, or read, by rows.
struct RowPlace {
  std::int32_t producer = -1;     // the step that makes it; -1: it is the input
  std::int32_t last_reader = -1;  // of those by rows
  std::int32_t band = 0;          // rows
  std::int32_t history = 0;
  bool whole = false;
};

// Room for a plan: of all tensors, steps and reads; blocks: facts.blocks(), then one for the history of each tensor; order: two
// numbers for each block; counts: 4 for each tensor and step, and 4 more.
struct RowPlanRoom {
  std::span<RowPlace> places;
  std::span<TensorFacts> tensors;
  std::span<StepFacts> steps;
  std::span<Read> reads;
  std::span<Block> blocks;
  std::span<std::int32_t> order;
  std::span<std::int32_t> counts;
};
constexpr std::size_t history_block(const Facts& facts, std::size_t tensor) { return facts.blocks() + tensor; }
constexpr std::size_t row_blocks(const Facts& facts) { return facts.blocks() + facts.tensors.size(); }
// Bytes of the counts that a graph keeps while it runs by rows: of the steps, the input, and the first row needed of each tensor.
constexpr std::int32_t row_count_bytes(const Facts& facts, std::int32_t row_steps) {
  return 4 * (static_cast<std::int32_t>(facts.tensors.size()) + row_steps + 1);
}
constexpr std::size_t row_counts(const Facts& facts) { return 4 * (facts.tensors.size() + facts.steps.size() + 1); }

template <class OverlapOf>
class RowPlanner {
 public:
  // overlap_of(step, read, range): how the output may lie over read number `read` of the step while it makes these rows.
  constexpr RowPlanner(const RowFacts& all, const RowPlanRoom& into, OverlapOf overlaps)
      : facts{all}, room{into}, overlap_of{overlaps}, steps{row_steps(all)} {}

  // Bytes of the workspace.
  constexpr std::int32_t best() {
    find_readers();
    for (std::size_t r = 0; r < room.reads.size(); ++r) room.reads[r] = facts.graph.reads[r];
    for (std::int32_t s = 0; s < steps; ++s)
      for (Read& read : reads_of(s)) read.overlap = read_apart(s, read) ? no_overlap : Overlap{};
    go_through();
    for (std::size_t t = 0; t < room.tensors.size(); ++t) {
      room.tensors[t] = facts.graph.tensors[t];
      const RowPlace& place = room.places[t];
      if (by_rows(t) && !place.whole) room.tensors[t].bytes = place.band * facts.tensors[t].row_bytes;
    }
    for (std::size_t s = 0; s < room.steps.size(); ++s) {
      room.steps[s] = facts.graph.steps[s];
      if (static_cast<std::int32_t>(s) < steps) room.steps[s].state = facts.steps[s].sum_bytes;
    }
    for (std::int32_t s = 0; s < steps; ++s)
      for (Read& read : reads_of(s))
        if (read_apart(s, read) || place_of(read.tensor).history > 0 || place_of(output_of(s)).history > 0)
          read.overlap = no_overlap;
    const Facts planned{room.tensors, room.steps, room.reads, facts.graph.inputs, facts.graph.outputs, facts.graph.keeps_inputs};
    find_lifetimes(planned, room.blocks.first(planned.blocks()));
    for (std::size_t t = 0; t < room.tensors.size(); ++t) live_by_rows(planned, t);
    for (std::int32_t s = 0; s < steps; ++s) room.blocks[planned.state_block(static_cast<std::size_t>(s))].last = steps - 1;
    return Planner{planned, room.blocks, room.order}.best_places();
  }

 private:
  constexpr std::span<Read> reads_of(std::int32_t s) const {
    const StepFacts& step = facts.graph.steps[static_cast<std::size_t>(s)];
    return room.reads.subspan(static_cast<std::size_t>(step.first_read), static_cast<std::size_t>(step.reads));
  }
  constexpr std::int32_t output_of(std::int32_t s) const { return facts.graph.steps[static_cast<std::size_t>(s)].output; }
  constexpr RowPlace& place_of(std::int32_t t) const { return room.places[static_cast<std::size_t>(t)]; }
  constexpr bool by_rows(std::size_t t) const {
    return room.places[t].producer >= 0 || static_cast<std::int32_t>(t) == facts.input();
  }
  constexpr bool read_apart(std::int32_t s, const Read& read) const {
    return place_of(read.tensor).whole || place_of(output_of(s)).whole || read.tensor == facts.input();
  }

  // Who makes and reads what, and what is needed as a whole.
  constexpr void find_readers() {
    for (RowPlace& place : room.places) place = {};
    const std::int32_t all = static_cast<std::int32_t>(facts.graph.steps.size());
    for (std::int32_t s = 0; s < all; ++s) {
      const StepFacts& step = facts.graph.steps[static_cast<std::size_t>(s)];
      if (s < steps) {
        place_of(step.output).producer = s;
        if (facts.steps[static_cast<std::size_t>(s)].gathers) place_of(step.output).whole = true;
      }
      std::size_t i = 0;
      for (const Read& read : facts.graph.reads_of(step)) {
        RowPlace& place = place_of(read.tensor);
        if (s >= steps || (facts.needs_of(step)[i].kind == RowNeed::Kind::whole && facts.tensor(read.tensor).rows > 1))
          place.whole = true;
        if (s < steps) place.last_reader = s;
        ++i;
      }
    }
    for (std::int32_t output : facts.graph.outputs)
      if (facts.graph.tensor(output).whole < 0) place_of(output).whole = true;
    if (!facts.pushed) place_of(facts.input()).whole = true;
    for (RowPlace& place : room.places)
      if (place.producer >= 0 && place.last_reader < 0) place.whole = true;
  }

  constexpr void go_through() {
    const std::size_t tensors = facts.tensors.size();
    std::int32_t* const producer = room.counts.data();
    std::int32_t* const first = producer + tensors;
    std::int32_t* const made = first + tensors;
    std::int32_t* const now = made + steps + 1;
    for (std::size_t t = 0; t < tensors; ++t) producer[t] = room.places[t].producer;
    RowProgress progress{facts, steps, place_of(facts.input()).last_reader + 1, producer, made, now};
    progress.begin();
    while (!progress.done()) {
      if (!progress.complete()) ++progress.pushed();
      while (!progress.done() && progress.ready()) {
        progress.first_rows(first);
        RowPlace& input = place_of(facts.input());
        input.band = std::max(input.band, progress.pushed() - first[facts.input()]);
        progress.next();
        for (std::int32_t s = 0; s < steps; ++s)
          if (now[s] > 0) see(progress, s, made[s] - now[s], now[s], first);
        progress.first_rows(first);
        for (std::size_t t = 0; t < tensors; ++t)
          if (RowPlace& place = room.places[t]; place.producer >= 0 && !place.whole)
            place.history = std::max(place.history, progress.there(static_cast<std::int32_t>(t)) - first[t]);
      }
    }
    for (std::size_t t = 0; t < tensors; ++t)
      if (RowPlace& place = room.places[t]; place.producer >= 0 && place.band == facts.tensors[t].rows && place.history > 0) {
        place.whole = true;
        place.history = 0;
      }
  }

  // A step makes these rows.
  constexpr void see(const RowProgress& progress, std::int32_t s, std::int32_t row, std::int32_t rows,
                     const std::int32_t* first) {
    const auto wide = [&](std::int32_t t) {
      RowPlace& place = place_of(t);
      if (place.producer >= 0) place.band = std::max(place.band, progress.there(t) - first[t]);
    };
    wide(output_of(s));
    std::int32_t i = 0;
    for (Read& read : reads_of(s)) {
      wide(read.tensor);
      if (read.overlap.below < apart || read.overlap.above < apart) {
        const Overlap here = overlap_of(s, i, RowRange{row, rows, progress.rows_of(s)});
        const std::int32_t skipped = progress.first_row(s, static_cast<std::size_t>(i), row) - first[read.tensor];
        const std::int32_t above = here.above == apart ? apart : here.above + skipped * facts.tensor(read.tensor).row_bytes;
        read.overlap = {std::max(read.overlap.below, here.below), std::max(read.overlap.above, above)};
      }
      ++i;
    }
  }

  constexpr void live_by_rows(const Facts& planned, std::size_t t) {
    Block& band = room.blocks[t];
    Block& history = room.blocks[history_block(planned, t)];
    const RowPlace& place = room.places[t];
    history = {};
    if (!by_rows(t) || steps == 0) return;
    if (place.whole || place.producer < 0) {
      band.first = -1;
      band.last = std::max(band.last, steps - 1);
      return;
    }
    if (place.history == 0) return;
    history = {.bytes = place.history * facts.tensors[t].row_bytes, .first = -1, .last = steps - 1};
    history.away_from = place.producer;
    history.away_to = place.last_reader;
    history.twin = static_cast<std::int32_t>(t);
    band.twin = static_cast<std::int32_t>(history_block(planned, t));
  }

  const RowFacts& facts;
  const RowPlanRoom& room;
  OverlapOf overlap_of;
  std::int32_t steps;
};

template <class OverlapOf>
constexpr std::int32_t plan_rows(const RowFacts& facts, const RowPlanRoom& room, OverlapOf overlap_of) {
  return RowPlanner<OverlapOf>{facts, room, overlap_of}.best();
}

// The plan that the compiler makes.
template <std::size_t AllTensors, std::size_t Steps, std::size_t Reads>
struct PlannedRows {
  std::array<RowPlace, AllTensors> place{};
  std::array<TensorFacts, AllTensors> tensors{};
  std::array<StepFacts, Steps> steps{};
  std::array<Read, Reads> reads{};
  std::array<Block, 2 * (AllTensors + Steps)> block{};
  std::int32_t bytes = 0;

  constexpr Facts facts(const Facts& of) const { return {tensors, steps, reads, of.inputs, of.outputs, of.keeps_inputs}; }
};
template <std::size_t AllTensors, std::size_t Steps, std::size_t Reads, class OverlapOf>
constexpr PlannedRows<AllTensors, Steps, Reads> planned_rows(const RowFacts& facts, OverlapOf overlap_of) {
  PlannedRows<AllTensors, Steps, Reads> found;
  std::array<std::int32_t, 4 * (AllTensors + Steps)> order{};
  std::array<std::int32_t, 4 * (AllTensors + Steps + 1)> counts{};
  found.bytes = plan_rows(facts, {found.place, found.tensors, found.steps, found.reads, found.block, order, counts}, overlap_of);
  return found;
}

}  // namespace nn::graph
