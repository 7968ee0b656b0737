// ConvTranspose: weights [channels][outputs of a group][height][width]. The importer's transposed convolution is in one group,
// without dilation: weights of groups and dilations are written out, with zeros between.
#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/operators/weights.hpp"
#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

struct Way {
  std::int64_t input, kernel, stride, dilation, before, after, extra;
  std::int64_t reach() const { return (kernel - 1) * dilation + 1; }
  std::int64_t whole() const { return (input - 1) * stride + reach() + extra; }  // before anything is cut
  std::int64_t output() const { return whole() - before - after; }
};

std::vector<std::int64_t> numbers(const Node& node, const char* name, std::size_t count, std::int64_t otherwise,
                                  std::int64_t least) {
  const std::vector<std::int64_t> stated = node.list(name, std::vector<std::int64_t>(count, otherwise));
  if (stated.size() != count) node.refuse(text("its ", name, " has ", stated.size(), " numbers"), text(count));
  for (std::int64_t value : stated)
    if (value < least || value > 65535) node.refuse(text("its ", name, " holds ", value), text(least, " to 65535"));
  return stated;
}

std::array<Way, 2> ways(const Node& node, const Value& x, const Shape& w) {
  const std::size_t dimensions = x.shape.size() - 2, missing = 2 - dimensions;
  const std::vector<std::int64_t> kernel = numbers(node, "kernel_shape", dimensions, 1, 1),
                                  strides = numbers(node, "strides", dimensions, 1, 1);
  const std::vector<std::int64_t> dilations = numbers(node, "dilations", dimensions, 1, 1),
                                  pads = numbers(node, "pads", 2 * dimensions, 0, 0);
  const std::vector<std::int64_t> extra = numbers(node, "output_padding", dimensions, 0, 0),
                                  wanted = numbers(node, "output_shape", dimensions, 0, 0);
  const std::string automatic = node.word("auto_pad", "NOTSET");
  std::array<Way, 2> made{Way{1, 1, 1, 1, 0, 0, 0}, Way{1, 1, 1, 1, 0, 0, 0}};
  for (std::size_t i = 0; i < dimensions; ++i) {
    Way& way = made[missing + i];
    way = {x.shape[2 + i], w[2 + i], strides[i], dilations[i], 0, 0, extra[i]};
    if (node.has_attribute("kernel_shape") && kernel[i] != way.kernel)
      node.refuse("its kernel_shape is not that of its weights", "the same");
    const bool same = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
    if (wanted[i] > 0 || same) {  // the padding follows
      const std::int64_t all = std::max<std::int64_t>(0, way.whole() - (wanted[i] > 0 ? wanted[i] : way.input * way.stride));
      way.before = automatic == "SAME_UPPER" ? all / 2 : all - all / 2;
      way.after = all - way.before;
    } else if (automatic == "NOTSET") {
      way.before = pads[i];
      way.after = pads[dimensions + i];
    } else if (automatic != "VALID") {
      node.refuse("has the auto_pad " + importer::in_quotes(automatic), "NOTSET, SAME_UPPER, SAME_LOWER or VALID");
    }
    if (way.output() < 1 || way.whole() > 1 << 20)
      node.refuse(text("makes ", way.output(), " rows or columns"), "at least 1, and no more than fit");
  }
  return made;
}

void translate(Node& node) {
  node.require_inputs(2, 3);
  node.require_type(0, {DataType::float32});
  node.require_same_types();
  node.require_constant(1);
  const Value x = node.input(0);
  const Shape w = node.value(1).shape;
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  if (w.size() != x.shape.size() || node.value(1).tensor < 0)
    node.refuse(text("has weights of ", w, " for images of ", x.shape), "as many dimensions");
  const std::int64_t groups = node.whole("group", 1, 1, 65535);
  if (x.shape[1] != w[0] || w[0] % groups != 0)
    node.refuse(text("has weights of ", w, " in ", groups, " groups for ", x.shape[1], " channels"), "channels in equal groups");
  const std::array<Way, 2> of = ways(node, x, w);
  const std::size_t channels = static_cast<std::size_t>(w[0]), of_group = static_cast<std::size_t>(w[1]),
                    outputs = of_group * static_cast<std::size_t>(groups);
  const std::size_t height = static_cast<std::size_t>(of[0].kernel), width = static_cast<std::size_t>(of[1].kernel),
                    taps = height * width;
  Weights constants = float_weights(node, outputs);
  const std::size_t group_channels = channels / static_cast<std::size_t>(groups);
  absorb_normalization(node, constants,
                       [=](std::size_t i) { return i / (of_group * taps) / group_channels * of_group + i / taps % of_group; });
  const std::string activation = absorbed_activation(node);
  // [outputs][height][width][channels], with everything between.
  const auto high = static_cast<std::size_t>(of[0].reach()), wide = static_cast<std::size_t>(of[1].reach());
  node.require(outputs * high * wide * channels <= 1 << 24, "has weights of which groups and dilations make too many",
               "at most 2^24");
  std::vector<float> dense(outputs * high * wide * channels, 0.0f);
  for (std::size_t i = 0; i < constants.weight.size(); ++i) {
    const std::size_t c = i / (of_group * taps), o = c / group_channels * of_group + i / taps % of_group;
    const std::size_t row = i / width % height * static_cast<std::size_t>(of[0].dilation),
                      column = i % width * static_cast<std::size_t>(of[1].dilation);
    dense[((o * high + row) * wide + column) * channels + c] = constants.weight[i];
  }
  // Without padding, then cut: what the importer makes is the output of a convolution's input, whole strides and a remainder.
  const auto make = [&](std::size_t i) {
    return static_cast<int>(std::max(of[i].whole(), (of[i].input - 1) * of[i].stride + of[i].reach()));
  };
  const Shape whole{x.shape[0], make(0), make(1), static_cast<int>(outputs)};
  const int size = node.constant(std::vector<std::int64_t>(whole.begin(), whole.end()));
  const int weight = node.constant(
      dense, {static_cast<int>(outputs), static_cast<int>(high), static_cast<int>(wide), static_cast<int>(channels)});
  const int bias = node.constant(constants.bias, {static_cast<int>(outputs)});
  int y = node.emit(
      "transpose_conv", {size, weight, image(node, x), bias},
      {{"padding", std::string{"valid"}}, {"stride_h", of[0].stride}, {"stride_w", of[1].stride}, {"activation", activation}},
      Type::float32);
  if (of[0].output() != whole[1] || of[1].output() != whole[2])
    y = node.emit("slice", {y, node.constant(std::vector<std::int64_t>{0, of[0].before, of[1].before, 0}),
                            node.constant(std::vector<std::int64_t>{whole[0], of[0].output(), of[1].output(), whole[3]})});
  node.define_like(of_image(node, x, y), y);
}

const OperatorKind conv_transpose{"ConvTranspose", translate};

}  // namespace

}  // namespace tools::onnx
