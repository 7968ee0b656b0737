// Call: what an operator is told when it runs, and how bytes become the numbers that it works on.
#pragma once

#include <cstddef>
#include <cstring>

namespace nn::graph {

struct Call {
  std::byte* scratch;           // as many bytes as it asked for
  bool backward = false;        // the output lies above the input that it overlaps: walk from the highest address down
  std::byte* state = nullptr;   // as many bytes as it keeps from run to run, 0 before the first
};

// Numbers that have been written there.
template <class Number>
Number* numbers(std::byte* at) {
  return reinterpret_cast<Number*>(at);
}
template <class Number>
const Number* numbers(const std::byte* at) {
  return reinterpret_cast<const Number*>(at);
}

// An array of numbers begins its life there, with what the bytes hold. No instructions: a memmove creates objects in the bytes
// that it copies ([cstring.syn]), and these stay where they are.
template <class Number>
Number* begin_numbers(std::byte* at, std::size_t count) {
  return static_cast<Number*>(std::memmove(at, at, count * sizeof(Number)));
}

}  // namespace nn::graph
