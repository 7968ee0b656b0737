#include "tools/onnx/layout.hpp"

#include <algorithm>
#include <numeric>

namespace tools::onnx {

namespace {

std::vector<std::int64_t> strides(const Shape& shape) {
  std::vector<std::int64_t> stride(shape.size(), 1);
  for (std::size_t d = shape.size(); d-- > 1;) stride[d - 1] = stride[d] * shape[d];
  return stride;
}

// Axes cut at each of these strides, which stand in ascending order; nothing: a cut goes through an axis.
std::optional<std::vector<Axis>> refined(const Layout& layout, const std::vector<std::int64_t>& cuts) {
  std::vector<Axis> fine;
  for (const Axis& axis : layout) {
    const std::size_t begin = fine.size();
    Axis rest = axis;
    for (std::int64_t cut : cuts) {
      if (cut <= rest.stride || cut >= rest.stride * rest.extent) continue;
      if (cut % rest.stride != 0 || rest.extent % (cut / rest.stride) != 0) return std::nullopt;
      const std::int64_t inner = cut / rest.stride;
      fine.push_back({inner, rest.stride});
      rest = {rest.extent / inner, cut};
    }
    fine.push_back(rest);
    std::reverse(fine.begin() + static_cast<std::ptrdiff_t>(begin), fine.end());
  }
  return fine;
}

void add_cuts(std::vector<std::int64_t>& cuts, const Layout& layout) {
  for (const Axis& axis : layout) cuts.insert(cuts.end(), {axis.stride, axis.stride * axis.extent});
}

}  // namespace

Order in_order(std::size_t rank) {
  Order order(rank);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

Order channels_last(std::size_t rank) {
  Order order = in_order(rank);
  if (rank > 2) std::rotate(order.begin() + 1, order.begin() + 2, order.end());
  return order;
}

Layout joined(const std::vector<Axis>& axes) {
  Layout layout;
  for (const Axis& axis : axes) {
    if (axis.extent == 1) continue;
    if (!layout.empty() && layout.back().stride == axis.extent * axis.stride)
      layout.back() = {layout.back().extent * axis.extent, axis.stride};
    else
      layout.push_back(axis);
  }
  return layout;
}

Layout layout_of(const Shape& shape, const Order& order) {
  const std::vector<std::int64_t> stride = strides(shape);
  std::vector<Axis> axes;
  for (std::size_t d : order) axes.push_back({shape[d], stride[d]});
  return joined(axes);
}

Layout natural(const Shape& shape) { return layout_of(shape, in_order(shape.size())); }

std::optional<Order> order_of(const Layout& layout, const Shape& shape) {
  for (const Order& order : {in_order(shape.size()), channels_last(shape.size())})
    if (layout_of(shape, order) == layout) return order;
  const std::vector<std::int64_t> stride = strides(shape);
  std::vector<std::int64_t> cuts{stride};
  std::ranges::sort(cuts);
  const auto fine = refined(layout, cuts);
  if (!fine) return std::nullopt;
  const auto place = [&](std::size_t d) {
    const auto found = std::ranges::find(*fine, stride[d], &Axis::stride);
    return shape[d] == 1 ? std::ptrdiff_t{-1} : found - fine->begin();
  };
  Order order = in_order(shape.size());
  std::ranges::stable_sort(order, {}, place);
  return layout_of(shape, order) == layout ? std::optional{order} : std::nullopt;
}

std::optional<Move> move(const Layout& from, const Layout& to) {
  std::vector<std::int64_t> cuts;
  add_cuts(cuts, from);
  add_cuts(cuts, to);
  std::ranges::sort(cuts);
  const auto source = refined(from, cuts), target = refined(to, cuts);
  if (!source || !target) return std::nullopt;
  Move made;
  for (const Axis& axis : *source) made.shape.push_back(static_cast<int>(axis.extent));
  for (const Axis& axis : *target) {
    const auto found = std::ranges::find(*source, axis);
    if (found == source->end()) return std::nullopt;
    made.permutation.push_back(found - source->begin());
  }
  return made.permutation.size() == source->size() ? std::optional{made} : std::nullopt;
}

Layout transposed(const Layout& layout, const Shape& shape, const Order& permutation) {
  Shape made;
  for (std::size_t d : permutation) made.push_back(shape[d]);
  const std::vector<std::int64_t> before = strides(shape), after = strides(made);
  std::vector<std::int64_t> cuts{before};
  std::ranges::sort(cuts);
  const auto fine = refined(layout, cuts);
  if (!fine) return {};
  std::vector<Axis> axes;
  for (const Axis& axis : *fine) {
    // The dimension that this is a part of.
    for (std::size_t d = 0; d < permutation.size(); ++d) {
      const std::size_t source = permutation[d];
      if (axis.stride < before[source] || axis.stride >= before[source] * shape[source]) continue;
      axes.push_back({axis.extent, axis.stride / before[source] * after[d]});
      break;
    }
  }
  return joined(axes);
}

std::optional<Rows> rows_of(const Layout& layout, std::int64_t depth) {
  const auto fine = refined(layout, {depth});
  if (!fine) return std::nullopt;
  std::vector<Axis> rows, within;
  for (const Axis& axis : *fine) {
    if (axis.stride >= depth) {
      if (!within.empty()) return std::nullopt;
      rows.push_back({axis.extent, axis.stride / depth});
    } else {
      within.push_back(axis);
    }
  }
  return Rows{joined(rows), joined(within)};
}

}  // namespace tools::onnx
