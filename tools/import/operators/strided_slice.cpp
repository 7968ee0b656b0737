// STRIDED_SLICE: every step-th index from the first to before the last. Indices below 0 count from the end; then those beyond an
// end are brought to it. A step back begins at the last by default.
#include <algorithm>

#include "tools/import/operator_kind.hpp"
#include "tools/import/operators/strided.hpp"

namespace tools::importer {

namespace {

// Along one dimension of the input.
struct Range {
  std::int64_t begin, count, step;
  bool shrinks;  // it is no dimension of the output
};

std::vector<Range> ranges(const Node& node) {
  const Shape& x = node.input().shape;
  const std::vector<std::int64_t> begins = one_each(node, 1), ends = one_each(node, 2), steps = one_each(node, 3);
  std::vector<Range> all;
  for (std::size_t d = 0; d < x.size(); ++d) {
    const std::int64_t size = x[d], step = steps[d];
    if (step == 0) node.refuse(text("has the step 0 along dimension ", d), "another");
    const bool forward = step > 0;
    const auto within = [&](std::int64_t at) {
      return std::clamp<std::int64_t>(at < 0 ? at + size : at, forward ? 0 : -1, forward ? size : size - 1);
    };
    const auto masked = [&](const char* mask) { return (node.whole(mask) >> d & 1) != 0; };
    const std::int64_t begin = masked("begin_mask") ? (forward ? 0 : size - 1) : within(begins[d]);
    const std::int64_t end = masked("end_mask") ? (forward ? size : -1) : within(ends[d]);
    const std::int64_t count = forward ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
    const bool shrinks = masked("shrink_axis_mask");
    if (shrinks ? !forward || begin >= size : count < 1)
      node.refuse(text("takes nothing of dimension ", d, ": from ", begin, " to ", end, " by ", step), "at least one index");
    all.push_back({begin, shrinks ? 1 : count, shrinks || count == 1 ? 1 : step, shrinks});
  }
  return all;
}

void check(const Node& node) {
  require_moved(node, 4);
  for (std::size_t i = 1; i < 4; ++i) node.require_type(i, {Type::int32, Type::int64});
  for (const char* mask : {"ellipsis_mask", "new_axis_mask"})
    if (const std::int64_t value = node.whole(mask); value != 0) node.refuse(text("its ", mask, " is ", value), "0");
  if (node.flag("offset")) node.refuse("its ends are distances from its beginnings", "ends that are indices");
  Shape y;
  for (const Range& range : ranges(node))
    if (!range.shrinks) y.push_back(Node::extent(range.count));
  node.set_output(y);
}

std::int32_t first(const std::vector<Range>& all, const std::vector<std::int32_t>& stride) {
  std::int32_t start = 0;
  for (std::size_t d = 0; d < stride.size(); ++d) start += static_cast<std::int32_t>(all[d].begin) * stride[d];
  return start;
}

void lower(Lowering& node) {
  const std::vector<std::int32_t> stride = strides(node.input().shape);
  const std::vector<Range> all = ranges(node);
  std::vector<Loop> loops;
  for (std::size_t d = 0; d < stride.size(); ++d)
    if (!all[d].shrinks)
      loops.push_back({static_cast<std::int32_t>(all[d].count), static_cast<std::int32_t>(all[d].step) * stride[d]});
  apply_strided(node, loops, first(all, stride));
}

std::optional<Part> part(const Node& node, std::size_t) {
  Part made{node.op.inputs[0], {}};
  for (const Range& range : ranges(node)) {
    if (range.shrinks || range.step != 1) return std::nullopt;
    made.begin.push_back(static_cast<int>(range.begin));
  }
  return made;
}

const OperatorKind strided_slice{
    {.name = "strided_slice", .types = computed_types, .check = check, .lower = lower, .part = part}};

}  // namespace

}  // namespace tools::importer
