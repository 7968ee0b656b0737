// StepByRows: an operator in a graph that runs by rows (by_rows.hpp).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/graph/move_rows.hpp"
#include "nn/graph/row_progress.hpp"
#include "nn/graph/step.hpp"

namespace nn::graph {

// One piece of code for all operators of a type.
template <class Kernels, class Type, class Result, class... From>
[[gnu::noinline]] void run_part(const Type& operation, RowRange range, Call call, Result* y, const From*... x) {
  alignas(Type) std::byte part[sizeof(Type)];
  Type* const some = copied(part, operation);
  narrow_to_rows(*some, range);
  run_typed<Kernels>(*some, call, y, x...);
}

template <class Applied, class Result, class... Numbers>
struct StepByRows;

template <const auto& Operation, std::int32_t Output, auto... From, class Result, class... Numbers>
struct StepByRows<Apply<Operation, Output, From...>, Result, Numbers...>
    : Step<Apply<Operation, Output, From...>, Result, Numbers...> {
  using Whole = Step<Apply<Operation, Output, From...>, Result, Numbers...>;
  using Applied = Apply<Operation, Output, From...>;
  using Planned = typename Whole::Planned;

  static constexpr std::int32_t sum_bytes() {
    if constexpr (Gathers<std::remove_cvref_t<decltype(Planned::operation)>>)
      return Planned::operation.gathers() ? Planned::operation.sum_bytes() : 0;
    else
      return 0;
  }

  // What it needs of each tensor that it reads, one behind the other; nothing, if it does not run by rows.
  static constexpr RowNeed* needs(const RowTensor* tensors, RowNeed* to) {
    const std::int32_t rows = tensors[Output].rows;
    RowNeed* const begin = to;
    bool can = true;
    for (std::size_t i = 0; i < sizeof...(From); ++i) {
      const std::int32_t tensor = Applied::inputs[i];
      const RowNeed need =
          row_need(Planned::operation, static_cast<int>(i), rows, tensor == no_tensor ? rows : tensors[tensor].rows);
      can = can && need.kind != RowNeed::Kind::nothing;
      if (tensor != no_tensor) *to++ = need;
    }
    for (RowNeed* each = begin; !can && each != to; ++each) *each = {};
    return to;
  }

  // How the output may lie over read number `number` while it makes these rows.
  static constexpr Overlap overlap(std::int32_t number, RowRange range) {
    const auto part = on_rows(Planned::operation, range);
    Overlap found = no_overlap;
    int input = 0;
    std::int32_t read = 0;
    const auto see = [&]<class Number>(std::type_identity<Number>, std::int32_t tensor) {
      if (tensor != no_tensor && read++ == number)
        found = allowed_overlap<typename Planned::KernelsOf, typename Result::Number, Number>(part, input);
      ++input;
    };
    (see(std::type_identity<Numbers>{}, tensor_number(From)), ...);
    return found;
  }

  // Makes these rows, AtOnce mostly, of the `Of` that there are at `to`; from(number) is where the rows of read number `number` begin.
  template <class Kernels, std::int32_t AtOnce, std::int32_t Of, Places<sizeof...(From)> Where>
  static void run_rows(std::byte* workspace, RowRange range, std::byte* to, auto from) {
    using Here = OnCore<Kernels, Applied::operation>;
    const Call call{workspace + Where.scratch, Where.backward, workspace + Where.state};
    if constexpr (Gathers<std::remove_cvref_t<decltype(Here::operation)>>) {
      if constexpr (Here::operation.gathers())
        return Here::operation.template gather<typename Here::KernelsOf>(
            call, begin_numbers<typename Result::Number>(to, static_cast<std::size_t>(Result::count)),
            numbers<Numbers>(from(0))..., range);
    }
    auto* const y = begin_numbers<typename Result::Number>(to, static_cast<std::size_t>(Result::count / Of * range.rows));
    [&]<std::size_t... Input>(std::index_sequence<Input...>) {
      constexpr std::int32_t middle = first_in_the_middle(Here::operation, AtOnce, Of);
      if constexpr (Of == 1) return run_typed<typename Here::KernelsOf>(Here::operation, call, y, rows_from<From, Numbers, Input>(range, from)...);
      if constexpr (middle >= 0)
        if (range.rows == AtOnce && in_the_middle(Here::operation, range))
          return run_typed<typename Here::KernelsOf>(part<Here::operation, RowRange{middle, AtOnce, Of}>, call, y, rows_from<From, Numbers, Input>(range, from)...);
      if constexpr (Of > 1)
        run_part<typename Here::KernelsOf>(Here::operation, range, call, y, rows_from<From, Numbers, Input>(range, from)...);
    }
    (std::make_index_sequence<sizeof...(From)>{});
  }

 private:
  // Most of its parts are this one, which is not made anew each time.
  template <const auto& Of, RowRange Range>
  static constexpr auto part = on_rows(Of, Range);

  static constexpr std::size_t reads_before(std::size_t input) {
    std::size_t reads = 0;
    for (std::size_t i = 0; i < input; ++i) reads += Applied::inputs[i] == no_tensor ? std::size_t{0} : std::size_t{1};
    return reads;
  }
  template <auto Source, class Number, std::size_t Input>
  static const Number* rows_from(RowRange range, auto from) {
    if constexpr (tensor_number(Source) == no_tensor) {
      const bool by_rows = row_need(Planned::operation, static_cast<int>(Input), range.of, range.of).kind == RowNeed::Kind::rows;
      return *Source + (by_rows ? static_cast<std::int32_t>(std::size(*Source)) / range.of * range.first : 0);
    } else {
      return numbers<Number>(from(reads_before(Input)));
    }
  }
};

template <class Every, class Applied>
struct StepByRowsOf;
template <class Every, const auto& Operation, std::int32_t Output, auto... From>
struct StepByRowsOf<Every, Apply<Operation, Output, From...>> {
  using type =
      StepByRows<Apply<Operation, Output, From...>, typename Every::template At<Output>, typename NumberOf<Every, From>::type...>;
};

}  // namespace nn::graph
