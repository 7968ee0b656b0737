// OneOf<T…>: memory for one T at a time, as much as the largest needs.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <new>
#include <type_traits>
#include <utility>

namespace nn {

template <class... Element>
union OneOf {};

template <class First, class... Rest>
union OneOf<First, Rest...> {
  constexpr OneOf() : rest{} {}

  // A new T of place I; the one before is gone. (std::construct_at would do; it costs every user of this library <memory>, and by
  // it streams and strings.)
  template <std::size_t Index>
  constexpr auto& begin() {
    if (std::is_constant_evaluated()) *this = OneOf{std::in_place_index<Index>};
    else if constexpr (Index == 0) ::new (static_cast<void*>(&first)) First{};
    else rest.template begin<Index - 1>();
    return begun<Index>();
  }
  // That of place I, which was begun.
  template <std::size_t Index>
  constexpr auto& begun() {
    if constexpr (Index == 0) return first;
    else return rest.template begun<Index - 1>();
  }

 private:
  template <class...>
  friend union OneOf;
  constexpr explicit OneOf(std::in_place_index_t<0>) : first{} {}
  template <std::size_t Index>
  constexpr explicit OneOf(std::in_place_index_t<Index>) : rest{std::in_place_index<Index - 1>} {}

  First first;
  OneOf<Rest...> rest;
};

}  // namespace nn
