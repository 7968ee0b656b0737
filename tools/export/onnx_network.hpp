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
      if constexpr (requires { Layer::branches; }) {
        x = branches<Spec, Layer>(x, prefix + std::to_string(Index));
      } else {
        begin_layer(prefix, Index, nn::has_parameters<Layer>);
        const pytorch::Layout layout = pytorch::layout_behind<Spec, Layer>(x.layout);
        x = OnnxLayer<Spec>::template emit<Layer>(writer, x);
        x.layout = layout;
      }
    });
    return x;
  }

  std::string bytes(const OnnxValue& last);

  // The result in the form in which PyTorch would have it.
  OnnxValue finished(const OnnxValue& last);

 private:
  // All in one form.
  template <class Spec, class Layer>
  OnnxValue branches(const OnnxValue& x, const std::string& name) {
    std::vector<OnnxValue> ends;
    Layer::for_each_branch([&]<std::size_t Inside>() {
      using Branch = typename Layer::template BranchAt<Inside>;
      if constexpr (requires { typename Branch::Topology; })
        ends.push_back(append<typename Branch::Topology>(x, name + branch_name(adds<Spec>, Inside)));
      else
        ends.push_back(x);
    });
    return joined(ends, x, name, adds<Spec>, Layer::output);
  }

  template <class Spec>
  static constexpr bool adds = Spec::name == "Residual";
  static std::string branch_name(bool adds_branches, std::size_t inside);

  // From here on nodes are those of this layer.
  void begin_layer(const std::string& prefix, std::size_t index, bool has_parameters);

  // The outputs of branches that begin at x, added or one behind the other.
  OnnxValue joined(const std::vector<OnnxValue>& ends, const OnnxValue& x, const std::string& name, bool adds_branches,
                   const nn::Shape& output);

  OnnxWriter writer;
  const std::vector<pytorch::Module>& modules;
  const pytorch::PartNames& names;
  std::size_t next = 0;
};

// What a network takes, in the form of PyTorch; `rows`: its frames are rows of an image.
OnnxValue onnx_input(const pytorch::Layout& layout, const nn::Shape& shape, bool rows);

template <class Net>
std::string onnx_bytes(const std::vector<pytorch::Module>& modules, const pytorch::PartNames& names, pytorch::Order order) {
  constexpr bool rows = pytorch::is_recurrent<typename Net::template Layer<0>> && Net::input_shape.height > 1;
  const OnnxValue input = onnx_input(pytorch::input_layout<Net>(order), Net::input_shape, rows);
  OnnxNetwork network{input, is_along_one_axis<Net>(), modules, names};
  return network.bytes(network.finished(network.append<Net>(input, "")));
}

}  // namespace tools
