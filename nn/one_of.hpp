// OneOf<T…>: memory for one T at a time, as much as the largest needs.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <memory>

namespace nn {

template <class... Element>
union OneOf {};

template <class First, class... Rest>
union OneOf<First, Rest...> {
  constexpr OneOf() : rest{} {}

  // A new T of place I; the one before is gone.
  template <std::size_t Index>
  constexpr auto& begin() {
    if constexpr (Index == 0) return *std::construct_at(&first);
    else return std::construct_at(&rest)->template begin<Index - 1>();
  }
  // That of place I, which was begun.
  template <std::size_t Index>
  constexpr auto& begun() {
    if constexpr (Index == 0) return first;
    else return rest.template begun<Index - 1>();
  }

 private:
  First first;
  OneOf<Rest...> rest;
};

}  // namespace nn
