// run: an operator on bytes, at run time: for programs that do not know the graph when they are compiled.
#pragma once

#include <cstddef>
#include <span>

#include "nn/graph/call.hpp"

namespace nn::graph {

// Where a tensor lies: what the operator that takes it writes, or reads.
struct Place {
  std::byte* bytes;

  template <class Number>
  operator Number*() const {
    return numbers<Number>(bytes);
  }
};
struct Source {
  const std::byte* bytes;

  template <class Number>
  operator const Number*() const {
    return numbers<Number>(bytes);
  }
};

// Each place must be aligned for its numbers.
template <class Kernels, class Operator>
void run(const Operator& operation, Call call, std::byte* to, std::span<const Source> x) {
  const Place y{to};
  if constexpr (requires { operation.template run_all<Kernels>(call, y, x); })
    operation.template run_all<Kernels>(call, y, x);
  else if constexpr (requires { operation.template run<Kernels>(call, y, x[0], x[1], x[2], x[3]); })
    operation.template run<Kernels>(call, y, x[0], x[1], x[2], x[3]);
  else if constexpr (requires { operation.template run<Kernels>(call, y, x[0], x[1], x[2]); })
    operation.template run<Kernels>(call, y, x[0], x[1], x[2]);
  else if constexpr (requires { operation.template run<Kernels>(call, y, x[0], x[1]); })
    operation.template run<Kernels>(call, y, x[0], x[1]);
  else
    operation.template run<Kernels>(call, y, x[0]);
}

}  // namespace nn::graph
