// rows_cost: what a network that runs by rows holds, beside the same on whole maps.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/inference.hpp"
#include "nn/rows/by_rows.hpp"
#include "nn/text.hpp"

namespace nn {

struct RowsLayerCost {
  std::string_view name;
  bool by_rows;
  std::size_t rows;         // of the layer's output
  std::size_t held;         // of these, in memory at a time
  std::size_t bytes;        // of what is held, 0 where the next layer works in place; and of what the layer keeps inside
  std::size_t whole_bytes;  // of the whole output
};

template <std::size_t Layers>
struct RowsCost {
  std::array<RowsLayerCost, Layers> layers;
  std::size_t input_bytes;        // of the rows of a pushed input that are held, else 0
  std::size_t bytes;              // of the whole ByRows
  std::size_t whole_bytes;        // of nn::Inference
  std::size_t whole_input_bytes;  // of an input as a whole, which a pushed one need not be
};

template <class Rows>
constexpr auto rows_cost = [] {
  using Topology = typename Rows::Topology;
  using Chain = typename Rows::Chain;
  using Plan = typename Rows::Plan;
  using InputNumber = typename Topology::InputNumber;
  RowsCost<Topology::layers> result{};
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    constexpr std::size_t whole = Layer::output.size() * sizeof(typename Topology::template ArithmeticAt<Index>::Activation);
    RowsLayerCost& cost = result.layers[Index];
    constexpr std::size_t rows = Layer::output.height;
    cost = {Topology::template Spec<Index>::name, Index < Chain::layers, rows, rows, whole, whole};
    if constexpr (Index < Chain::layers) {
      constexpr std::size_t owner = Chain::template owner<Index + 1>;
      using Kept = typename decltype(kept_by<Plan, Index>())::type;
      cost.held = Plan::held.rows[owner];
      cost.bytes = (owner == Index + 1 ? whole / rows * cost.held : 0) + (std::is_empty_v<Kept> ? 0 : sizeof(Kept));
    } else if (Index < Rows::Rest::beyond_map || in_place<Layer>) {
      cost.bytes = 0;
    }
  });
  if (Plan::owns_first) result.input_bytes = Plan::held.rows[0] * Rows::row_numbers * sizeof(InputNumber);
  result.bytes = sizeof(Rows);
  result.whole_bytes = sizeof(Inference<Topology>);
  result.whole_input_bytes = Topology::inputs * sizeof(InputNumber);
  return result;
}();

// Writes the table through `write`, which takes a std::string_view.
template <class Rows>
void print_rows_cost(auto&& write) {
  static constexpr auto& total = rows_cost<Rows>;
  const auto line = [&](auto name, auto... figures) { print(write, left(name, 16), right(figures, 12)..., '\n'); };
  using Text = std::string_view;
  line(Text{"layer"}, Text{"rows"}, Text{"held"}, Text{"bytes"}, Text{"whole map"});
  if (total.input_bytes > 0)
    line(Text{"input"}, Rows::rows, total.input_bytes * Rows::rows / total.whole_input_bytes, total.input_bytes,
         total.whole_input_bytes);
  for (const RowsLayerCost& layer : total.layers) line(layer.name, layer.rows, layer.held, layer.bytes, layer.whole_bytes);
  print(write, "by rows: ", total.bytes, " bytes of RAM", total.input_bytes > 0 ? ", its input included" : "",
        "; on whole maps: ", total.whole_bytes, " and ", total.whole_input_bytes, " of input\n");
}

}  // namespace nn
