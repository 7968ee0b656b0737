// Cost: what a network takes, per layer and in total, known to the compiler.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "nn/fields.hpp"
#include "nn/loss/squared_error.hpp"
#include "nn/network.hpp"
#include "nn/training_plan.hpp"

namespace nn {

struct LayerCost {
  std::string_view name;
  Shape output;
  std::size_t parameters;       // numbers
  std::size_t flash_bytes;      // of the parameters
  std::size_t workspace_bytes;  // of the layer's input, output and what is inside it together, 0 for what is computed in place
  std::size_t scratch_bytes;    // of the stack, to infer; a target's kernels may take some more
  std::size_t training_bytes;   // of the parameters and what training keeps, such as the output
  std::size_t training_scratch_bytes;  // of the stack, to train
  std::size_t macs;             // multiply-accumulates of one inference
};

template <std::size_t Layers>
struct Cost {
  std::array<LayerCost, Layers> layers;
  std::size_t parameters;
  std::size_t flash_bytes;
  std::size_t workspace_bytes;  // of Inference
  std::size_t scratch_bytes;    // the most of any layer
  std::size_t training_bytes;   // of a Trainer with plain SGD, batch 1, but for its settings; 0 if nothing can be learnt
  std::size_t training_scratch_bytes;
  std::size_t macs;
};

template <class Parameters>
constexpr std::size_t parameter_count = [] {
  std::size_t count = 0;
  constexpr Parameters parameters{};
  for_each_row([&](const auto& row) { count += row.size(); }, parameters);
  return count;
}();

// What a layer such as Residual needs beside its input and output.
template <class Layer>
constexpr std::size_t inside = [] {
  if constexpr (has_workspace<Layer>) return sizeof(typename Layer::Workspace);
  return std::size_t{0};
}();

template <class Topology>
constexpr Cost<Topology::layers> cost = [] {
  Cost<Topology::layers> result{};
  std::size_t before = 0;
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    constexpr std::size_t size = Layer::output.size() * sizeof(typename Topology::template ArithmeticAt<Index>::Activation);
    constexpr bool aside = Index > 0 && in_place<Layer>;
    result.layers[Index] = {.name = Topology::template Spec<Index>::name,
                        .output = Layer::output,
                        .parameters = parameter_count<typename Layer::Parameters>,
                        .flash_bytes = has_parameters<Layer> ? sizeof(typename Layer::Parameters) : 0,
                        .workspace_bytes = (aside ? 0 : before + size) + inside<Layer>,
                        .scratch_bytes = scratch<Layer>,
                        .training_bytes = 0,
                        .training_scratch_bytes = training_scratch<Layer>,
                        .macs = macs<Layer>};
    result.parameters += result.layers[Index].parameters;
    result.macs += macs<Layer>;
    result.scratch_bytes = std::max(result.scratch_bytes, scratch<Layer>);
    result.training_scratch_bytes = std::max(result.training_scratch_bytes, training_scratch<Layer>);
    before = size;
  });
  result.flash_bytes = sizeof(typename Topology::Parameters);
  result.workspace_bytes = sizeof(typename Topology::Workspace);
  if constexpr (parameter_count<typename Topology::Parameters> > 0) {
    // The layer that a loss may take over works in place, so that the plan is the same with it.
    using Plan = TrainingPlan<Topology, MeanSquaredError>;
    result.training_bytes = sizeof(typename Plan::GradientBuffers);
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      using Number = typename Topology::template ArithmeticAt<Index>::Activation;
      constexpr bool kept = Index < Plan::layers && !Plan::OutputBuffers::template in_place<Index>;
      result.layers[Index].training_bytes = result.layers[Index].flash_bytes + (kept ? Layer::output.size() * sizeof(Number) : 0);
      using State = typename TrainingStateOf<Layer>::type;
      if constexpr (!std::is_empty_v<State>) result.layers[Index].training_bytes += sizeof(State);
      result.training_bytes += result.layers[Index].training_bytes;
    });
  }
  return result;
}();

}  // namespace nn
