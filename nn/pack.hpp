// Pack: an aggregate with one element per type, so that the parameters of a network can be written as nested braces
// (std::tuple has constructors and cannot). Elements without data take no room.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace nn {

template <std::size_t I, class T>
struct PackElement {
  T value{};
};
template <std::size_t I, class T>
  requires std::is_empty_v<T>
struct PackElement<I, T> {};

template <class Indices, class... T>
struct PackOf;

template <std::size_t... I, class... T>
struct PackOf<std::index_sequence<I...>, T...> : PackElement<I, T>... {
  static constexpr std::size_t count = sizeof...(T);
};

template <class... T>
using Pack = PackOf<std::index_sequence_for<T...>, T...>;

// Element I; an element without data is made on the spot.
template <std::size_t I, class T>
  requires(!std::is_empty_v<T>)
constexpr T& get(PackElement<I, T>& element) {
  return element.value;
}
template <std::size_t I, class T>
  requires(!std::is_empty_v<T>)
constexpr const T& get(const PackElement<I, T>& element) {
  return element.value;
}
template <std::size_t I, class T>
  requires std::is_empty_v<T>
constexpr T get(const PackElement<I, T>&) {
  return {};
}

}  // namespace nn
