// Pack: an aggregate with one element per type, so that the parameters of a network can be written as nested braces
// (std::tuple has constructors and cannot). Elements without data take no room.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <type_traits>
#include <utility>

namespace nn {

template <std::size_t Index, class Element>
struct PackElement {
  Element value{};
};
template <std::size_t Index, class Element>
  requires std::is_empty_v<Element>
struct PackElement<Index, Element> {};

template <class Indices, class... Element>
struct PackOf;

template <std::size_t... Index, class... Element>
struct PackOf<std::index_sequence<Index...>, Element...> : PackElement<Index, Element>... {
  static constexpr std::size_t count = sizeof...(Element);
};

template <class... Element>
using Pack = PackOf<std::index_sequence_for<Element...>, Element...>;

// Element Index; an element without data is made on the spot.
template <std::size_t Index, class Element>
  requires(!std::is_empty_v<Element>)
constexpr Element& get(PackElement<Index, Element>& element) {
  return element.value;
}
template <std::size_t Index, class Element>
  requires(!std::is_empty_v<Element>)
constexpr const Element& get(const PackElement<Index, Element>& element) {
  return element.value;
}
template <std::size_t Index, class Element>
  requires std::is_empty_v<Element>
constexpr Element get(const PackElement<Index, Element>&) {
  return {};
}

}  // namespace nn
