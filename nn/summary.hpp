// Summary: the cost of a network as a table.
#pragma once

#include <string_view>

#include "nn/cost.hpp"
#include "nn/text.hpp"

namespace nn {

// Writes the table through `write`, which takes a std::string_view.
template <class Topology>
void print_summary(auto&& write) {
  static constexpr auto& total = cost<Topology>;
  const auto line = [&](auto name, auto height, auto width, auto channels, auto... figures) {
    print(write, left(name, 16), right(height, 6), right(width, 6), right(channels, 9), right(figures, 11)..., '\n');
  };
  using Text = std::string_view;
  line(Text{"layer"}, Text{"height"}, Text{"width"}, Text{"channels"},  //
       Text{"parameters"}, Text{"workspace"}, Text{"scratch"}, Text{"training"}, Text{"MACs"});
  for (const LayerCost& layer : total.layers)
    line(layer.name, layer.output.height, layer.output.width, layer.output.channels,  //
         layer.parameters, layer.workspace_bytes, layer.scratch_bytes, layer.training_bytes, layer.macs);
  line(Text{"total"}, Text{}, Text{}, Text{}, total.parameters, total.workspace_bytes, total.scratch_bytes, total.training_bytes,
       total.macs);
  print(write, Topology::Arithmetic::name, ": ", total.flash_bytes, " bytes of parameters, ", total.workspace_bytes,
        " bytes of workspace to infer, ", total.training_bytes, " bytes to train (SGD, batch 1)\n");
  if (total.training_scratch_bytes > 0)
    print(write, "on the stack: ", total.scratch_bytes, " bytes to infer, ", total.training_scratch_bytes, " to train\n");
}

}  // namespace nn
