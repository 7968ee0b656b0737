// onnx_bytes<Net>(modules, names, order): a network as an ONNX model of float, opset 17, which ONNX Runtime runs: input and
// output as PyTorch has them, parameters by their names there.
#pragma once

#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/export/onnx_functions.hpp"
#include "tools/export/onnx_recurrent.hpp"
#include "tools/pytorch/modules.hpp"

namespace tools {

// Whether it has a single row from end to end, so that its windows move along one axis.
template <class Topology>
constexpr bool is_along_one_axis() {
  bool one = Topology::input_shape.height == 1;
  Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
    one = one && Layer::output.height == 1;
    if constexpr (requires { Layer::Window::rows; }) one = one && Layer::Window::rows.taps == 1;
    if constexpr (requires { Layer::branches; })
      Layer::for_each_branch([&]<std::size_t Inside>() {
        using Branch = typename Layer::template BranchAt<Inside>;
        if constexpr (requires { typename Branch::Topology; }) one = one && is_along_one_axis<typename Branch::Topology>();
      });
  });
  return one;
}

// Walks the layers of a network as modules_of does.
class OnnxNetwork {
 public:
  OnnxNetwork(const OnnxValue& input, bool one_axis, const std::vector<pytorch::Module>& list, const pytorch::PartNames& named)
      : writer{input, one_axis}, modules{list}, names{named} {}

  template <class Topology>
  OnnxValue append(OnnxValue x, const std::string& prefix) {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      using Spec = typename Topology::template Spec<Index>;
      const std::string name = prefix + std::to_string(Index);
      if constexpr (requires { Layer::branches; }) {
        x = branches<Spec, Layer>(x, name);
      } else {
        if constexpr (nn::has_parameters<Layer>) {
          writer.module = &modules[next];
          writer.names = &names[next++];
        }
        writer.layer = "/" + name;
        const pytorch::Layout layout = pytorch::layout_behind<Spec, Layer>(x.layout);
        x = OnnxLayer<Spec>::template emit<Layer>(writer, x);
        x.layout = layout;
      }
    });
    return x;
  }

  std::string bytes(const OnnxValue& last) { return writer.graph.bytes(last.name, writer.dims(last)); }

  // The result in the form in which PyTorch would have it.
  OnnxValue finished(const OnnxValue& last) { return last.layout.places() == 1 ? writer.as(OnnxForm::vector, last) : last; }

 private:
  // All in one form.
  template <class Spec, class Layer>
  OnnxValue branches(const OnnxValue& x, const std::string& name) {
    std::vector<OnnxValue> ends;
    Layer::for_each_branch([&]<std::size_t Inside>() {
      using Branch = typename Layer::template BranchAt<Inside>;
      const std::string branch =
          Spec::name == "Residual" ? (Inside == 0 ? ".projection." : ".body.") : ".branches." + std::to_string(Inside) + ".";
      if constexpr (requires { typename Branch::Topology; })
        ends.push_back(append<typename Branch::Topology>(x, name + branch));
      else
        ends.push_back(x);
    });
    writer.layer = "/" + name;
    const pytorch::Layout layout{Layer::output, x.layout.order};
    const bool flat = layout.places() == 1 && x.form == OnnxForm::vector;
    const OnnxForm form = flat                                            ? OnnxForm::vector
                          : layout.order == pytorch::Order::channels_last ? OnnxForm::channels_last
                                                                          : OnnxForm::channels_first;
    std::vector<std::string> inputs;
    for (const OnnxValue& end : ends) inputs.push_back(writer.as(form, end).name);
    if (Spec::name == "Residual") return {writer.node("Add", inputs), form, layout};
    const std::int64_t axis = form != OnnxForm::channels_last ? 1 : writer.one_axis ? 2 : 3;
    return {writer.node("Concat", inputs, {{"axis", axis}}), form, layout};
  }

  OnnxWriter writer;
  const std::vector<pytorch::Module>& modules;
  const pytorch::PartNames& names;
  std::size_t next = 0;
};

template <class Net>
std::string onnx_bytes(const std::vector<pytorch::Module>& modules, const pytorch::PartNames& names, pytorch::Order order) {
  const pytorch::Layout layout = pytorch::input_layout<Net>(order);
  constexpr bool flat = Net::input_shape.height * Net::input_shape.width == 1,
                 rows = pytorch::is_recurrent<typename Net::template Layer<0>> && Net::input_shape.height > 1;
  const bool first =
      layout.order == pytorch::Order::channels_first || (layout.order == pytorch::Order::unknown && Net::input_shape.height > 1);
  const OnnxValue input{"input",
                        flat    ? OnnxForm::vector
                        : rows  ? OnnxForm::rows
                        : first ? OnnxForm::channels_first
                                : OnnxForm::channels_last,
                        layout};
  OnnxNetwork network{input, is_along_one_axis<Net>(), modules, names};
  return network.bytes(network.finished(network.append<Net>(input, "")));
}

}  // namespace tools
