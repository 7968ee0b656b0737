#include "tools/pytorch/layers.hpp"

#include <vector>

namespace tools::pytorch {
namespace {

// Numbers of a vector whose order PyTorch may have otherwise.
Part vector_part(const std::string& name, Numbers numbers, float missing, const Layout& layout) {
  Part part{.name = name, .shapes = {{numbers.size()}}, .at = {}, .optional = true, .missing = missing};
  for (std::size_t i = 0; i < numbers.size(); ++i)
    part.at.push_back(&numbers[numbers.size() == layout.shape.size() ? layout(i) : i]);
  return part;
}

// Numbers in our order.
Part vector_part(const std::string& name, Numbers numbers, float missing) {
  return vector_part(name, numbers, missing, {{.channels = numbers.size()}});
}

void append_rows(Part& part, const Rows& rows, const Layout& layout) {
  for (std::size_t row = 0; row < rows.count; ++row)
    for (std::size_t i = 0; i < rows.columns; ++i) part.at.push_back(rows.at(row, layout(i)));
}

// The shapes of a kernel [channels][H][W] of convolutions along two axes and, if it has one row, along one.
std::vector<Extents> kernel_shapes(std::uint64_t outputs, std::uint64_t channels, std::uint64_t height, std::uint64_t width) {
  std::vector<Extents> shapes{{outputs, channels, height, width}};
  if (height == 1) shapes.push_back({outputs, channels, width});
  return shapes;
}

}  // namespace

void describe_dense(Module& module, const Rows& weight, Numbers bias, const Layout& layout) {
  Part part{.name = "weight", .shapes = {{weight.count, weight.columns}}, .at = {}};
  append_rows(part, weight, layout);
  module.parts = {part, vector_part("bias", bias, 0)};
  module.note = layout.note();
}

void describe_convolution(Module& module, const Rows& weight, Numbers bias, std::size_t height, std::size_t width) {
  const std::size_t taps = height * width, channels = weight.columns / taps;
  Part part{.name = "weight", .shapes = kernel_shapes(weight.count, channels, height, width), .at = {}};
  if (taps == 1) part.shapes.push_back({weight.count, channels});
  for (std::size_t o = 0; o < weight.count; ++o)
    for (std::size_t k = 0; k < channels; ++k)
      for (std::size_t tap = 0; tap < taps; ++tap) part.at.push_back(weight.at(o, tap * channels + k));
  module.parts = {part, vector_part("bias", bias, 0)};
}

void describe_depthwise(Module& module, const Rows& weight, Numbers bias, std::size_t height, std::size_t width) {
  Part part{.name = "weight", .shapes = kernel_shapes(weight.columns, 1, height, width), .at = {}};
  for (std::size_t o = 0; o < weight.columns; ++o)
    for (std::size_t tap = 0; tap < weight.count; ++tap) part.at.push_back(weight.at(tap, o));
  module.parts = {part, vector_part("bias", bias, 0)};
}

// PyTorch adds an epsilon of 1e-5 to the variance and we one of 2^-10: the difference goes into the variance.
void describe_batch_norm(Module& module, Numbers gamma, Numbers beta, Numbers mean, Numbers variance, const Layout& layout) {
  Part means = vector_part("running_mean", mean, 0, layout), variances = vector_part("running_var", variance, 1, layout);
  means.optional = variances.optional = false;
  variances.less = 0x1p-10 - 1e-5;
  module.parts = {vector_part("weight", gamma, 1, layout), vector_part("bias", beta, 0, layout), means, variances};
  module.counts = true;
  if (gamma.size() == layout.shape.size()) module.note = layout.note();
}

void describe_layer_norm(Module& module, Numbers gamma, Numbers beta, const Layout& layout) {
  module.parts = {vector_part("weight", gamma, 1, layout), vector_part("bias", beta, 0, layout)};
  module.parts[0].optional = false;
  if (gamma.size() == layout.shape.size()) module.note = layout.note();
}

void describe_embedding(Module& module, const Rows& weight) {
  Part part{.name = "weight", .shapes = {{weight.count, weight.columns}}, .at = {}};
  append_rows(part, weight, {{.channels = weight.columns}});
  module.parts = {part};
}

// Where we have one bias for two of PyTorch's, it is their sum; the candidate of a Gru has both.
void describe_direction(Module& module, const Direction& layer, const Layout& frame, const std::string& suffix) {
  const std::size_t rows = layer.weight.count, hidden = layer.recurrent.columns;
  Part input{.name = "weight_ih_l0" + suffix, .shapes = {{rows, layer.weight.columns}}, .at = {}};
  append_rows(input, layer.weight, frame);
  Part state{.name = "weight_hh_l0" + suffix, .shapes = {{rows, hidden}}, .at = {}};
  append_rows(state, layer.recurrent, {{.channels = hidden}});
  if (layer.candidate.count > 0) {
    append_rows(state, layer.candidate, {{.channels = hidden}});
    module.refusal = "resets before the product with U (ResetBefore), and PyTorch's GRU behind it";
  }
  Part own = vector_part("bias_ih_l0" + suffix, layer.bias, 0), other = vector_part("bias_hh_l0" + suffix, layer.bias, 0);
  other.added = rows - layer.recurrent_bias.size();
  for (std::size_t i = 0; i < layer.recurrent_bias.size(); ++i) other.at[other.added + i] = &layer.recurrent_bias[i];
  module.parts.insert(module.parts.end(), {input, state, own, other});
  module.note = frame.note();
}

}  // namespace tools::pytorch
