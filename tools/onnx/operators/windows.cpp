#include "tools/onnx/operators/windows.hpp"

#include <algorithm>

namespace tools::onnx {

namespace {

constexpr std::int64_t most = 65535;

std::vector<std::int64_t> numbers(const Node& node, const char* name, std::size_t count, std::int64_t otherwise,
                                  std::int64_t least) {
  const std::vector<std::int64_t> stated = node.list(name, std::vector<std::int64_t>(count, otherwise));
  if (stated.size() != count) node.refuse(text("its ", name, " has ", stated.size(), " numbers"), text(count));
  for (std::int64_t value : stated)
    if (value < least || value > most) node.refuse(text("its ", name, " holds ", value), text(least, " to ", most));
  return stated;
}

}  // namespace

Windows windows(const Node& node, const Value& x, std::vector<std::int64_t> kernel) {
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  Windows made{};
  made.dimensions = x.shape.size() - 2;
  const std::size_t missing = 2 - made.dimensions;
  if (node.has_attribute("kernel_shape") || kernel.empty()) {
    const std::vector<std::int64_t> stated = numbers(node, "kernel_shape", made.dimensions, 0, 1);
    if (!kernel.empty() && stated != kernel) node.refuse("its kernel_shape is not that of its weights", "the same");
    kernel = stated;
  }
  if (kernel.size() != made.dimensions)
    node.refuse(text("has a kernel of ", kernel.size(), " dimensions"), text(made.dimensions));
  const std::vector<std::int64_t> strides = numbers(node, "strides", made.dimensions, 1, 1),
                                  dilations = numbers(node, "dilations", made.dimensions, 1, 1);
  const std::vector<std::int64_t> pads = numbers(node, "pads", 2 * made.dimensions, 0, 0);
  const std::string automatic = node.word("auto_pad", "NOTSET");
  const bool same = automatic == "SAME_UPPER" || automatic == "SAME_LOWER";
  if (!same && automatic != "NOTSET" && automatic != "VALID")
    node.refuse("has the auto_pad " + importer::in_quotes(automatic), "NOTSET, SAME_UPPER, SAME_LOWER or VALID");
  made.rounds_up = node.whole("ceil_mode", 0, 0, 1) != 0;
  for (std::size_t i = 0; i < missing; ++i) made.along[i] = {1, 1, 1, 1, 0, 0, 1};
  for (std::size_t i = 0; i < made.dimensions; ++i) {
    Along& along = made.along[missing + i];
    along = {x.shape[2 + i], kernel[i], strides[i], dilations[i]};
    if (along.kernel < 1 || along.kernel > most) node.refuse(text("has a kernel of ", along.kernel), text("1 to ", most));
    if (automatic == "NOTSET") {
      along.before = pads[i];
      along.after = pads[made.dimensions + i];
    } else if (same) {
      along.output = (along.input + along.stride - 1) / along.stride;
      const std::int64_t all = std::max<std::int64_t>(0, (along.output - 1) * along.stride + along.reach() - along.input);
      along.before = automatic == "SAME_UPPER" ? all / 2 : all - all / 2;
      along.after = all - along.before;
    }
    const std::int64_t room = along.input + along.before + along.after - along.reach();
    if (room < 0)
      node.refuse(text("has windows over ", along.reach(), " numbers of ", along.input + along.before + along.after),
                  "at most as many");
    along.output = (room + (made.rounds_up ? along.stride - 1 : 0)) / along.stride + 1;
    // No window begins behind the image and what pads it in front.
    if (made.rounds_up && (along.output - 1) * along.stride >= along.input + along.before) --along.output;
  }
  return made;
}

Attributes Windows::attributes() const {
  std::vector<std::int64_t> pads{along[0].before, along[1].before};
  for (const Along& each : along)
    pads.push_back(std::max<std::int64_t>(0, (each.output - 1) * each.stride + each.reach() - each.input - each.before));
  return {{"padding", std::string{"explicit"}}, {"pads", pads},
          {"stride_h", along[0].stride},        {"stride_w", along[1].stride},
          {"dilation_h", along[0].dilation},    {"dilation_w", along[1].dilation},
          {"filter_h", along[0].kernel},        {"filter_w", along[1].kernel}};
}

Shape image_shape(const Value& x) {
  return x.shape.size() == 3 ? Shape{x.shape[0], 1, x.shape[2], x.shape[1]}
                             : Shape{x.shape[0], x.shape[2], x.shape[3], x.shape[1]};
}

int image(const Node& node, const Value& x) { return node.in(x, channels_last(x.shape.size()), image_shape(x)); }

Value of_image(const Node& node, const Value& x, int tensor) {
  const Shape made = node.tensor(tensor).shape;
  Value y = x;
  y.shape = x.shape.size() == 3 ? Shape{made[0], made[3], made[2]} : Shape{made[0], made[3], made[1], made[2]};
  y.layout = layout_of(y.shape, channels_last(y.shape.size()));
  y.tensor = tensor;
  return y;
}

int padded(const Node& node, int image, Windows& of, bool all, float filled) {
  const bool wide =
      std::ranges::any_of(of.along, [](const Along& each) { return std::max(each.before, each.after) >= each.reach(); });
  if (!wide && !all) return image;
  if (std::ranges::all_of(of.along, [](const Along& each) { return each.before == 0 && each.after == 0; })) return image;
  std::vector<std::int64_t> padding{0, 0, of.along[0].before, of.along[0].after, of.along[1].before, of.along[1].after, 0, 0};
  for (Along& each : of.along) {
    each.input += each.before + each.after;
    each.before = each.after = 0;
  }
  const int stated = node.whole_graph.reshaped(node.index, node.constant(padding), {4, 2});
  if (node.tensor(image).type != Type::float32) return node.emit("pad", {image, stated});
  return node.emit("padv2", {image, stated, node.constant(std::vector<float>{filled}, Shape{})});
}

}  // namespace tools::onnx
