// Operator: what a graph asks of one. It is an aggregate of plain numbers and pointers to constants, with
//
//   kind                   its name in a printed plan
//   overlap(i)             how its output may lie over input i (overlap.hpp)
//   run<Kernels>(call, y, x …)   y, x are pointers to numbers; or run_all<Kernels>(call, y, inputs) for any number of inputs
//   members(list)          its members by name (members.hpp)
//
// and, if it has use for them, scratch(), state() and products(): the bytes that it needs while it runs, the bytes that it keeps
// from run to run, and the products that it adds up. overlap and scratch may be templates of the core's kernels.
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "nn/graph/overlap.hpp"

namespace nn::graph {

template <class Type>
concept Operator = requires(const Type operation) {
  { Type::kind } -> std::convertible_to<std::string_view>;
  { operation.overlap(0) } -> std::same_as<Overlap>;
};

template <class Kernels>
constexpr std::int32_t scratch_bytes(const auto& operation) {
  if constexpr (requires { operation.template scratch<Kernels>(); })
    return operation.template scratch<Kernels>();
  else if constexpr (requires { operation.scratch(); })
    return operation.scratch();
  else
    return 0;
}

constexpr std::int32_t state_bytes(const auto& operation) {
  if constexpr (requires { operation.state(); })
    return operation.state();
  else
    return 0;
}

constexpr std::int64_t products(const auto& operation) {
  if constexpr (requires { operation.products(); })
    return operation.products();
  else
    return 0;
}

// Bytes may be looked at as any other type, so the compiler keeps the order of reading and writing them.
template <class Number>
inline constexpr bool is_byte = std::is_same_v<Number, std::int8_t> || std::is_same_v<Number, std::uint8_t>;

// What input i and the output may share of what the operator allows.
template <class Kernels>
constexpr Overlap overlap_on(const auto& operation, int input) {
  if constexpr (requires { operation.template overlap<Kernels>(input); })
    return operation.template overlap<Kernels>(input);
  else
    return operation.overlap(input);
}
template <class Kernels, class Result, class From>
constexpr Overlap allowed_overlap(const auto& operation, int input) {
  if constexpr (std::is_same_v<Result, From> || is_byte<Result> || is_byte<From>)
    return overlap_on<Kernels>(operation, input);
  else
    return no_overlap;
}

}  // namespace nn::graph
