// Graph: a network of operators as one type. Its tensors are numbered; its operators stand in the order in which they run. The
// compiler plans the memory: one workspace, in which every tensor has its place.
//
//   inline constexpr nn::int8::Conv2d conv{…};                                    the operator's constants, which stay in flash
//   using Net = nn::Graph<nn::Tensors<nn::Tensor<std::int8_t, 1, 49, 10, 1>,      type and shape of each tensor (tensor.hpp)
//                                     nn::Tensor<std::int8_t, 1, 25, 5, 64>>,
//                         nn::Inputs<0>, nn::Outputs<1>,
//                         nn::Apply<conv, 1, 0>>;                                 tensor 1 = conv(tensor 0)
//
//   Net net;  fill net.input(), net.run(), read net.output(): spans of the tensors' own types.
//
// Running overwrites the inputs: fill them before each run, or keep them with nn::KeptInputs<0> in place of nn::Inputs<0>, which
// takes their memory for themselves. Outputs hold until the next run, or until an input is filled.
// What is kept from run to run, variables and the states of operators, has a place of its own; net.reset() begins anew.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/graph/plan.hpp"
#include "nn/graph/step.hpp"
#include "nn/graph/tensor.hpp"
#include "nn/kernels.hpp"

namespace nn::graph {

// The sum of what is counted of each tensor or operator: there may be more of them than a fold expression takes.
template <class Number>
constexpr Number total(std::initializer_list<std::type_identity_t<Number>> each) {
  Number sum{};
  for (Number one : each) sum += one;
  return sum;
}

struct Nothing {};

template <class AllTensors, class AllInputs, class AllOutputs, class... Operators>
class Graph;

template <class... Every, class AllInputs, class AllOutputs, class... Operators>
class Graph<Tensors<Every...>, AllInputs, AllOutputs, Operators...> {
  template <std::int32_t Number>
  using TensorOf = typename Tensors<Every...>::template At<Number>;
  template <class Applied>
  using Step = typename StepOf<Tensors<Every...>, Applied>::type;

  static constexpr std::size_t read_count = total<std::size_t>({Operators::reads...});
  static constexpr std::array<Read, read_count> reads = [] {
    std::array<Read, read_count> all{};
    [[maybe_unused]] Read* to = all.data();
    [[maybe_unused]] const int in_order[]{
        0, (to = std::copy(Step<Operators>::reads.begin(), Step<Operators>::reads.end(), to), 0)...};
    return all;
  }();
  static constexpr std::array<StepFacts, sizeof...(Operators)> steps = [] {
    std::array<StepFacts, sizeof...(Operators)> all{Step<Operators>::facts...};
    std::int32_t first = 0;
    for (StepFacts& step : all) {
      step.first_read = first;
      first += step.reads;
    }
    return all;
  }();

 public:
  static constexpr std::size_t tensors = sizeof...(Every);
  static constexpr std::size_t operators = sizeof...(Operators);
  static constexpr Facts facts{Tensors<Every...>::facts, steps, reads, AllInputs::numbers, AllOutputs::numbers, AllInputs::kept};
  static constexpr auto plan = planned<facts.blocks()>(facts);
  static constexpr std::size_t workspace_bytes = static_cast<std::size_t>(plan.bytes);
  static constexpr std::array<std::string_view, operators> kinds{Operators::operation.kind...};
  static constexpr std::array<std::int64_t, operators> products_of{graph::products(Operators::operation)...};
  static constexpr std::int64_t products = total<std::int64_t>({graph::products(Operators::operation)...});

  // The tensor that an input or output is: its Number, shape, count and bytes.
  template <std::size_t Index>
  using InputTensor = TensorOf<AllInputs::numbers[Index]>;
  template <std::size_t Index>
  using OutputTensor = TensorOf<AllOutputs::numbers[Index]>;

  template <std::size_t Index = 0, class... Number>
  auto input() {
    static_assert((std::is_same_v<Number, typename InputTensor<Index>::Number> && ...),
                  "nn::Graph: this input has another type; expected net.input<I>(), a span of the type that it has");
    begin_once();
    return filled<AllInputs::numbers[Index]>();
  }
  template <std::size_t Index = 0, class... Number>
  auto output() {
    static_assert((std::is_same_v<Number, typename OutputTensor<Index>::Number> && ...),
                  "nn::Graph: this output has another type; expected net.output<I>(), a span of the type that it has");
    return filled<AllOutputs::numbers[Index]>();
  }

  // Calls entering(i) before operator i.
  template <class Kernels = target::Kernels>
  void run(auto entering) {
    begin_once();
    run_steps<Kernels>(std::make_index_sequence<operators>{}, entering);
  }
  template <class Kernels = target::Kernels>
  void run() {
    run<Kernels>([](std::size_t) {});
  }

  // Variables begin with their initial numbers, states with 0.
  void reset() {
    begin_states(std::make_index_sequence<operators>{});
    begin_variables(std::make_index_sequence<tensors>{});
    if constexpr (must_begin) begun = true;
  }

 private:
  static constexpr bool must_begin = total<int>({Every::begins...}) > 0;

  // Those that begin with other numbers than 0 do so when the graph is first used.
  void begin_once() {
    if constexpr (must_begin)
      if (!begun) reset();
  }
  template <std::size_t... Number>
  void begin_states(std::index_sequence<Number...>) {
    [[maybe_unused]] const int in_order[]{
        0, (begin_state<steps[Number].state>(workspace + plan.block[facts.state_block(Number)].offset), 0)...};
  }
  template <std::size_t... Number>
  void begin_variables(std::index_sequence<Number...>) {
    [[maybe_unused]] const int in_order[]{0, (begin_variable<Every>(workspace + plan.block[Number].offset), 0)...};
  }

  template <class Kernels, std::size_t... Number>
  void run_steps(std::index_sequence<Number...>, [[maybe_unused]] auto entering) {
    [[maybe_unused]] const int in_order[]{
        0, (entering(Number),
            Step<Operators>::template run<Kernels, places(facts, plan.block, Number, Operators::inputs)>(workspace), 0)...};
  }

  template <std::int32_t Number>
  auto filled() {
    using Kept = TensorOf<Number>;
    return std::span<typename Kept::Number, Kept::count>{
        begin_numbers<typename Kept::Number>(workspace + plan.block[Number].offset, Kept::count), Kept::count};
  }

  template <class Kept>
  static constexpr bool has_type_of_whole() {
    if constexpr (Kept::facts.whole < 0)
      return true;
    else
      return std::is_same_v<typename Kept::Number, typename TensorOf<Kept::facts.whole>::Number>;
  }
  static_assert(total<std::size_t>({has_type_of_whole<Every>()...}) == tensors,
                "nn::Part<Whole, First, Tensor>: its numbers have another type than those of the tensor that it is a part of");
  static_assert(
      parts_fit(facts),
      "nn::Part<Whole, First, Tensor>: it reaches beyond the tensor that it is a part of, which must be no part itself");
  static_assert(in_place_or_apart(facts),
                "nn::Apply<operator, output, inputs>: the operator does not work in place on what it writes");

  alignas(8) std::byte workspace[workspace_bytes > 0 ? workspace_bytes : 1]{};
  [[no_unique_address]] std::conditional_t<must_begin, bool, Nothing> begun{};
};

}  // namespace nn::graph

namespace nn {

using graph::Apply;
using graph::Graph;
using graph::Inputs;
using graph::KeptInputs;
using graph::Outputs;
using graph::Part;
using graph::Tensor;
using graph::Tensors;
using graph::Variable;

}  // namespace nn
