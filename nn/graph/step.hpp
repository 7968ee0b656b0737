// Step: an operator in its graph: what types its tensors have, and where they lie. It does not name the graph, whose own name may
// be as long as all that stands in it, so that programs of many operators are compiled fast.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include "nn/graph/apply.hpp"
#include "nn/graph/plan.hpp"
#include "nn/kernels.hpp"

namespace nn::graph {

// Of one step, in bytes of the workspace.
template <std::size_t Count>
struct Places {
  std::int32_t output = 0;
  std::int32_t scratch = 0;
  std::int32_t state = 0;
  bool backward = false;
  std::array<std::int32_t, Count> inputs{};  // nothing of a constant
};

template <std::size_t Count>
constexpr Places<Count> places(const Facts& facts, std::span<const Block> blocks, std::size_t step,
                               const std::array<std::int32_t, Count>& inputs) {
  const auto offset = [blocks](std::size_t block) { return blocks[block].offset; };
  Places<Count> found{offset(static_cast<std::size_t>(facts.steps[step].output)), offset(facts.scratch_block(step)),
                      offset(facts.state_block(step)), backward(facts, blocks, step)};
  for (std::size_t i = 0; i < Count; ++i)
    if (inputs[i] != no_tensor) found.inputs[i] = offset(static_cast<std::size_t>(inputs[i]));
  return found;
}

template <class Applied, class Result, class... Numbers>
struct Step;

template <const auto& Operation, std::int32_t Output, auto... From, class Result, class... Numbers>
struct Step<Apply<Operation, Output, From...>, Result, Numbers...> {
  using Applied = Apply<Operation, Output, From...>;
  using Planned = OnCore<target::Kernels, Applied::operation>;  // memory is planned for the core's own kernels

  static constexpr StepFacts facts{.output = Output,
                                   .reads = Applied::reads,
                                   .scratch = scratch_bytes<typename Planned::KernelsOf>(Planned::operation),
                                   .state = state_bytes(Applied::operation)};

  // Its inputs, but for constants.
  static constexpr std::array<Read, Applied::reads> reads = [] {
    std::array<Read, Applied::reads> all{};
    [[maybe_unused]] std::size_t at = 0;
    [[maybe_unused]] int input = 0;
    [[maybe_unused]] const auto see = [&]<class Number>(std::type_identity<Number>, std::int32_t tensor) {
      if (tensor != no_tensor)
        all[at++] = {tensor,
                     allowed_overlap<typename Planned::KernelsOf, typename Result::Number, Number>(Planned::operation, input)};
      ++input;
    };
    (see(std::type_identity<Numbers>{}, tensor_number(From)), ...);
    return all;
  }();

  template <class Kernels, Places<sizeof...(From)> Where>
  static void run(std::byte* workspace) {
    Call call{workspace + Where.scratch, Where.backward};
    if constexpr (facts.state > 0) call.state = workspace + Where.state;
    auto* const y = begin_numbers<typename Result::Number>(workspace + Where.output, Result::count);
    [&]<std::size_t... Input>(std::index_sequence<Input...>) {
      using Here = OnCore<Kernels, Applied::operation>;
      run_typed<typename Here::KernelsOf>(Here::operation, call, y, read<From, Numbers, Where.inputs[Input]>(workspace)...);
    }
    (std::make_index_sequence<sizeof...(From)>{});
  }

 private:
  // Numbers that are there, or constants.
  template <auto Source, class Number, std::int32_t Offset>
  static const Number* read([[maybe_unused]] const std::byte* workspace) {
    if constexpr (tensor_number(Source) == no_tensor)
      return *Source;
    else
      return numbers<Number>(workspace + Offset);
  }
};

template <std::int32_t Bytes>
void begin_state([[maybe_unused]] std::byte* at) {
  if constexpr (Bytes > 0) std::memset(at, 0, Bytes);
}

// The type of the numbers that an input has: of tensor From among Every, or of the constants that it points to.
template <class Every, auto From>
struct NumberOf {
  using type = typename Every::template At<From>::Number;
};
template <class Every, class Number, std::size_t Count, const Number (*From)[Count]>
struct NumberOf<Every, From> {
  using type = Number;
};

// The step of an operator that is applied on tensors among Every.
template <class Every, class Applied>
struct StepOf;
template <class Every, const auto& Operation, std::int32_t Output, auto... From>
struct StepOf<Every, Apply<Operation, Output, From...>> {
  using type =
      Step<Apply<Operation, Output, From...>, typename Every::template At<Output>, typename NumberOf<Every, From>::type...>;
};

}  // namespace nn::graph
