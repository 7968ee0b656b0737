// ByRows: a graph that runs row by row as far as it can: each tensor holds only the rows that are still to be read, and nothing
// is computed twice. The same products, the same bits as the graph itself, in a workspace of rings of rows.
//
//   nn::ByRows<Net> net;                           fill net.input(), net.run(), read net.output(), as with Net itself
//   nn::ByRows<Net, 2>                             two rows at once: where rows have an odd number of pixels, kernels like pairs
//   nn::ByRows<Net, 1, nn::Feed::rows> net;        net.push_row(row) for each row of the input, which is never whole in memory;
//                                                  true with the last one: net.output() is there
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/graph/feed.hpp"
#include "nn/graph/graph.hpp"
#include "nn/graph/known_reads.hpp"
#include "nn/graph/repeated_pass.hpp"
#include "nn/graph/row_pass.hpp"
#include "nn/graph/step_by_rows.hpp"
#include "nn/mistaken.hpp"

namespace nn::graph {

template <class Shaped>
constexpr RowTensor row_tensor() {
  if constexpr (Shaped::shape.size() >= 3) {
    if (Shaped::shape[0] == 1) return {Shaped::shape[1], Shaped::bytes / Shaped::shape[1]};
  }
  return {1, Shaped::bytes};
}

template <class... Every, class AllInputs, class AllOutputs, class... Operators, std::int32_t AtOnce, Feed Fed>
class ByRows<Graph<Tensors<Every...>, AllInputs, AllOutputs, Operators...>, AtOnce, Fed> {
  static_assert(AtOnce > 0, "nn::ByRows<Graph, AtOnce>: at least one row is made at once");

  template <std::int32_t Number>
  using TensorOf = typename Tensors<Every...>::template At<Number>;
  template <class Applied>
  using Step = typename StepByRowsOf<Tensors<Every...>, Applied>::type;

 public:
  using Whole = Graph<Tensors<Every...>, AllInputs, AllOutputs, Operators...>;
  static constexpr std::size_t tensors = sizeof...(Every);
  static constexpr std::size_t operators = sizeof...(Operators);

 private:
  static constexpr std::array<RowTensor, tensors> row_tensors{row_tensor<Every>()...};
  static constexpr std::array<RowNeed, Whole::facts.reads.size()> needs = [] {
    std::array<RowNeed, Whole::facts.reads.size()> all{};
    [[maybe_unused]] RowNeed* to = all.data();
    [[maybe_unused]] const int in_order[]{0, (to = Step<Operators>::needs(row_tensors.data(), to), 0)...};
    return all;
  }();
  static constexpr std::array<RowStep, operators> row_sums = [] {
    constexpr std::int32_t bytes[]{Step<Operators>::sum_bytes()...};
    std::array<RowStep, operators> all{};
    for (std::size_t s = 0; s < operators; ++s)
      if (const StepFacts& step = Whole::facts.steps[s]; step.reads > 0)
        all[s] = {needs[static_cast<std::size_t>(step.first_read)], row_tensors[static_cast<std::size_t>(step.output)].rows,
                  bytes[s]};
    return all;
  }();
  static constexpr RowFacts row_facts{Whole::facts, row_tensors, row_sums, needs, AtOnce, Fed == Feed::rows};

 public:
  static constexpr std::int32_t row_operators = row_steps(row_facts);
  static_assert(row_operators > 0, "nn::ByRows<Graph>: its first operator cannot run by rows");
  static constexpr auto plan = planned_rows<tensors, operators, Whole::facts.reads.size()>(
      row_facts, [](std::int32_t step, std::int32_t read, RowRange range) {
        constexpr Overlap (*of[])(std::int32_t, RowRange){Step<Operators>::overlap...};
        return of[step](read, range);
      });
  // With what it counts.
  static constexpr std::size_t workspace_bytes =
      static_cast<std::size_t>(plan.bytes + row_count_bytes(Whole::facts, row_operators));
  static constexpr bool pushes_rows = Fed == Feed::rows;
  static constexpr Facts facts = plan.facts(Whole::facts);
  static constexpr auto& kinds = Whole::kinds;
  static constexpr std::int64_t products = Whole::products;
  static constexpr std::size_t row_numbers =
      static_cast<std::size_t>(TensorOf<AllInputs::numbers[0]>::count / row_facts.tensor(AllInputs::numbers[0]).rows);

