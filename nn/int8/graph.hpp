// Graph: a network of quantized operators as one type. Its tensors are numbered; its operators stand in the order in which
// they run. The compiler plans the memory: one workspace, in which every tensor has its place.
//
//   inline constexpr nn::int8::Conv2d conv{…};                    the operator's constants, which stay in flash
//   using Net = nn::int8::Graph<nn::int8::Tensors<490, 8000>,     bytes of each tensor
//                               nn::int8::Inputs<0>, nn::int8::Outputs<1>,
//                               nn::int8::Apply<conv, 1, 0>>;     tensor 1 = conv(tensor 0)
//
// Where an operator reads a constant in place of a tensor, its address stands for the number, as in Apply<add, 2, 1, &offsets>.
//
//   Net net;  fill net.input(), net.run(), read net.output(). Running overwrites the input.
//
// A tensor's bytes are codes of int8; or net.input<0, std::int16_t>() has its codes of int16, net.input<0, float>() its numbers.
// An operator may keep a state from run to run, which has a place of its own; net.reset() begins anew.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/int8/laid_out.hpp"
#include "nn/int8/one_channel.hpp"
#include "nn/int8/plan.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <std::int32_t... Bytes>
struct Tensors {
  static constexpr std::array<std::int32_t, sizeof...(Bytes)> bytes{Bytes...};
};
template <std::int32_t... Numbers>
struct Inputs {
  static constexpr std::array<std::int32_t, sizeof...(Numbers)> numbers{Numbers...};
};
template <std::int32_t... Numbers>
struct Outputs {
  static constexpr std::array<std::int32_t, sizeof...(Numbers)> numbers{Numbers...};
};

// The number of a tensor that an operator reads; none of a constant.
inline constexpr std::int32_t no_tensor = -1;
constexpr std::int32_t number(std::int32_t tensor) { return tensor; }
template <class Number, std::size_t N>
constexpr std::int32_t number(const Number (*)[N]) {
  return no_tensor;
}

// An operator on its tensors. Each of From is a tensor's number, or the address of an array of constants, which stays in flash.
template <const auto& Operator, std::int32_t To, auto... From>
struct Apply {
  static constexpr const auto& operation = simplified<Operator>();
  static constexpr std::int32_t output = To;
  static constexpr std::array<std::int32_t, sizeof...(From)> inputs{number(From)...};

  template <class Kernels>
  static constexpr void run(Call call, std::int8_t* workspace, const auto& offset) {
    laid_out<Kernels, operation>().template run<Kernels>(call, Place<std::int8_t>{workspace + offset(To)}, place(From, workspace, offset)...);
  }

 private:
  static constexpr Place<const std::int8_t> place(std::int32_t tensor, const std::int8_t* workspace, const auto& offset) {
    return {workspace + offset(tensor)};
  }
  template <class Number, std::size_t N>
  static constexpr Place<const std::int8_t> place(const Number (*constants)[N], const std::int8_t*, const auto&) {
    if constexpr (std::is_same_v<Number, std::int8_t>)
      return {*constants};
    else
      return {reinterpret_cast<const std::int8_t*>(*constants)};
  }
};

// Bytes that an operator keeps from run to run.
constexpr std::int32_t state_bytes(const auto& operation) {
  if constexpr (requires { operation.state(); })
    return operation.state();
  else
    return 0;
}

template <class AllTensors, class AllInputs, class AllOutputs, class... Operators>
class Graph {
 public:
  static constexpr std::size_t tensors = AllTensors::bytes.size();
  static constexpr std::size_t operators = sizeof...(Operators);
  static constexpr std::size_t states = (std::size_t{0} + ... + (state_bytes(Operators::operation) > 0 ? 1 : 0));
  static constexpr std::size_t blocks = tensors + operators + states;  // the tensors, the scratch of each operator, the states

  static constexpr std::array<Block, blocks> lifetimes = [] {
    std::array<Block, blocks> block{};
    for (std::size_t t = 0; t < tensors; ++t) block[t].bytes = AllTensors::bytes[t];
    std::int32_t step = 0;
    (
        [&] {
          for (std::int32_t input : Operators::inputs)
            if (input != no_tensor) block[static_cast<std::size_t>(input)].last = step;
          block[static_cast<std::size_t>(Operators::output)].first = step;
          block[static_cast<std::size_t>(Operators::output)].last = step;
          block[tensors + static_cast<std::size_t>(step)] = {Operators::operation.scratch(), step, step};
          ++step;
        }(),
        ...);
    for (std::int32_t output : AllOutputs::numbers) block[static_cast<std::size_t>(output)].last = step;
    std::size_t state = tensors + operators;
    ((state_bytes(Operators::operation) > 0 ? void(block[state++] = {state_bytes(Operators::operation), -1, step}) : void()), ...);
    return block;
  }();

