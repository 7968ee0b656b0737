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
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/graph/apply.hpp"
#include "nn/graph/plan.hpp"
#include "nn/graph/tensor.hpp"
#include "nn/kernels.hpp"

namespace nn::graph {

template <class AllTensors, class AllInputs, class AllOutputs, class... Operators>
class Graph;

template <class... All, class AllInputs, class AllOutputs, class... Operators>
class Graph<Tensors<All...>, AllInputs, AllOutputs, Operators...> {
  template <std::int32_t Number>
  using TensorOf = std::tuple_element_t<static_cast<std::size_t>(Number), std::tuple<All...>>;

  static constexpr std::size_t read_count = (std::size_t{0} + ... + static_cast<std::size_t>(Operators::reads));

  // What each operator's output and input share.
  template <class Operator, std::size_t I>
  static constexpr Overlap overlap_with() {
    using To = typename TensorOf<Operator::output>::Number;
    using From = typename TensorOf<Operator::inputs[I]>::Number;
    return allowed_overlap<To, From>(Operator::operation, static_cast<int>(I));
  }

  static constexpr std::array<Read, read_count> reads = [] {
    std::array<Read, read_count> all{};
    [[maybe_unused]] std::size_t at = 0;
    [[maybe_unused]] const auto add = [&]<class Operator, std::size_t I>() {
      if constexpr (Operator::inputs[I] != no_tensor) all[at++] = {Operator::inputs[I], overlap_with<Operator, I>()};
    };
    [[maybe_unused]] const auto add_all = [&]<class Operator, std::size_t... I>(std::type_identity<Operator>, std::index_sequence<I...>) {
      (add.template operator()<Operator, I>(), ...);
    };
    (add_all(std::type_identity<Operators>{}, std::make_index_sequence<Operators::inputs.size()>{}), ...);
    return all;
  }();

  static constexpr std::array<StepFacts, sizeof...(Operators)> step_facts = [] {
    std::array<StepFacts, sizeof...(Operators)> all{
        StepFacts{.output = Operators::output, .reads = Operators::reads, .scratch = scratch_bytes(Operators::operation), .state = state_bytes(Operators::operation)}...};
    std::int32_t first = 0;
    for (StepFacts& step : all) {
      step.first_read = first;
      first += step.reads;
    }
    return all;
  }();

 public:
  static constexpr std::size_t tensors = sizeof...(All);
  static constexpr std::size_t operators = sizeof...(Operators);
  static constexpr Facts facts{Tensors<All...>::facts, step_facts, reads, AllInputs::numbers, AllOutputs::numbers, AllInputs::kept};

 private:
  struct Plan {
    std::array<Block, facts.blocks()> block{};
    std::int32_t bytes = 0;
  };

 public:
  static constexpr Plan plan = [] {
    Plan found;
    std::array<std::int32_t, 2 * facts.blocks()> order{};
    found.bytes = graph::plan(facts, found.block, order);
    return found;
  }();
  static constexpr std::size_t workspace_bytes = static_cast<std::size_t>(plan.bytes);
  static constexpr std::array<std::string_view, operators> kinds{Operators::operation.kind...};
  static constexpr std::int64_t products = (std::int64_t{0} + ... + graph::products(Operators::operation));

  // The tensor that an input or output is: its Number, shape, count and bytes.
  template <std::size_t I>
  using InputTensor = TensorOf<AllInputs::numbers[I]>;
  template <std::size_t I>
  using OutputTensor = TensorOf<AllOutputs::numbers[I]>;

  template <std::size_t I = 0, class... Number>
  auto input() {
    static_assert((std::is_same_v<Number, typename InputTensor<I>::Number> && ...),
                  "nn::Graph: this input has another type; expected net.input<I>(), a span of the type that it has");
    begin_once();
    return filled<AllInputs::numbers[I]>();
  }
  template <std::size_t I = 0, class... Number>
  auto output() {
    static_assert((std::is_same_v<Number, typename OutputTensor<I>::Number> && ...),
                  "nn::Graph: this output has another type; expected net.output<I>(), a span of the type that it has");
    return filled<AllOutputs::numbers[I]>();
  }

  template <class Kernels = target::Kernels>
  void run() {
    begin_once();
    [this]<std::size_t... Step>(std::index_sequence<Step...>) { (this->template apply<Kernels, Step>(Operators{}), ...); }(std::make_index_sequence<operators>{});
  }

  // Variables begin with their initial numbers, states with 0.
  void reset() {
    for (std::size_t step = 0; step < operators; ++step) {
      const Block& state = plan.block[facts.state_block(step)];
      if (state.bytes > 0) std::fill_n(workspace + state.offset, state.bytes, std::byte{0});
    }
    begin_variables(std::make_integer_sequence<std::int32_t, static_cast<std::int32_t>(tensors)>{});
    if constexpr (must_begin) begun = true;
  }

 private:
  static constexpr bool must_begin = (All::begins || ...);

  // Those that begin with other numbers than 0 do so when the graph is first used.
  void begin_once() {
    if constexpr (must_begin)
      if (!begun) reset();
  }
  template <std::int32_t... Number>
  void begin_variables(std::integer_sequence<std::int32_t, Number...>) {
    const auto begin = [this]<std::int32_t T>() {
      if constexpr (TensorOf<T>::facts.variable) TensorOf<T>::begin(this->template filled<T>().data());
    };
    (begin.template operator()<Number>(), ...);
  }

  template <class Kernels, std::size_t Step, const auto& Operation, std::int32_t To, auto... From>
  void apply(Apply<Operation, To, From...>) {
    constexpr bool is_backward = backward(facts, plan.block, Step);
    constexpr std::int32_t scratch = plan.block[facts.scratch_block(Step)].offset;
    Call call{workspace + scratch, is_backward};
    if constexpr (step_facts[Step].state > 0) call.state = workspace + plan.block[facts.state_block(Step)].offset;
    run_typed<Kernels>(Operation, call, filled<To>().data(), read<From>()...);
  }

  // Numbers that are there, or constants.
  template <auto From>
  auto read() const {
    if constexpr (tensor_number(From) == no_tensor)
      return &(*From)[0];
    else
      return numbers<typename TensorOf<From>::Number>(workspace + plan.block[From].offset);
  }

  template <std::int32_t T>
  auto filled() {
    using Kept = TensorOf<T>;
    return std::span<typename Kept::Number, Kept::count>{begin_numbers<typename Kept::Number>(workspace + plan.block[T].offset, Kept::count), Kept::count};
  }

  template <class Kept>
  static constexpr bool has_type_of_whole = [] {
    if constexpr (Kept::facts.whole < 0) return true;
    else return std::is_same_v<typename Kept::Number, typename TensorOf<Kept::facts.whole>::Number>;
  }();
  static_assert((has_type_of_whole<All> && ...), "nn::Part<Whole, First, Tensor>: its numbers have another type than those of the tensor that it is a part of");
  static_assert(parts_fit(facts), "nn::Part<Whole, First, Tensor>: it reaches beyond the tensor that it is a part of, which must be no part itself");
  static_assert(in_place_or_apart(facts), "nn::Apply<operator, output, inputs>: the operator does not work in place on what it writes");

  alignas(8) std::byte workspace[workspace_bytes > 0 ? workspace_bytes : 1]{};
  [[no_unique_address]] std::conditional_t<must_begin, bool, std::tuple<>> begun{};
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
