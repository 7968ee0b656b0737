#include "tools/import/layers/windows.hpp"

namespace tools::importer {

namespace {

std::size_t whole(const Node& node, const char* attribute) { return static_cast<std::size_t>(node.size(attribute, 1)); }

// "nn::Stride<2>" of rows and columns.
std::string pair(const char* name, std::size_t rows, std::size_t columns) {
  return rows == columns ? text(", nn::", name, "<", rows, ">") : text(", nn::", name, "<", rows, ", ", columns, ">");
}

struct Pads {
  std::size_t above, left, below, right;
  friend bool operator==(const Pads&, const Pads&) = default;
};

Pads pads_of(const nn::Axes& axes) {
  return {axes.rows.before(), axes.columns.before(), axes.rows.after(), axes.columns.after()};
}

}  // namespace

bool WindowText::whole() const {
  return axes.rows.taps == axes.rows.input && axes.columns.taps == axes.columns.input && output.height == 1 &&
         output.width == 1 && !axes.rows.padded() && !axes.columns.padded();
}

WindowText window_text(const Node& node, Chain& chain, int filter_height, int filter_width, bool side_by_side) {
  const Shape& x = node.input().shape;
  node.require(
      x.size() == 4 && x[0] == 1, [&] { return text("reads the shape ", x); }, "one image: batch 1, height, width, channels");
  const nn::Shape from = layer_shape(x);
  chain.see(from);
  const auto height = static_cast<std::size_t>(filter_height), width = static_cast<std::size_t>(filter_width);
  nn::Steps steps{.stride_rows = whole(node, "stride_h"), .stride_columns = whole(node, "stride_w"),
                  .dilation_rows = whole(node, "dilation_h"), .dilation_columns = whole(node, "dilation_w")};
  const bool line = from.height == 1 && height == 1;  // where rows are one, whatever their stride
  if (line && !side_by_side) {
    steps.stride_rows = steps.stride_columns;
    steps.dilation_rows = steps.dilation_columns;
  }
  std::string options;
  const std::size_t usual_rows = side_by_side ? height : 1, usual_columns = side_by_side ? width : 1;
  if (steps.stride_rows != usual_rows || steps.stride_columns != usual_columns)
    options += pair("Stride", steps.stride_rows, steps.stride_columns);
  if (steps.dilation_rows > 1 || steps.dilation_columns > 1)
    options += pair("Dilation", steps.dilation_rows, steps.dilation_columns);

  nn::Steps same = steps, causal = steps;
  same.same = true;
  causal.causal = true;
  const auto axes = [&](const nn::Steps& by) { return nn::axes_of(from, height, width, by); };
  const std::string padding = node.word("padding", "valid");
  Pads pads{};
  if (padding == "same") pads = pads_of(axes(same));
  if (padding == "explicit") {
    const std::vector<std::int64_t> stated = node.list("pads");
    const auto pad = [&](std::size_t i) { return static_cast<std::size_t>(stated[i]); };
    pads = {pad(0), pad(1), pad(2), pad(3)};
  }
  const nn::Shape made = layer_shape(node.output().shape);
  const auto fits = [&](const nn::Axes& by) { return by.rows.outputs() == made.height && by.columns.outputs() == made.width; };
  if (pads == Pads{}) {
  } else if (pads == pads_of(axes(same)) && fits(axes(same))) {
    steps = same;
    options += ", nn::Same";
  } else if (line && pads == pads_of(axes(causal)) && fits(axes(causal))) {
    steps = causal;
    options += ", nn::Causal";
  } else {
    steps.rows_given = steps.columns_given = true;
    steps.above = pads.above, steps.below = pads.below, steps.left = pads.left, steps.right = pads.right;
    options += text(", nn::ZeroPadding<", pads.above);
    if (pads != Pads{pads.above, pads.above, pads.above, pads.above})
      options += text(", ", pads.below, ", ", pads.left, ", ", pads.right);
    options += ">";
  }
  return {options, axes(steps), {made.height, made.width, from.channels}};
}

}  // namespace tools::importer
