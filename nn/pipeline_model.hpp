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
  Model::plan;
  model.run();
  model.output();
};
template <class Model>
concept NetworkModel = requires { typename Model::Workspace; };

// What a graph keeps from run to run: bytes of its workspace.
struct Kept {
  std::int32_t offset;
  std::int32_t bytes;
};
template <class Graph>
constexpr auto kept_by() {
  if constexpr (requires { Graph::facts; }) {
    std::array<Kept, Graph::facts.blocks()> all{};
    for (std::size_t b = 0; b < all.size(); ++b) {
      const bool tensor = b < Graph::tensors, state = b >= Graph::tensors + Graph::operators;
      bool input = false;
      for (std::int32_t number : Graph::facts.inputs)
        input |= Graph::facts.keeps_inputs && number == static_cast<std::int32_t>(b);
      if (state || input || (tensor && Graph::facts.tensors[b].variable))
        all[b] = {Graph::plan.block[b].offset, Graph::plan.block[b].bytes};
    }
    return all;
  } else {
    std::array<Kept, Graph::states> all{};
    for (std::size_t b = 0; b < all.size(); ++b) {
      const std::size_t block = Graph::tensors + Graph::operators + b;
      all[b] = {Graph::plan.offset[block], Graph::lifetimes[block].bytes};
    }
    return all;
  }
}

// The longest piece of a graph's workspace that nothing keeps.
template <class Graph>
constexpr Kept gap_of() {
  constexpr auto all = kept_by<Graph>();
  constexpr auto whole = static_cast<std::int32_t>(Graph::workspace_bytes);
  Kept best{};
  const auto look_from = [&](std::int32_t from) {
    std::int32_t end = whole;
    for (const Kept& kept : all) {
      if (kept.bytes > 0 && kept.offset <= from && from < kept.offset + kept.bytes) return;
      if (kept.bytes > 0 && kept.offset > from) end = std::min(end, kept.offset);
    }
    if (end - from > best.bytes) best = {from, end - from};
  };
  look_from(0);
  for (const Kept& kept : all) look_from((kept.offset + kept.bytes + 7) / 8 * 8);
  return best;
}

// A model and a scratch for what runs before it.
template <class Model, std::size_t Scratch>
struct Holder {
  alignas(8) std::array<std::byte, Scratch> bytes{};
  std::byte* scratch() { return bytes.data(); }
};

template <GraphModel Graph, std::size_t Scratch>
struct Holder<Graph, Scratch> {
  static constexpr Kept gap = gap_of<Graph>();
  static constexpr bool shared = gap.bytes >= static_cast<std::int32_t>(Scratch);

  Graph graph;
  [[no_unique_address]] std::conditional_t<shared, std::tuple<>, Holder<void, Scratch>> own;

  // A graph is its workspace.
  std::byte* scratch() {
    if constexpr (shared)
      return reinterpret_cast<std::byte*>(&graph) + gap.offset;
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

template <NetworkModel Net, std::size_t Scratch>
struct Holder<Net, Scratch> {
  using Workspace = typename Net::Workspace;
  const typename Net::Parameters& parameters;
  alignas(8) std::array<std::byte, std::max(Scratch, sizeof(Workspace))> bytes{};
  std::array<typename Net::InputNumber, Net::inputs> input{};

  explicit Holder(const typename Net::Parameters& weights) : parameters{weights} {}
  std::byte* scratch() { return bytes.data(); }

  template <class Kernels, class Number, std::size_t Count>
  void run(const Number* x, auto&& use) {
    static_assert(Count == Net::inputs, "nn::Pipeline: the model has another number of inputs than there are features");
    static_assert(std::is_same_v<Number, typename Net::InputNumber>,
                  "nn::Pipeline: the model takes other numbers than the features are");
    std::copy_n(x, Count, input.begin());
    use(Net::template run<Kernels>(parameters, input, *new (bytes.data()) Workspace));
  }
  void reset() {}
};

}  // namespace nn::pipeline
