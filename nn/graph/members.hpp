// Members of operators by name, for tools that write them down: members(list) calls list(name, value) for each, in the order of
// declaration. What a pointer points to is listed as a std::span, so that its length is known; an enumeration has a function
// spelled() beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace nn::graph {

template <class Number>
constexpr std::span<const Number> listed(const Number* first, std::int32_t count) {
  return {first, static_cast<std::size_t>(count)};
}

// A member whose own members need more than itself to be listed: each(list) lists them.
template <class Each>
struct Nested {
  Each each;
  constexpr void members(auto&& list) const { each(list); }
};
template <class Each>
Nested(Each) -> Nested<Each>;

}  // namespace nn::graph
