// The model of a pipeline, and the scratch of what runs before it: in the same bytes, but for what the model keeps from run to
// run. A Graph has one input.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <span>
#include <tuple>
#include <type_traits>

namespace nn::pipeline {

template <class Model>
concept GraphModel = requires(Model model) {
  Model::facts;
  Model::plan;
  model.run();
  model.output();
};
template <class Model>
concept NetworkModel = requires { typename Model::Workspace; };

// Up to which byte of its workspace a graph keeps something from run to run: variables, states, and inputs of KeptInputs.
template <class Graph>
constexpr std::size_t kept_bytes() {
  std::int32_t end = 0;
  for (std::size_t b = 0; b < Graph::facts.blocks(); ++b) {
    const bool state = b >= Graph::facts.state_block(0);
    const bool variable = b < Graph::tensors && Graph::facts.tensors[b].variable;
    bool input = false;
    if (Graph::facts.keeps_inputs)
      for (std::int32_t number : Graph::facts.inputs) input = input || number == static_cast<std::int32_t>(b);
    if (state || variable || input) end = std::max(end, Graph::plan.block[b].offset + Graph::plan.block[b].bytes);
  }
  return static_cast<std::size_t>((end + 7) / 8 * 8);
}

// A model and a scratch for what runs before it.
template <class Model, std::size_t Scratch>
struct Holder {
  alignas(8) std::array<std::byte, Scratch> bytes{};
  std::byte* scratch() { return bytes.data(); }
};

template <GraphModel Graph, std::size_t Scratch>
struct Holder<Graph, Scratch> {
  static constexpr std::size_t kept = kept_bytes<Graph>();
  static constexpr bool shared = kept + Scratch <= Graph::workspace_bytes;

  Graph graph;
  [[no_unique_address]] std::conditional_t<shared, std::tuple<>, Holder<void, Scratch>> own;

  // A graph is its workspace.
  std::byte* scratch() {
    if constexpr (shared)
      return reinterpret_cast<std::byte*>(&graph) + kept;
    else
      return own.scratch();
  }

  template <class Kernels, class Number, std::size_t Count>
  void run(const Number* x, auto&& use) {
    const auto input = graph.template input<0, Number>();
    static_assert(decltype(input)::extent == Count,
                  "nn::Pipeline: the model has another number of inputs than there are features");
    std::memmove(input.data(), x, Count * sizeof(Number));  // they may overlap
    graph.template run<Kernels>();
    use(graph.output());
  }
  void reset() { graph.reset(); }
};

template <NetworkModel Topology, std::size_t Scratch>
struct Holder<Topology, Scratch> {
  using Workspace = typename Topology::Workspace;
  const typename Topology::Parameters& parameters;
  alignas(8) std::array<std::byte, std::max(Scratch, sizeof(Workspace))> bytes{};
  std::array<typename Topology::InputNumber, Topology::inputs> input{};

  explicit Holder(const typename Topology::Parameters& weights) : parameters{weights} {}
  std::byte* scratch() { return bytes.data(); }

  template <class Kernels, class Number, std::size_t Count>
  void run(const Number* x, auto&& use) {
    static_assert(Count == Topology::inputs, "nn::Pipeline: the model has another number of inputs than there are features");
    static_assert(std::is_same_v<Number, typename Topology::InputNumber>,
                  "nn::Pipeline: the model takes other numbers than the features are");
    std::copy_n(x, Count, input.begin());
    use(Topology::template run<Kernels>(parameters, input, *new (bytes.data()) Workspace));
  }
  void reset() {}
};

}  // namespace nn::pipeline