  template <std::size_t Index>
  using InputTensor = TensorOf<AllInputs::numbers[Index]>;
  template <std::size_t Index>
  using OutputTensor = TensorOf<AllOutputs::numbers[Index]>;

  template <std::size_t Index = 0>
  auto input() {
    static_assert(Fed == Feed::whole, "nn::ByRows<Graph, AtOnce, Feed::rows>: the input comes by push_row");
    return filled<AllInputs::numbers[Index]>();
  }
  template <std::size_t Index = 0>
  auto output() {
    return filled<AllOutputs::numbers[Index]>();
  }

  template <class Kernels = target::Kernels>
  void run() {
    static_assert(Fed == Feed::whole, "nn::ByRows<Graph, AtOnce, Feed::rows>: it runs while rows are pushed");
    reset();
    while (!one_more<Kernels>()) {
    }
  }

  // The next row of the input. True: it was the last one, the output is there; the next row begins another input.
  template <class Kernels = target::Kernels>
  [[nodiscard]] bool push_row(std::span<const typename InputTensor<0>::Number, row_numbers> x) {
    static_assert(Fed == Feed::rows, "nn::ByRows<Graph>: rows are pushed with Feed::rows; else net.input() is the whole input");
    constexpr std::size_t number = static_cast<std::size_t>(AllInputs::numbers[0]);
    RowProgress counts = progress(nullptr);
    if (counts.complete()) reset();
    first[number] = counts.first_of_input();
    const std::int32_t there = counts.pushed(), at = plan.place[number].whole ? there : there - first[number];
    if (at < rows_held(number))
      std::memcpy(workspace + plan.block[number].offset + at * row_tensors[number].row_bytes, x.data(), x.size_bytes());
    return one_more<Kernels>();
  }

  template <class Given>
    requires(!std::is_convertible_v<Given, std::span<const typename InputTensor<0>::Number, row_numbers>>)
  bool push_row(Given&&) {
    static_assert(mistaken<Given>,
                  "nn::ByRows: a row is a std::array or std::span of exactly row_numbers numbers of the input's type; "
                  "of a longer or dynamic span, its .first<row_numbers>()");
    return false;
  }

  template <std::size_t Number>
  using Operator = typename decltype(numbered<Number>(
      static_cast<NumberedAll<std::index_sequence_for<Operators...>, Operators...>*>(nullptr)))::type;

  // Another input begins.
  void reset() {
    made = {};
    first = {};
  }

 private:
  static constexpr std::array<RowTable, tensors> tables = [] {
    std::array<RowTable, tensors> all{};
    for (std::size_t t = 0; t < tensors; ++t)
      all[t] = {plan.block[t].offset,
                plan.block[history_block(Whole::facts, t)].offset,
                row_tensors[t].row_bytes,
                static_cast<std::int16_t>(plan.place[t].producer),
                static_cast<std::int16_t>(plan.place[t].last_reader),
                plan.place[t].whole};
    return all;
  }();
  static constexpr std::array<std::int32_t, tensors> producers = [] {
    std::array<std::int32_t, tensors> all{};
    for (std::size_t t = 0; t < tensors; ++t) all[t] = plan.place[t].producer;
    return all;
  }();
  static constexpr auto repeated =
      repeated_passes<tensors, static_cast<std::size_t>(row_operators), Whole::facts.reads.size()>(row_facts, plan.place,
                                                                                                   producers.data());

 public:
  // Enough passes repeat one that a core may write it out (Kernels::repeats_passes).
  static constexpr bool repeats = repeated.count > 0 && repeated.count >= repeated.of / 2;

 private:
  static constexpr std::int32_t rows_held(std::size_t t) {
    return plan.place[t].whole ? row_tensors[t].rows : plan.place[t].band;
  }

  RowProgress progress(std::int32_t* now) {
    return {row_facts, row_operators, plan.place[static_cast<std::size_t>(AllInputs::numbers[0])].last_reader + 1,
            producers.data(), made.data(), now};
  }

