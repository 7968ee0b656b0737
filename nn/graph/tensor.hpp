// Tensor<Number, extents>: what a graph knows of one: its type and shape. The last extent varies fastest; a scalar has none.
//
//   Variable<Tensor, Initial>     keeps its numbers from run to run. Initial: a whole number that fills it at first, or the
//   address
//                                 of an array, its first numbers; 0 if nothing is said
//   Part<Whole, First, Tensor>    the numbers of tensor `Whole` from number `First` on: it has no memory of its own. So the rows
//   of
//                                 a window, the inputs of a concatenation, the parts of a split are written and read where they
//                                 stand
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "nn/graph/call.hpp"
#include "nn/graph/plan.hpp"

namespace nn::graph {

template <class Type>
concept TensorNumber = std::same_as<Type, std::int8_t> || std::same_as<Type, std::uint8_t> || std::same_as<Type, std::int16_t> ||
    std::same_as<Type, std::int32_t> || std::same_as<Type, float> || std::same_as<Type, bool>;

template <class Element, std::int32_t... Extents>
struct Tensor {
  static_assert(TensorNumber<Element>,
                "nn::Tensor<Number, extents>: numbers are std::int8_t, std::uint8_t, std::int16_t, std::int32_t, float or bool");
  static_assert(((Extents > 0) && ...), "nn::Tensor<Number, extents>: every extent must be at least 1");

  using Number = Element;
  static constexpr std::array<std::int32_t, sizeof...(Extents)> shape{Extents...};
  static constexpr std::int32_t count = (std::int32_t{1} * ... * Extents);
  static constexpr std::int32_t bytes = count * static_cast<std::int32_t>(sizeof(Number));
  static constexpr TensorFacts facts{.bytes = bytes};
  static constexpr bool begins = false;
};

template <class Kept, auto Initial = 0>
struct Variable : Kept {
  static constexpr bool filled = std::integral<decltype(Initial)>;  // with one number; else Initial points to an array
  static constexpr TensorFacts facts{.bytes = Kept::bytes, .variable = true};
  static constexpr bool begins = !filled || Initial != decltype(Initial){};  // with other numbers than 0

  static constexpr void begin(typename Kept::Number* to) {
    if constexpr (filled) {
      std::fill_n(to, Kept::count, static_cast<typename Kept::Number>(Initial));
    } else {
      static_assert(std::size(*Initial) <= std::size_t{Kept::count},
                    "nn::Variable<Tensor, Initial>: it has fewer numbers than its initial values");
      std::copy(std::begin(*Initial), std::end(*Initial), to);
    }
  }
};

template <std::int32_t Whole, std::int32_t First, class Seen>
struct Part : Seen {
  static_assert(First >= 0, "nn::Part<Whole, First, Tensor>: it begins before the tensor that it is a part of");

  static constexpr std::int32_t end = First + Seen::count;
  static constexpr TensorFacts facts{
      .bytes = Seen::bytes, .whole = Whole, .begin = First * static_cast<std::int32_t>(sizeof(typename Seen::Number))};
};

// A variable begins its life with its initial numbers; any other tensor does nothing.
template <class Kept>
void begin_variable([[maybe_unused]] std::byte* at) {
  if constexpr (Kept::facts.variable) Kept::begin(begin_numbers<typename Kept::Number>(at, Kept::count));
}

// One of many types by its number, in a way that compilers find fast.
template <std::size_t Number, class Type>
struct Numbered {
  using type = Type;
};
template <class Indices, class... Types>
struct NumberedAll;
template <std::size_t... Number, class... Types>
struct NumberedAll<std::index_sequence<Number...>, Types...> : Numbered<Number, Types>... {};
template <std::size_t Number, class Type>
Numbered<Number, Type> numbered(const Numbered<Number, Type>*);

template <class... Every>
struct Tensors {
  static constexpr std::array<TensorFacts, sizeof...(Every)> facts{Every::facts...};

  template <std::int32_t Number>
  using At = typename decltype(numbered<static_cast<std::size_t>(Number)>(
      static_cast<NumberedAll<std::index_sequence_for<Every...>, Every...>*>(nullptr)))::type;
};

// The tensors that the user fills, and those that he reads.
template <std::int32_t... Numbers>
struct Inputs {
  static constexpr std::array<std::int32_t, sizeof...(Numbers)> numbers{Numbers...};
  static constexpr bool kept = false;
};
template <std::int32_t... Numbers>
struct Outputs {
  static constexpr std::array<std::int32_t, sizeof...(Numbers)> numbers{Numbers...};
};

// Inputs that running does not overwrite, at the cost of their memory.
template <std::int32_t... Numbers>
struct KeptInputs : Inputs<Numbers...> {
  static constexpr bool kept = true;
};

}  // namespace nn::graph
