// Prepared: an operator that stands beside what it has for any rows of its output (int8::Conv2d::ForAnyRows), which the compiler
// has found. The operator itself finds it anew whenever it runs; there is no other way to make a Prepared than of a constant.
#pragma once

#include <cstdint>
#include <type_traits>

#include "nn/graph/call.hpp"

namespace nn::graph {

template <class Kernels, const auto& Operation>
struct PreparedOperation;

template <class Operator>
class Prepared : public Operator {
 public:
  // One piece of code for all operators of a type.
  template <class Kernels>
  [[gnu::noinline]] void run(Call call, std::int8_t* y, const std::int8_t* x) const {
    this->template run_prepared<Kernels>(*found, call, y, x);
  }

 private:
  template <class Kernels, const auto& Operation>
  friend struct PreparedOperation;

  const typename Operator::ForAnyRows* found;
  constexpr Prepared(const Operator& operation, const typename Operator::ForAnyRows* by_kernels)
      : Operator{operation}, found{by_kernels} {}
};

// The constant `Operation` for these kernels, which read what it finds with them.
template <class Kernels, const auto& Operation>
struct PreparedOperation {
  using Operator = std::remove_cvref_t<decltype(Operation)>;

  static constexpr auto found = Operation.template prepare<Kernels>();
  static constexpr Prepared<Operator> operation{Operation, &found};
};

}  // namespace nn::graph
