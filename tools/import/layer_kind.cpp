#include "tools/import/layer_kind.hpp"

#include <cctype>
#include <cmath>
#include <map>

namespace tools::importer {

namespace {

std::map<std::string_view, const LayerKind*>& all() {
  static std::map<std::string_view, const LayerKind*> kinds;
  return kinds;
}

}  // namespace

LayerKind::LayerKind(LayerFacts facts) : LayerFacts{facts} { all()[kind] = this; }

const LayerKind* LayerKind::find(std::string_view kind) {
  const auto found = all().find(kind);
  return found == all().end() ? nullptr : found->second;
}

std::string LayerKind::expected() {
  std::string list;
  std::size_t left = all().size();
  for (const auto& [name, kind] : all()) {
    list += list.empty() ? "" : --left == 1 ? " or " : ", ";
    for (char c : name) list += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return list;
}

nn::Shape layer_shape(const Shape& shape) {
  nn::Shape made;
  const auto extent = [&](std::size_t from_the_end) {
    return shape.size() < from_the_end ? std::size_t{1} : static_cast<std::size_t>(shape[shape.size() - from_the_end]);
  };
  made.channels = extent(1);
  made.width = extent(2);
  for (std::size_t d = 3; d <= shape.size(); ++d) made.height *= extent(d);
  return made;
}

void add_activation(const Node& node, Chain& chain) {
  switch (node.activation()) {
    case Activation::none: return;
    case Activation::relu: return chain.add({"Relu", "", chain.output()});
    case Activation::relu6: return chain.add({"Relu6", "", chain.output()});
    case Activation::relu_n1_to_1: node.refuse("ends with a RELU_N1_TO_1, which is no layer of nn/", "none, RELU or RELU6");
  }
}

std::vector<float> constant_reals(const Node& node, std::size_t i, const std::string& what) {
  node.require_constant(i, what);
  node.require(
      node.input(i).type == Type::float32, [&] { return text("has ", what, " of type ", name(node.input(i).type)); }, "float32");
  std::vector<float> values = numbers<float>(node.input(i));
  for (float value : values)
    if (!std::isfinite(value)) node.refuse("has " + what + " that are not finite", "finite numbers");
  return values;
}

std::vector<std::size_t> computed_inputs(const Node& node) {
  std::vector<std::size_t> made;
  for (std::size_t i = 0; i < node.op.inputs.size(); ++i)
    if (node.has_input(i) && node.input(i).data.empty()) made.push_back(i);
  return made;
}

}  // namespace tools::importer
