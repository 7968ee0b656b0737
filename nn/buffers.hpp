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

// Outputs gives  planned: a std::array<PlannedOutput, N>, and plan(array): the plan to follow; Numbers are the N formats.
template <class Outputs, class... Numbers>
class Buffers {
  static constexpr std::size_t N = sizeof...(Numbers);
  using Formats = std::tuple<Numbers...>;

  // Those of one format; the others take no room.
  template <class Number>
  static constexpr Plan<N> plan_of = [] {
    constexpr bool here[]{std::is_same_v<Numbers, Number>...};
    auto planned = Outputs::planned;
    for (std::size_t i = 0; i < N; ++i) {
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
  template <class Number, std::size_t I>
  using Buffer = std::conditional_t<first_of<Number> == I, std::array<Number, plan_of<Number>.size>, Elsewhere>;
  template <class Indices>
  struct Stored;
  template <std::size_t... I>
  struct Stored<std::index_sequence<I...>> {
    using type = Pack<Buffer<Numbers, I>...>;
  };

 public:
  template <std::size_t I>
  using Number = std::tuple_element_t<I, Formats>;

  // Whether output I overwrites the one before it, which has its format.
  template <std::size_t I>
  static constexpr bool in_place = [] {
    if constexpr (I == 0) return false;
    else return Outputs::planned[I].in_place && std::is_same_v<Number<I>, Number<I - 1>>;
  }();

  // Output I, or ∂L/∂ of it.
  template <std::size_t I>
  constexpr auto at() {
    constexpr std::size_t size = Outputs::planned[I].elements;
    return std::span<Number<I>, size>{get<first_of<Number<I>>>(buffers).data() + plan_of<Number<I>>.offset[I], size};
  }

 private:
  typename Stored<std::index_sequence_for<Numbers...>>::type buffers{};
};

}  // namespace nn