  static constexpr std::size_t most_inputs = std::max({std::size_t{1}, Operators::inputs.size()...});
  static constexpr std::array<Step<most_inputs>, operators> steps = [] {
    std::array<Step<most_inputs>, operators> all{};
    [[maybe_unused]] std::size_t at = 0;
    (
        [&] {
          Step<most_inputs>& step = all[at++];
          step.output = Operators::output;
          for (std::size_t i = 0; i < Operators::inputs.size(); ++i) {
            if (Operators::inputs[i] == no_tensor) continue;
            step.overlap[step.inputs] = Operators::operation.overlap(static_cast<int>(i));
            step.input[step.inputs++] = Operators::inputs[i];
          }
        }(),
        ...);
    return all;
  }();

  static constexpr Plan<blocks> plan = Planner<blocks, operators, most_inputs>{lifetimes, steps}.best();
  static constexpr std::size_t workspace_bytes = static_cast<std::size_t>(plan.bytes);
  static constexpr std::array<std::string_view, operators> kinds{Operators::operation.kind...};
  static constexpr std::int64_t products = (std::int64_t{0} + ... + Operators::operation.products());

  // Bytes that live while operator `step` runs, as if none overlapped.
  static constexpr std::int32_t live_bytes(std::int32_t step) {
    std::int32_t sum = 0;
    for (const Block& block : lifetimes)
      if (block.first <= step && step <= block.last) sum += block.bytes;
    return sum;
  }

  // Up to which byte the workspace is in use then.
  static constexpr std::int32_t reached_bytes(std::int32_t step) {
    std::int32_t top = 0;
    for (std::size_t b = 0; b < blocks; ++b)
      if (lifetimes[b].first <= step && step <= lifetimes[b].last) top = std::max(top, plan.offset[b] + lifetimes[b].bytes);
    return top;
  }

  template <std::size_t I = 0, class Number = std::int8_t>
  auto input() {
    return tensor<AllInputs::numbers[I], Number>();
  }
  template <std::size_t I = 0, class Number = std::int8_t>
  auto output() {
    return tensor<AllOutputs::numbers[I], Number>();
  }

  template <class Kernels = target::Kernels>
  void run() {
    [[maybe_unused]] std::size_t step = 0;
    [[maybe_unused]] std::size_t state = tensors + operators;
    (
        [&] {
          constexpr auto offset = [](std::int32_t tensor) { return plan.offset[static_cast<std::size_t>(tensor)]; };
          Call call{workspace.data() + plan.offset[tensors + step], backward<Operators>()};
          if constexpr (state_bytes(Operators::operation) > 0) call.state = workspace.data() + plan.offset[state++];
          Operators::template run<Kernels>(call, workspace.data(), offset);
          ++step;
        }(),
        ...);
  }

  void reset() {
    for (std::size_t b = tensors + operators; b < blocks; ++b)
      std::fill_n(workspace.begin() + plan.offset[b], lifetimes[b].bytes, std::int8_t{0});
  }

 private:
  // Does the output lie above an input that it overlaps?
  template <class Operator>
  static constexpr bool backward() {
    const std::int32_t output = plan.offset[static_cast<std::size_t>(Operator::output)];
    for (std::size_t i = 0; i < Operator::inputs.size(); ++i) {
      if (Operator::inputs[i] == no_tensor) continue;
      const std::size_t t = static_cast<std::size_t>(Operator::inputs[i]);
      const std::int32_t input = plan.offset[t];
      const bool overlaps = output < input + lifetimes[t].bytes;
      if (overlaps && output > input && Operator::operation.overlap(static_cast<int>(i)).below > 0) return true;
    }
    return false;
  }

  template <std::int32_t T, class Number>
  auto tensor() {
    constexpr std::size_t count = static_cast<std::size_t>(AllTensors::bytes[T]) / sizeof(Number);
    Number* const first = Place<std::int8_t>{workspace.data() + plan.offset[T]};
    return std::span<Number, count>{first, count};
  }

  alignas(8) std::array<std::int8_t, workspace_bytes> workspace{};
};

}  // namespace nn::int8
