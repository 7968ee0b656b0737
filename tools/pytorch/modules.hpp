// modules_of<Net>(parameters): the layers of a network that have parameters, as PyTorch's modules, in their order. Those inside a
// Residual are called 3.projection.0, 3.body.0 and so on, those inside a Concat 3.branches.1.0.
#pragma once

#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/pytorch/layers.hpp"

namespace tools::pytorch {

template <class Bound>
constexpr Order order_behind(Order before) {
  if constexpr (requires { Bound::along_time; }) {
    if (Bound::along_time == nn::AlongTime::window) return Order::channels_first;
    if (Bound::along_time == nn::AlongTime::carried || Bound::along_time == nn::AlongTime::never) return Order::channels_last;
  }
  return before;
}

// That of a layer's output. A vector remembers what it was made of, through all that leaves the places of its numbers.
template <class Spec, class Bound>
constexpr Layout layout_behind(const Layout& before) {
  constexpr bool embedding = requires { requires Spec::name == std::string_view{"Embedding"}; };
  constexpr bool flat = Bound::output.height == 1 && Bound::output.width == 1;
  const bool keeps = Bound::output.size() == before.shape.size() && flat && (!nn::has_parameters<Bound> || Spec::name == "BatchNorm" || Spec::name == "LayerNorm");
  if (keeps) return before;
  if (embedding) return {Bound::output, Order::channels_last};
  if (Spec::name == "Reshape") return {Bound::output, Order::channels_last};  // taken as it stands
  return {Bound::output, order_behind<Bound>(before.order)};
}

template <class Topology>
void append_modules(std::vector<Module>& modules, typename Topology::Parameters& parameters, const std::string& prefix, Layout layout) {
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    using Spec = typename Topology::template Spec<Index>;
    const std::string name = prefix + std::to_string(Index);
    if constexpr (requires { Layer::branches; }) {
      Layer::for_each_branch([&]<std::size_t Inside>() {
        using Branch = typename Layer::template BranchAt<Inside>;
        if constexpr (nn::has_parameters<Branch>) {
          const std::string branch = Spec::name == "Residual" ? (Inside == 0 ? ".projection." : ".body.") : ".branches." + std::to_string(Inside) + ".";
          const std::size_t first = modules.size();
          append_modules<typename Branch::Topology>(modules, nn::get<Inside>(nn::get<Index>(parameters)), name + branch, layout);
          if (Layer::output.height * Layer::output.width == 1 && layout.permuted())
            for (std::size_t m = first; m < modules.size(); ++m) modules[m].refusal = "stands beside a flattened image, whose numbers PyTorch has in another order";
        }
      });
      layout = {Layer::output, layout.order};
    } else {
      if constexpr (nn::has_parameters<Layer>) {
        Module module{.name = name, .layer = std::string{Spec::name}, .parts = {}, .note = {}, .refusal = {}};
        ModuleOf<Spec>::template describe<Layer>(module, nn::get<Index>(parameters), layout);
        modules.push_back(std::move(module));
      }
      layout = layout_behind<Spec, Layer>(layout);
    }
  });
}

// `order` of the input's channels, if it is known. They point into `parameters`.
template <class Net>
std::vector<Module> modules_of(typename Net::Parameters& parameters, Order order = Order::unknown) {
  static_assert(std::is_same_v<typename Net::InputNumber, float>, "tools/pytorch: PyTorch's numbers are floats; expected a network of float, which nn_export_tool brings to others");
  std::vector<Module> modules;
  append_modules<Net>(modules, parameters, "", {Net::input_shape, order});
  return modules;
}

}  // namespace tools::pytorch
