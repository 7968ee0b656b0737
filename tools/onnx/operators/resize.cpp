// Resize and Upsample of images: each number of the output is one of the input (nearest), or lies between two along each
// dimension (linear).
#include <algorithm>
#include <cmath>

#include "tools/onnx/operators/windows.hpp"

namespace tools::onnx {

namespace {

// Along one dimension.
struct Axes {
  std::int64_t input, output;
  float scale;  // output / input, as it was stated
};

// Where an index of the output falls on the input.
float place(const Node& node, const std::string& mode, const Axes& along, std::int64_t index) {
  const auto i = static_cast<float>(index);
  if (mode == "asymmetric") return i / along.scale;
  if (mode == "align_corners")
    return along.output == 1 ? 0 : i * static_cast<float>(along.input - 1) / static_cast<float>(along.output - 1);
  if (mode == "pytorch_half_pixel" && along.output == 1) return 0;
  if (mode == "tf_half_pixel_for_nn") return (i + 0.5f) / along.scale;
  if (mode == "half_pixel_symmetric") {  // the middles of both lie over each other
    const float stated = along.scale * static_cast<float>(along.input);
    const float offset = static_cast<float>(along.input) / 2 * (1 - static_cast<float>(along.output) / stated);
    return offset + (i + 0.5f) / along.scale - 0.5f;
  }
  if (mode == "half_pixel" || mode == "pytorch_half_pixel") return (i + 0.5f) / along.scale - 0.5f;
  node.refuse("has the coordinate_transformation_mode " + importer::in_quotes(mode),
              "half_pixel, half_pixel_symmetric, pytorch_half_pixel, tf_half_pixel_for_nn, align_corners or asymmetric");
}

std::int64_t nearest(const Node& node, const std::string& mode, float at) {
  if (mode == "floor") return static_cast<std::int64_t>(std::floor(at));
  if (mode == "ceil") return static_cast<std::int64_t>(std::ceil(at));
  if (mode == "round_prefer_floor") return static_cast<std::int64_t>(std::ceil(at - 0.5f));
  if (mode == "round_prefer_ceil") return static_cast<std::int64_t>(std::floor(at + 0.5f));
  node.refuse("has the nearest_mode " + importer::in_quotes(mode), "floor, ceil, round_prefer_floor or round_prefer_ceil");
}

void make(Node& node, const std::vector<Axes>& axes, const std::string& mode, const std::string& coordinates,
          const std::string& rounding) {
  const Value x = node.input();
  if (x.shape.size() < 3 || x.shape.size() > 4)
    node.refuse(text("reads the shape ", x.shape), "batch, channels, and one or two dimensions");
  for (std::size_t d = 0; d < 2; ++d)
    if (axes[d].input != axes[d].output) node.refuse("resizes batch or channels", "height and width alone");
  std::vector<std::vector<std::int64_t>> low(2, {0}), high(2, {0}), share(2, {0});  // of 2^24
  for (std::size_t d = 2; d < x.shape.size(); ++d) {
    const std::size_t to = d + (x.shape.size() == 3 ? 1 : 0) - 2;
    low[to].clear(), high[to].clear(), share[to].clear();
    for (std::int64_t i = 0; i < axes[d].output; ++i) {
      const float at = place(node, coordinates, axes[d], i);
      const auto within = [&](std::int64_t index) { return std::clamp<std::int64_t>(index, 0, axes[d].input - 1); };
      if (mode == "nearest") {
        low[to].push_back(within(nearest(node, rounding, at)));
        continue;
      }
      const float bounded = std::clamp(at, 0.0f, static_cast<float>(axes[d].input - 1));
      const auto first = static_cast<std::int64_t>(bounded);
      low[to].push_back(first);
      high[to].push_back(within(first + 1));
      share[to].push_back(static_cast<std::int64_t>(std::lround((bounded - static_cast<float>(first)) * 16777216.0f)));
    }
  }
  Attributes attributes{{"rows", low[0]}, {"columns", low[1]}};
  if (mode != "nearest") {
    attributes.set("rows_after", high[0]);
    attributes.set("columns_after", high[1]);
    attributes.set("rows_share", share[0]);
    attributes.set("columns_share", share[1]);
  }
  const int y = node.emit(mode == "nearest" ? "pick_pixels" : "mix_pixels", {image(node, x)}, attributes);
  node.define_like(of_image(node, x, y), y);
}

// As stated by scales or sizes, either of which may be empty.
std::vector<Axes> resized(const Node& node, const Shape& shape, const std::vector<float>& scales,
                          const std::vector<std::int64_t>& sizes) {
  const std::size_t stated = sizes.empty() ? scales.size() : sizes.size();
  if (stated != shape.size()) node.refuse(text("has ", stated, " scales or sizes for ", shape), "one for each dimension");
  std::vector<Axes> axes;
  for (std::size_t d = 0; d < stated; ++d) {
    const float scale = sizes.empty() ? scales[d] : static_cast<float>(sizes[d]) / static_cast<float>(shape[d]);
    if (!(scale > 0) || scale > 65535) node.refuse(text("has the scale ", scale), "above 0, at most 65535");
    const std::int64_t output =
        sizes.empty() ? static_cast<std::int64_t>(std::floor(static_cast<float>(shape[d]) * scale)) : sizes[d];
    if (output < 1 || output > 65535) node.refuse(text("makes an extent of ", output), "1 to 65535");
    axes.push_back({shape[d], output, scale});
  }
  return axes;
}

void require_mode(const Node& node, const std::string& mode) {
  if (mode != "nearest" && mode != "linear") node.refuse("has the mode " + importer::in_quotes(mode), "nearest or linear");
}

void translate_upsample(Node& node) {
  node.require_type(0, {DataType::float32});
  const bool by_attribute = node.opset() < 9;
  node.require_inputs(by_attribute ? 1 : 2, by_attribute ? 1 : 2);
  const std::string mode = node.word("mode", "nearest");
  require_mode(node, mode);
  std::vector<float> scales;
  if (by_attribute) {
    const Attribute* stated = node.attribute("scales");
    if (stated != nullptr) scales = stated->reals;
  } else {
    scales = node.reals(1);
  }
  make(node, resized(node, node.value().shape, scales, {}), mode, "asymmetric", "floor");
}

void translate_resize(Node& node) {
  node.require_type(0, {DataType::float32});
  const bool early = node.opset() < 11;
  node.require_inputs(early ? 2 : 1, early ? 2 : 4);
  node.ignore({"cubic_coeff_a", "extrapolation_value", "exclude_outside", "antialias"});
  if (const Attribute* antialias = node.attribute("antialias"))
    node.require(antialias->whole == 0, "smooths before it makes smaller (antialias)", "antialias 0");
  const std::string mode = node.word("mode", "nearest");
  require_mode(node, mode);
  if (early) return make(node, resized(node, node.value().shape, node.reals(1), {}), mode, "asymmetric", "floor");
  const std::string policy = node.word("keep_aspect_ratio_policy", "stretch");
  node.require(policy == "stretch", "has the keep_aspect_ratio_policy " + importer::in_quotes(policy), "stretch");
  const Shape shape = node.value().shape;
  std::vector<float> scales = node.has(2) ? node.reals(2) : std::vector<float>{};
  std::vector<std::int64_t> sizes = node.has(3) ? node.integers(3) : std::vector<std::int64_t>{};
  if (node.has_attribute("axes")) {
    const std::vector<std::size_t> axes = node.axes(node.list("axes"), shape.size());
    std::vector<float> all(shape.size(), 1.0f);
    std::vector<std::int64_t> all_sizes(shape.begin(), shape.end());
    if (axes.size() != std::max(scales.size(), sizes.size())) node.refuse("has not as many scales or sizes as axes", "as many");
    for (std::size_t i = 0; i < axes.size(); ++i)
      (sizes.empty() ? all[axes[i]] = scales[i] : static_cast<float>(all_sizes[axes[i]] = sizes[i]));
    (sizes.empty() ? (void)(scales = all) : (void)(sizes = all_sizes));
  }
  make(node, resized(node, shape, scales, sizes), mode, node.word("coordinate_transformation_mode", "half_pixel"),
       node.word("nearest_mode", "round_prefer_floor"));
}

const OperatorKind resize{"Resize", translate_resize}, upsample{"Upsample", translate_upsample};

}  // namespace

}  // namespace tools::onnx