  // One more row of the input is there: all passes that it allows. True: it was the last.
  template <class Kernels>
  bool one_more() {
    RowProgress counts = progress(nullptr);
    ++counts.pushed();
    while (counts.ready() && !counts.done())
      pass<Kernels>(std::make_index_sequence<static_cast<std::size_t>(row_operators)>{}, std::make_index_sequence<tensors>{});
    if (!counts.complete()) return false;
    run_rest<Kernels>(std::make_index_sequence<operators - static_cast<std::size_t>(row_operators)>{});
    return true;
  }

  using Reads = KnownReads<Whole::facts, row_operators>;

  // Written out step by step, so that only what changes from pass to pass is computed here.
  template <class Kernels, std::size_t... Number, std::size_t... Each>
  [[gnu::noinline]] void pass(std::index_sequence<Number...> numbers, std::index_sequence<Each...> each) {
    if constexpr (Kernels::repeats_passes && repeats)
      if (made[0] >= repeated.first && made[0] < repeated.end) return one_of_several<Kernels>(numbers, each);
    std::array<std::int32_t, static_cast<std::size_t>(row_operators)> now;
    RowProgress counts = progress(now.data());
    const Reads reads{};
    const RowPass<Reads> all{row_facts, tables.data(), workspace, counts, made.data(), now.data(), first.data(), reads};
    [[maybe_unused]] const int in_order[]{0, (counts.next(Constant<static_cast<std::int32_t>(Number)>{}, reads), 0)...,
                                          (step<Kernels, Number, Each...>(all), 0)...};
  }
  template <class Kernels, std::size_t... Number, std::size_t... Each>
  [[gnu::always_inline]] void one_of_several(std::index_sequence<Number...>, std::index_sequence<Each...>) {
    ((made[Number] += repeated.shape.now[Number]), ...);
    const RepeatedPass<row_facts, repeated, tables, Reads> all{workspace, made.data()};
    [[maybe_unused]] const int in_order[]{0, (step<Kernels, Number, Each...>(all), 0)...};
    ((first[Each] += repeated.shape.gone[Each]), ...);
  }
  template <class Kernels, std::size_t Number, std::size_t... Each>
  [[gnu::always_inline]] void step(const auto& all) {
    using Applied = Operator<Number>;
    constexpr Constant<static_cast<std::int32_t>(Number)> number;
    constexpr Constant<Applied::output> result;
    const RowRange range = all.enter(number, result);
    if (range.rows > 0) {
      std::array<const std::byte*, Applied::reads> from;
      Reads::of_step(number, [&](std::int32_t tensor, std::size_t read) __attribute__((always_inline)) {
        from[read] = all.input(number, tensor, read);
      });
      Step<Applied>::template run_rows<Kernels, AtOnce, row_tensors[static_cast<std::size_t>(Applied::output)].rows,
                                       places(facts, plan.block, Number, Applied::inputs)>(
          workspace, range, all.output(number, result), [&from](std::size_t read) { return from[read]; });
    }
    (leave<Number, Each>(all), ...);
  }
  template <std::size_t Number, std::size_t Each>
  [[gnu::always_inline]] void leave(const auto& all) {
    if constexpr (!plan.place[Each].whole && plan.place[Each].last_reader == static_cast<std::int32_t>(Number))
      all.leave(Constant<static_cast<std::int32_t>(Each)>{});
  }

  template <class Kernels, std::size_t... Number>
  void run_rest(std::index_sequence<Number...>) {
    [[maybe_unused]] const int in_order[]{0, (run_whole<Kernels, Number + static_cast<std::size_t>(row_operators)>(), 0)...};
  }
  template <class Kernels, std::size_t Number>
  void run_whole() {
    using Applied = Operator<Number>;
    Step<Applied>::template run<Kernels, places(facts, plan.block, Number, Applied::inputs)>(workspace);
  }

  template <std::int32_t Number>
  auto filled() {
    using Kept = TensorOf<Number>;
    return std::span<typename Kept::Number, Kept::count>{
        begin_numbers<typename Kept::Number>(workspace + plan.block[Number].offset, Kept::count), Kept::count};
  }

  alignas(8) std::byte workspace[static_cast<std::size_t>(plan.bytes)]{};
  std::array<std::int32_t, static_cast<std::size_t>(row_operators) + 1> made{};
  std::array<std::int32_t, tensors> first{};
};

}  // namespace nn::graph
