#include "tools/import/layer.hpp"

#include "nn/fingerprint.hpp"
#include "nn/layer/branches.hpp"
#include "nn/layer/window.hpp"
#include "nn/number/arithmetic.hpp"

namespace tools::importer {

namespace {

void scale_rows(ParameterArray& array, const std::vector<float>& factor) {
  for (std::size_t i = 0; i < array.numbers.size(); ++i) array.numbers[i] *= factor[i / array.columns];
}
void scale_columns(ParameterArray& array, const std::vector<float>& factor) {
  for (std::size_t i = 0; i < array.numbers.size(); ++i) array.numbers[i] *= factor[i % factor.size()];
}

}  // namespace

std::size_t Layer::count() const {
  std::size_t sum = 0;
  for (const ParameterArray& array : parameters) sum += array.numbers.size();
  for (const Layer& layer : inside) sum += layer.count();
  return sum;
}

void Chain::add(Layer layer) {
  layer.origin = origin;
  layers.push_back(std::move(layer));
}

void Chain::see(nn::Shape shape) {
  if (output() == shape) return;
  if (!layers.empty() && (layers.back().name == "Reshape" || layers.back().name == "Flatten")) {
    layers.pop_back();
    return see(shape);
  }
  if (shape == nn::Shape{.channels = output().size()}) return add({"Flatten", "", shape});
  std::string options;
  if (shape.height > 1) options += std::to_string(shape.height) + ", ";
  if (shape.height > 1 || shape.width > 1) options += std::to_string(shape.width) + ", ";
  add({"Reshape", "<" + options + std::to_string(shape.channels) + ">", shape});
}

void Chain::scale(const std::vector<float>& factor, const std::vector<float>& offset) {
  if (layers.empty() || layers.back().affine == Affine::none || layers.back().output.channels != factor.size()) {
    const nn::Shape shape = output();
    return add({.name = "DepthwiseConv2d",
                .options = "<1, 1, 1>",
                .output = shape,
                .constant = nn::axes_of(shape, 1, 1, {}).constant(),
                .parameters = {{factor, factor.size()}, {offset, 0}},
                .affine = Affine::columns});
  }
  Layer& last = layers.back();
  last.affine == Affine::rows ? scale_rows(last.parameters[0], factor) : scale_columns(last.parameters[0], factor);
  std::vector<float>& bias = last.parameters[1].numbers;
  for (std::size_t k = 0; k < bias.size(); ++k) bias[k] = bias[k] * factor[k] + offset[k];
}

std::uint64_t Chain::fingerprint() const {
  if (layers.empty()) return 0;
  nn::Fingerprint hash;
  hash.add(nn::ArithmeticOf<float>::name);
  hash.add(input);
  for (const Layer& layer : layers) {
    hash.add(layer.name);
    hash.add(layer.output);
    hash.add(layer.constant);
  }
  return hash.value;
}

Layer branched(std::string name, std::string options, nn::Shape output, std::vector<Chain> branches) {
  Layer made{.name = std::move(name), .options = std::move(options), .output = output};
  std::vector<std::uint64_t> fingerprints;
  for (Chain& branch : branches) {
    fingerprints.push_back(branch.fingerprint());
    made.inside.push_back({.name = "Branch", .options = "", .output = branch.output(), .inside = std::move(branch.layers)});
  }
  made.constant = nn::constant_of_branches(fingerprints);
  return made;
}

}  // namespace tools::importer
