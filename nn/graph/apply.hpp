// Apply: an operator on tensors of a graph. Each of From is a tensor's number, or the address of an array of constants, which stays
// in flash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "nn/graph/call.hpp"
#include "nn/graph/operator.hpp"
#include "nn/graph/plan.hpp"

namespace nn::graph {

// Stands for a constant where the number of a tensor is expected.
inline constexpr std::int32_t no_tensor = -1;
constexpr std::int32_t tensor_number(std::int32_t tensor) { return tensor; }
template <class Number, std::size_t Count>
constexpr std::int32_t tensor_number(const Number (*)[Count]) {
  return no_tensor;
}

template <const auto& Operation, std::int32_t To, auto... From>
struct Apply {
  static_assert(Operator<std::remove_cvref_t<decltype(Operation)>>, "nn::Apply<operator, output, inputs>: an operator needs kind and overlap()");

  static constexpr const auto& operation = Operation;
  static constexpr std::int32_t output = To;
  static constexpr std::array<std::int32_t, sizeof...(From)> inputs{tensor_number(From)...};
  static constexpr std::int32_t reads = (std::int32_t{0} + ... + (tensor_number(From) == no_tensor ? 0 : 1));
};

// What an operator is given: pointers to numbers of these types; or, of any number of inputs, all at once.
template <class Type, class Kernels, class To, class... From>
concept RunsOn = requires(const Type operation, Call call, To* y, const From*... x) { operation.template run<Kernels>(call, y, x...); };
template <class Type, class Kernels, class To, class... From>
concept RunsOnAll = (std::is_same_v<To, From> && ...) && requires(const Type operation, Call call, To* y, const std::array<const To*, sizeof...(From)> x) {
  operation.template run_all<Kernels>(call, y, x);
};

template <class Kernels, class Type, class To, class... From>
void run_typed(const Type& operation, Call call, To* y, const From*... x) {
  static_assert(RunsOn<Type, Kernels, To, From...> || RunsOnAll<Type, Kernels, To, From...>,
                "nn::Apply<operator, output, inputs>: the operator takes tensors of other types, or not so many");
  if constexpr (RunsOn<Type, Kernels, To, From...>)
    operation.template run<Kernels>(call, y, x...);
  else if constexpr (RunsOnAll<Type, Kernels, To, From...>)
    operation.template run_all<Kernels>(call, y, std::array<const To*, sizeof...(From)>{x...});
}

}  // namespace nn::graph
