// LaidOut: an operator with its weights, biases and scales as the core wants them, laid out by the compiler. The generated
// header stays the same for every core. Where they are no constants the operator stays as it is.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/prepared.hpp"

namespace nn::graph {

// An operator of several matrices knows both by itself.
constexpr std::int32_t one_of_each_constant(const auto& of) {
  if constexpr (requires { of.one_of_each_constant(); })
    return of.one_of_each_constant();
  else
    return of.weight[0] + of.bias[0] % 2 + [](auto) { return 0; }(of.scale[0]);
}
constexpr void forget_constants(auto& of) {
  if constexpr (requires { of.forget_constants(); }) {
    of.forget_constants();
  } else {
    of.weight = nullptr;
    of.bias = nullptr;
    of.scale = nullptr;
  }
}

// Are its weights, biases and scales known to the compiler?
template <const auto& Operator>
concept ReadsConstants = requires {
  typename std::integral_constant<std::int32_t, one_of_each_constant(Operator)>;
};

// What runs in an operator's place on any core.
template <const auto& Operator>
constexpr const auto& simplified() {
  if constexpr (requires { std::remove_cvref_t<decltype(Operator)>::template simplified<Operator>(); })
    return std::remove_cvref_t<decltype(Operator)>::template simplified<Operator>();
  else
    return Operator;
}

template <class Kernels, const auto& Operator>
constexpr bool can_be_laid_out() {
  if constexpr (requires { Operator.laid_out; })
    if constexpr (ReadsConstants<Operator>) return Kernels::int8_laid_out_bytes(Operator.matrix()) > 0;
  return false;
}

// Does an Add ask for tables (nn/int8/add.hpp) that the core reads faster than it multiplies?
template <class Kernels, const auto& Operator>
constexpr bool can_have_tables() {
  if constexpr (requires { Operator.asks_for_tables(); }) return Kernels::adds_by_tables && Operator.asks_for_tables();
  return false;
}

// The kernels of what is laid out: those of this operator, if the core tells them apart.
template <class Kernels, const auto& Operator>
struct KernelsOfLaidOut {
  using type = typename Kernels::LaidOut;
};
template <class Kernels, const auto& Operator>
requires requires { typename Kernels::template LaidOutOf<Operator>; }
struct KernelsOfLaidOut<Kernels, Operator> {
  using type = typename Kernels::template LaidOutOf<Operator>;
};

// The kernels of what is not laid out: if the core tells them apart, those that its constants need, and no others in an image.
template <class Kernels, const auto& Operator>
struct KernelsOfConstants {
  using type = Kernels;
};
template <class Kernels, const auto& Operator>
  requires requires { typename Kernels::template ConstantsOf<Operator>; }
struct KernelsOfConstants<Kernels, Operator> {
  using type = typename Kernels::template ConstantsOf<Operator>;
};

// Kernels that have only some loops of their own name those with which they share the others, so that these are in an image once.
template <class Kernels>
struct SharedKernelsOf {
  using type = Kernels;
};
template <class Kernels>
  requires requires { typename Kernels::Shared; }
struct SharedKernelsOf<Kernels> {
  using type = typename Kernels::Shared;
};
template <class Kernels>
using SharedKernels = typename SharedKernelsOf<Kernels>::type;

// What runs of an operator that is laid out: itself, or with what these kernels read beside it.
template <class Kernels, const auto& Operator>
constexpr const auto& prepared() {
  if constexpr (requires { requires std::remove_cvref_t<decltype(Operator)>::template reads_prepared<Kernels>; })
    return PreparedOperation<SharedKernels<Kernels>, Operator>::operation;
  else
    return Operator;
}

template <class Kernels, const auto& Operator>
struct LaidOut {
  static constexpr std::size_t bytes = static_cast<std::size_t>(Kernels::int8_laid_out_bytes(Operator.matrix()));
  alignas(16) static constexpr std::array<std::int8_t, bytes> laid_out_weight = [] {
    std::array<std::int8_t, bytes> all{};
    Kernels::int8_lay_out(Operator.matrix(), all.data());
    return all;
  }();
  static constexpr auto unprepared = [] {
    auto copy = Operator;
    copy.laid_out = laid_out_weight.data();
    forget_constants(copy);
    return copy;
  }();
  static constexpr const auto& operation = prepared<typename KernelsOfLaidOut<Kernels, Operator>::type, unprepared>();
};

// What runs on the core of these kernels, and the kernels that run it: of what is laid out, those that know nothing else.
template <class Kernels, const auto& Operator>
struct OnCore {
  static constexpr const auto& operation = Operator;
  using KernelsOf = typename KernelsOfConstants<Kernels, Operator>::type;
};
template <class Kernels, const auto& Operator>
  requires(can_be_laid_out<Kernels, Operator>())
struct OnCore<Kernels, Operator> {
  static constexpr const auto& operation = LaidOut<Kernels, Operator>::operation;
  using KernelsOf = typename KernelsOfLaidOut<Kernels, Operator>::type;
};
template <class Kernels, const auto& Operator>
  requires(can_have_tables<Kernels, Operator>())
struct OnCore<Kernels, Operator> {
  static constexpr const auto& operation = std::remove_cvref_t<decltype(Operator)>::template with_tables<Operator>;
  using KernelsOf = Kernels;
};

}  // namespace nn::graph
