// Slice and Split.
#include <algorithm>

#include "tools/onnx/operator_kind.hpp"
#include "tools/onnx/operators/parts.hpp"

namespace tools::onnx {

namespace {

void translate_slice(Node& node) {
  const bool by_attributes = node.opset() < 10;
  node.require_inputs(by_attributes ? 1 : 3, by_attributes ? 1 : 5);
  const Value x = node.value();
  const std::vector<std::int64_t> begins = by_attributes ? node.list("starts") : node.integers(1),
                                  ends = by_attributes ? node.list("ends") : node.integers(2);
  std::vector<std::int64_t> stated, steps(begins.size(), 1);
  for (std::size_t i = 0; i < begins.size(); ++i) stated.push_back(static_cast<std::int64_t>(i));
  if (by_attributes) stated = node.list("axes", stated);
  if (!by_attributes && node.has(3)) stated = node.integers(3);
  if (!by_attributes && node.has(4)) steps = node.integers(4);
  if (ends.size() != begins.size() || stated.size() != begins.size() || steps.size() != begins.size())
    node.refuse(
        text("has ", begins.size(), " starts, ", ends.size(), " ends, ", stated.size(), " axes and ", steps.size(), " steps"),
        "as many of each");
  const std::vector<std::size_t> axes = node.axes(stated, x.shape.size());
  std::vector<Part> parts = whole_parts(x);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    const std::int64_t size = x.shape[axes[i]], step = std::clamp<std::int64_t>(steps[i], -(1 << 29), 1 << 29);
    if (step == 0) node.refuse("has the step 0", "another");
    const auto within = [&](std::int64_t at, std::int64_t least, std::int64_t most) {
      return std::clamp<std::int64_t>(at < 0 ? at + size : at, least, most);
    };
    const std::int64_t begin = step > 0 ? within(begins[i], 0, size) : within(begins[i], 0, size - 1);
    const std::int64_t end = step > 0 ? within(ends[i], 0, size) : within(ends[i], -1, size - 1);
    const std::int64_t count = step > 0 ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
    if (count < 1) node.refuse(text("takes nothing of dimension ", axes[i], " of ", x.shape), "at least one index");
    parts[axes[i]] = {begin, count, count == 1 ? 1 : step};
  }
  node.define(0, part_of(node, x, parts));
}

void translate_split(Node& node) {
  node.require_inputs(1, 2);
  const Value x = node.value();
  const std::size_t axis = node.axis(node.whole("axis", 0), x.shape.size());
  const std::int64_t size = x.shape[axis], outputs = static_cast<std::int64_t>(node.data.outputs.size());
  std::vector<std::int64_t> lengths;
  if (node.has_attribute("split"))
    lengths = node.list("split");
  else if (node.has(1))
    lengths = node.integers(1);
  else {
    const std::int64_t count = node.whole("num_outputs", outputs, 1, 65535), each = (size + count - 1) / count;
    for (std::int64_t i = 0; i < count; ++i) lengths.push_back(std::min(each, size - i * each));
  }
  std::int64_t sum = 0;
  for (std::int64_t length : lengths) {
    if (length < 1 || length > size)
      node.refuse(text("splits off ", length, " of ", size), "at least 1, and no more than there are");
    sum += length;
  }
  if (sum != size || static_cast<std::int64_t>(lengths.size()) != outputs)
    node.refuse(text("splits ", size, " into ", lengths.size(), " parts of ", sum, " for ", outputs, " outputs"),
                "all of it, one part for each");
  std::int64_t begin = 0;
  for (std::size_t i = 0; i < lengths.size(); begin += lengths[i++]) {
    if (!node.has_output(i)) continue;
    std::vector<Part> parts = whole_parts(x);
    parts[axis] = {begin, lengths[i], 1};
    node.define(i, part_of(node, x, parts));
  }
}

const OperatorKind slice{"Slice", translate_slice}, split{"Split", translate_split};

}  // namespace

}  // namespace tools::onnx
