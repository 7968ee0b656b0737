// RepeatedPass: passes over a graph that runs by rows which differ in nothing but where in the image they are. Where there are
// several in a row, the compiler writes one of them out: places and sizes are constants, nothing is counted.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/graph/known_reads.hpp"
#include "nn/graph/move_rows.hpp"
#include "nn/graph/row_pass.hpp"
#include "nn/graph/row_plan.hpp"

namespace nn::graph {

// What a pass does, but for where it is.
template <std::size_t AllTensors, std::size_t Steps, std::size_t Reads>
struct PassShape {
  std::array<std::int32_t, Steps> now{};        // rows that a step makes
  std::array<std::int32_t, AllTensors> held{};  // rows of a tensor that there are before
  std::array<std::int32_t, AllTensors> kept{};  // and behind it
  std::array<std::int32_t, AllTensors> gone{};  // rows that nobody needs any more
  std::array<std::int32_t, Reads> at{};         // where a read begins, in rows from the first that is held

  constexpr bool operator==(const PassShape&) const = default;
};
template <std::size_t AllTensors, std::size_t Steps, std::size_t Reads>
struct RepeatedPasses {
  PassShape<AllTensors, Steps, Reads> shape{};
  std::int32_t count = 0;           // 0: none repeats
  std::int32_t of = 0;              // all passes
  std::int32_t first = 0, end = 0;  // rows of the first step that are made when the first one begins, and when the last has ended
};

// The longest sequence of passes of one shape. None where a tensor of several rows is whole: where they are moves on.
template <std::size_t AllTensors, std::size_t Steps, std::size_t Reads>
constexpr RepeatedPasses<AllTensors, Steps, Reads> repeated_passes(const RowFacts& facts, std::span<const RowPlace> places,
                                                                   const std::int32_t* producers) {
  RepeatedPasses<AllTensors, Steps, Reads> longest, here;
  std::array<std::int32_t, AllTensors> before{}, after{}, there{};
  std::array<std::int32_t, Steps + 1> made{};
  std::array<std::int32_t, Steps> now{};
  const std::int32_t steps = static_cast<std::int32_t>(Steps);
  const auto number = [](std::int32_t index) { return static_cast<std::size_t>(index); };
  for (std::size_t t = 0; t < AllTensors; ++t)
    if (places[t].whole && facts.tensors[t].rows > 1) return {};
  RowProgress progress{facts, steps, places[number(facts.input())].last_reader + 1, producers, made.data(), now.data()};
  progress.begin();
  std::int32_t passes = 0;
  bool known = true;  // by the rows of the first step
  while (!progress.done()) {
    if (!progress.complete()) ++progress.pushed();
    while (!progress.done() && progress.ready()) {
      PassShape<AllTensors, Steps, Reads> shape;
      progress.first_rows(before.data());
      for (std::size_t t = 0; t < AllTensors; ++t) there[t] = progress.there(static_cast<std::int32_t>(t));
      const std::int32_t begin = made[0];
      progress.next();
      progress.first_rows(after.data());
      shape.now = now;
      for (std::size_t t = 0; t < AllTensors; ++t) {
        if (places[t].whole || (places[t].producer < 0 && static_cast<std::int32_t>(t) != facts.input())) continue;
        shape.held[t] = there[t] - before[t];
        shape.kept[t] = progress.there(static_cast<std::int32_t>(t)) - after[t];
        shape.gone[t] = after[t] - before[t];
      }
      for (std::int32_t s = 0; s < steps; ++s)
        RowReads{facts.graph, steps}.of_step(s, [&](std::int32_t t, std::size_t i) {
          const std::size_t read = number(progress.step(s).first_read) + i;
          if (now[number(s)] > 0) shape.at[read] = progress.first_row(s, i, made[number(s)] - now[number(s)]) - before[number(t)];
        });
      if (here.count == 0 || !(shape == here.shape)) here = {shape, 0, 0, begin, begin};
      here.count = known && now[0] > 0 ? here.count + 1 : 0;
      here.end = made[0];
      known = now[0] > 0;
      if (here.count > longest.count) longest = here;
      ++passes;
    }
  }
  longest.of = passes;
  return longest;
}

// One of them, as RowPass.
template <const RowFacts& All, const auto& Repeated, const auto& Tables, class Reads>
struct RepeatedPass {
  std::byte* workspace;
  const std::int32_t* made;  // with those of this pass

  template <std::int32_t S, std::int32_t T>
  [[gnu::always_inline]] RowRange enter(Constant<S>, Constant<T>) const {
    constexpr RowTable of = Tables[T];
    if constexpr (!of.whole && used<T>() && Repeated.shape.held[T] > 0)
      move_rows(workspace + of.band, workspace + of.history, Repeated.shape.held[T] * of.row_bytes);
    return {made[S] - Repeated.shape.now[S], Repeated.shape.now[S], All.steps[S].rows};
  }
  template <std::int32_t S, std::int32_t T>
  [[gnu::always_inline]] std::byte* output(Constant<S>, Constant<T>) const {
    return workspace + Tables[T].band + Repeated.shape.held[T] * Tables[T].row_bytes;
  }
  template <std::int32_t S>
  [[gnu::always_inline]] const std::byte* input(Constant<S>, std::int32_t t, std::size_t i) const {
    const std::size_t read = static_cast<std::size_t>(All.graph.steps[S].first_read) + i;
    const RowTable& of = Tables[static_cast<std::size_t>(t)];
    return workspace + of.band + Repeated.shape.at[read] * of.row_bytes;
  }
  template <std::int32_t T>
  [[gnu::always_inline]] void leave(Constant<T>) const {
    constexpr RowTable of = Tables[T];
    if constexpr (used<T>() && Repeated.shape.kept[T] > 0)
      move_rows(workspace + (of.producer < 0 ? of.band : of.history),
                workspace + of.band + Repeated.shape.gone[T] * of.row_bytes, Repeated.shape.kept[T] * of.row_bytes);
  }

 private:
  template <std::int32_t T>
  static constexpr bool used() {
    const auto& now = Repeated.shape.now;
    std::int32_t rows = Tables[T].producer < 0 ? 0 : now[static_cast<std::size_t>(Tables[T].producer)];
    Reads::of_tensor(Constant<T>{}, [&](std::int32_t s, std::size_t) { rows |= now[static_cast<std::size_t>(s)]; });
    return rows > 0;
  }
};

}  // namespace nn::graph
