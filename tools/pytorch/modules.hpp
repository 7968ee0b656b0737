// modules_of<Net>(parameters): the layers of a network that have parameters, as PyTorch's modules, in their order. Those inside a
// Residual are called 3.projection.0, 3.body.0 and so on, those inside a Concat 3.branches.1.0.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nn/nn.hpp"
#include "tools/pytorch/layers.hpp"

namespace tools::pytorch {

template <class Bound>
constexpr bool is_recurrent = requires {
  typename Bound::Cell;
}
|| requires { typename Bound::One::Cell; };

template <class Bound>
constexpr Order order_behind(Order before) {
  if (is_recurrent<Bound>) return Order::channels_last;
  return nn::along_time<Bound> == nn::AlongTime::window ? Order::channels_first : before;
}

// How the channels of a network's input lie, told by the first of its layers that does.
template <class Topology>
constexpr Order input_order() {
  Order order = Order::unknown;
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    if (order != Order::unknown) return;
    if constexpr (requires { Layer::branches; })
      Layer::for_each_branch([&]<std::size_t Inside>() {
        using Branch = typename Layer::template BranchAt<Inside>;
        if constexpr (requires { typename Branch::Topology; })
          if (order == Order::unknown) order = input_order<typename Branch::Topology>();
      });
    else
      order = order_behind<Layer>(order);
  });
  return order;
}

// That of a layer's output. A vector remembers what it was made of, through all that leaves the places of its numbers.
template <class Spec, class Bound>
constexpr Layout layout_behind(const Layout& before) {
  constexpr bool embedding = requires { requires Spec::name == std::string_view{"Embedding"}; };
  constexpr bool flat = Bound::output.height == 1 && Bound::output.width == 1;
  const bool keeps = Bound::output.size() == before.shape.size() && flat &&
                     (!nn::has_parameters<Bound> || Spec::name == "BatchNorm" || Spec::name == "LayerNorm");
  if (keeps) return before;
  if (embedding) return {Bound::output, Order::channels_last};
  if (Spec::name == "Reshape") return {Bound::output, Order::channels_last};  // taken as it stands
  return {Bound::output, order_behind<Bound>(before.order)};
}

// The prefix of modules inside branch `inside` of a layer, …
std::string branch_prefix(const std::string& prefix, std::size_t index, std::string_view layer, std::size_t inside);
// … of which those from `first` on cannot be brought to PyTorch, …
void refuse_beside_image(std::vector<Module>& modules, std::size_t first);
// … and a new one.
Module& add_module(std::vector<Module>& modules, const std::string& prefix, std::size_t index, std::string_view layer);

template <class Topology>
void append_modules(std::vector<Module>& modules, typename Topology::Parameters& parameters, const std::string& prefix,
                    Layout layout) {
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    using Spec = typename Topology::template Spec<Index>;
    if constexpr (requires { Layer::branches; }) {
      Layer::for_each_branch([&]<std::size_t Inside>() {
        using Branch = typename Layer::template BranchAt<Inside>;
        if constexpr (nn::has_parameters<Branch>) {
          const std::size_t first = modules.size();
          append_modules<typename Branch::Topology>(modules, nn::get<Inside>(nn::get<Index>(parameters)),
                                                    branch_prefix(prefix, Index, Spec::name, Inside), layout);
          if (Layer::output.height * Layer::output.width == 1 && layout.permuted()) refuse_beside_image(modules, first);
        }
      });
      layout = {Layer::output, layout.order};
    } else {
      if constexpr (nn::has_parameters<Layer>) {
        Module& module = add_module(modules, prefix, Index, Spec::name);
        ModuleOf<Spec>::template describe<Layer>(module, nn::get<Index>(parameters), layout);
      }
      layout = layout_behind<Spec, Layer>(layout);
    }
  });
}

// Of the network's input: `asked`, unless a layer tells.
template <class Net>
constexpr Layout input_layout(Order asked) {
  const Order told = input_order<Net>();
  return {Net::input_shape, told == Order::unknown ? asked : told};
}

// `order` of the input's channels, if no layer tells; `epsilon` is what PyTorch's BatchNorms have. They point into `parameters`.
template <class Net>
std::vector<Module> modules_of(typename Net::Parameters& parameters, Order order = Order::unknown, double epsilon = 1e-5) {
  static_assert(
      std::is_same_v<typename Net::InputNumber, float>,
      "tools/pytorch: PyTorch's numbers are floats; expected a network of float, which nn_export_tool brings to others");
  std::vector<Module> modules;
  append_modules<Net>(modules, parameters, "", input_layout<Net>(order));
  for (Module& module : modules)
    for (Part& part : module.parts)
      if (part.less != 0) part.less = 0x1p-10 - epsilon;
  return modules;
}

}  // namespace tools::pytorch
