// Buffers: where the outputs of a chain of layers lie. Outputs of one number format share one buffer, laid out by a plan as
// if there were no others; a network in one format has a single buffer.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/pack.hpp"
#include "nn/plan.hpp"

namespace nn {

// Outputs gives  planned: a std::array<PlannedOutput, n>, and plan(array): the plan to follow; Numbers are the n formats.
template <class Outputs, class... Numbers>
class Buffers {
  static constexpr std::size_t Count = sizeof...(Numbers);
  using Formats = std::tuple<Numbers...>;

  // Those of one format; the others take no room.
  template <class Number>
  static constexpr Plan<Count> plan_of = [] {
    constexpr bool here[]{std::is_same_v<Numbers, Number>...};
    auto planned = Outputs::planned;
    for (std::size_t i = 0; i < Count; ++i) {
      if (!here[i]) planned[i].elements = 0;
      if (i == 0 || !here[i - 1]) planned[i].in_place = false;
    }
    return Outputs::plan(planned);
  }();

  template <class Number>
  static constexpr std::size_t first_of = [] {
    constexpr bool here[]{std::is_same_v<Numbers, Number>...};
    std::size_t i = 0;
    while (!here[i]) ++i;
    return i;
  }();

  struct Elsewhere {};
  template <class Number, std::size_t Index>
  using Buffer = std::conditional_t<first_of<Number> == Index, std::array<Number, plan_of<Number>.size>, Elsewhere>;
  template <class Indices>
  struct Stored;
  template <std::size_t... Index>
  struct Stored<std::index_sequence<Index...>> {
    using type = Pack<Buffer<Numbers, Index>...>;
  };

 public:
  template <std::size_t Index>
  using Number = std::tuple_element_t<Index, Formats>;

  // Whether output Index overwrites the one before it, which has its format.
  template <std::size_t Index>
  static constexpr bool in_place = [] {
    if constexpr (Index == 0) return false;
    else return Outputs::planned[Index].in_place && std::is_same_v<Number<Index>, Number<Index - 1>>;
  }();

  // Output Index, or ∂L/∂ of it.
  template <std::size_t Index>
  constexpr auto at() {
    constexpr std::size_t size = Outputs::planned[Index].elements;
    return std::span<Number<Index>, size>{get<first_of<Number<Index>>>(buffers).data() + plan_of<Number<Index>>.offset[Index],
                                          size};
  }

 private:
  typename Stored<std::index_sequence_for<Numbers...>>::type buffers{};
};

}  // namespace nn
