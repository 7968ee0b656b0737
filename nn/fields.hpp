// Fields: visits every array of numbers in parameters, whatever layers they belong to.
//
// for_each_row(visit, a, b, …) walks aggregates of one structure in step (parameters, gradient, moments, …) and calls
// visit(row of a, row of b, …) with the innermost std::arrays, in the order of declaration. Parameters of a layer are an
// aggregate of at most four std::arrays; those of a network a Pack of such aggregates.
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "nn/pack.hpp"

namespace nn {

// Converts to anything: how many of them an aggregate can be initialized from is how many members it has.
struct AnyField {
  template <class Element>
  constexpr operator Element() const;
};

template <class Aggregate>
constexpr std::size_t field_count = [] {
  if constexpr (std::is_empty_v<Aggregate>)
    return 0;
  else if constexpr (requires { Aggregate{AnyField{}, AnyField{}, AnyField{}, AnyField{}}; })
    return 4;
  else if constexpr (requires { Aggregate{AnyField{}, AnyField{}, AnyField{}}; })
    return 3;
  else if constexpr (requires { Aggregate{AnyField{}, AnyField{}}; })
    return 2;
  else
    return 1;
}();

template <class Element>
constexpr bool is_array = false;
template <class Element, std::size_t Count>
constexpr bool is_array<std::array<Element, Count>> = true;

template <class Visit, class First, class... Rest>
constexpr void for_each_row(Visit&& visit, First& first, Rest&... rest);

// Member Index of an aggregate; std::get of std::tie would compile for longer.
template <std::size_t Index, class Aggregate>
constexpr auto& field(Aggregate& aggregate) {
  constexpr std::size_t count = field_count<std::remove_const_t<Aggregate>>;
  if constexpr (count == 1) {
    auto& [a] = aggregate;
    return a;
  } else if constexpr (count == 2) {
    auto& [a, b] = aggregate;
    if constexpr (Index == 0) return a;
    else return b;
  } else if constexpr (count == 3) {
    auto& [a, b, c] = aggregate;
    if constexpr (Index == 0) return a;
    else if constexpr (Index == 1) return b;
    else return c;
  } else {
    auto& [a, b, c, d] = aggregate;
    if constexpr (Index == 0) return a;
    else if constexpr (Index == 1) return b;
    else if constexpr (Index == 2) return c;
    else return d;
  }
}

template <std::size_t Index, class Visit, class... Aggregate>
constexpr void visit_field(Visit&& visit, Aggregate&... aggregate) {
  for_each_row(visit, field<Index>(aggregate)...);
}
template <std::size_t Index, class Visit, class... Packed>
constexpr void visit_element(Visit&& visit, Packed&... pack) {
  if constexpr ((std::is_lvalue_reference_v<decltype(get<Index>(pack))> && ...)) for_each_row(visit, get<Index>(pack)...);
}

template <class Visit, class First, class... Rest>
constexpr void for_each_row(Visit&& visit, First& first, Rest&... rest) {
  using Data = std::remove_const_t<First>;
  if constexpr (is_array<Data>) {
    if constexpr (is_array<typename Data::value_type>)
      for (std::size_t i = 0; i < first.size(); ++i) for_each_row(visit, first[i], rest[i]...);
    else
      visit(first, rest...);
  } else if constexpr (requires { Data::count; }) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      (visit_element<Index>(visit, first, rest...), ...);
    }(std::make_index_sequence<Data::count>{});
  } else {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      (visit_field<Index>(visit, first, rest...), ...);
    }(std::make_index_sequence<field_count<Data>>{});
  }
}

// The outermost std::arrays of an aggregate: visit(array) for each, in the same order, and how many there are.
template <class Visit, class Data>
constexpr void for_each_array(Visit&& visit, Data& data) {
  if constexpr (is_array<std::remove_const_t<Data>>) {
    visit(data);
  } else if constexpr (requires { Data::count; }) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      const auto element = [&](auto&& one) {
        if constexpr (std::is_lvalue_reference_v<decltype(one)>) for_each_array(visit, one);
      };
      (element(get<Index>(data)), ...);
    }(std::make_index_sequence<Data::count>{});
  } else {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      (for_each_array(visit, field<Index>(data)), ...);
    }(std::make_index_sequence<field_count<std::remove_const_t<Data>>>{});
  }
}
template <class Data>
constexpr std::size_t array_count = [] {
  std::size_t number = 0;
  constexpr Data data{};
  for_each_array([&](auto&) { ++number; }, data);
  return number;
}();

}  // namespace nn
