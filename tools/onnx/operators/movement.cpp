// Concat, Slice, Split, Gather, Expand, Where and Pad: numbers go elsewhere, or some of them do.
#include <algorithm>

#include "tools/onnx/operators/elementwise.hpp"
#include "tools/onnx/quantized.hpp"

namespace tools::onnx {

namespace {

std::size_t place_of(const Order& order, std::size_t dimension) {
  return static_cast<std::size_t>(std::ranges::find(order, dimension) - order.begin());
}

void translate_concat(Node& node) {
  node.require_inputs(1, std::max<std::size_t>(1, node.data.inputs.size()));
  node.require_same_types();
  std::vector<Value> parts;
  bool codes = true;
  for (std::size_t i = 0; i < node.data.inputs.size(); ++i) {
    if (!node.has(i)) node.refuse(text("lacks its input ", i), "a tensor");
    codes = codes && is_coded(node, node.value(i));
  }
  // Of codes by tables, if a QuantizeLinear is behind it.
  const std::optional<Target> to = codes ? absorbed_target(node) : std::nullopt;
  for (std::size_t i = 0; i < node.data.inputs.size(); ++i)
    parts.push_back(to ? requantized(node, i, to->codes) : node.input(i));
  node.define(0, joined_values(node, parts, node.whole("axis", 1)));
}

// From `begin` on, `count` numbers `step` apart along each dimension.
struct Part {
  std::int64_t begin, count, step;
};

Value part_of(const Node& node, const Value& x, const std::vector<Part>& parts) {
  const Order order = node.order(x);
  std::vector<std::int64_t> begins, ends, steps;
  Value made = x;
  bool all = true;
  for (std::size_t d : order) {
    const Part& part = parts[d];
    all = all && part.begin == 0 && part.count == x.shape[d] && part.step == 1;
    begins.push_back(part.begin);
    const std::int64_t end = part.begin + part.count * part.step;
    ends.push_back(end < 0 ? std::numeric_limits<std::int32_t>::min() : end);
    steps.push_back(part.step);
    made.shape[d] = static_cast<int>(part.count);
  }
  if (all) return x;
  made.tensor = node.emit("strided_slice", {node.in(x, order), node.constant(begins), node.constant(ends), node.constant(steps)});
  made.layout = layout_of(made.shape, order);
  return made;
}

std::vector<Part> whole_parts(const Value& x) {
  std::vector<Part> parts;
  for (int extent : x.shape) parts.push_back({0, extent, 1});
  return parts;
}

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

void translate_gather(Node& node) {
  node.require_inputs(2, 2);
  node.require_type(1, {DataType::int64, DataType::int32});
  const Value x = node.value(0), index = node.value(1);
  const std::size_t axis = node.axis(node.whole("axis", 0), x.shape.size());
  const Order order = node.order(x);
  const std::size_t place = place_of(order, axis);
  if (index.tensor < 0) node.refuse("gathers nothing", "at least one index");
  // One index, or a few: the dimension keeps its place, and is seen as the indices' dimensions afterwards.
  int indices = node.in(index, in_order(index.shape.size()), {static_cast<int>(index.count())});
  if (node.is_constant(1)) {
    std::vector<std::int64_t> chosen = node.integers(1);
    for (std::int64_t& each : chosen) {
      if (each < -x.shape[axis] || each >= x.shape[axis])
        node.refuse(text("reads index ", each), text(-x.shape[axis], " to ", x.shape[axis] - 1));
      if (each < 0) each += x.shape[axis];
    }
    indices = node.constant(chosen);
  } else {
    indices = node.emit("from_the_end", {indices}, {{"extent", std::int64_t{x.shape[axis]}}}, Type::int32);
  }
  Value made = x;
  made.shape[axis] = static_cast<int>(index.count());
  made.tensor = node.emit("gather", {node.in(x, order), indices}, {{"axis", static_cast<std::int64_t>(place)}});
  made.layout = layout_of(made.shape, order);
  made.shape.erase(made.shape.begin() + static_cast<std::ptrdiff_t>(axis));
  made.shape.insert(made.shape.begin() + static_cast<std::ptrdiff_t>(axis), index.shape.begin(), index.shape.end());
  node.define(0, made);
}

void translate_expand(Node& node) {
  node.require_inputs(2, 2);
  const Value x = node.value();
  Shape wanted;
  for (std::int64_t extent : node.integers(1)) {
    if (extent < 1 || extent > 1 << 24) node.refuse(text("makes an extent of ", extent), "1 to 2^24");
    wanted.push_back(static_cast<int>(extent));
  }
  const Shape shape = broadcast_shape(node, x.shape, wanted);
  if (shape == x.shape) return node.define(0, x);
  Value made = x;
  made.shape.insert(made.shape.begin(), shape.size() - x.shape.size(), 1);
  const Order order = node.order(made);
  std::vector<std::int64_t> extents;
  for (std::size_t d : order) extents.push_back(shape[d]);
  made.tensor = node.emit("broadcast_to", {node.in(made, order), node.constant(extents)});
  made.shape = shape;
  made.layout = layout_of(shape, order);
  node.define(0, made);
}

void translate_where(Node& node) {
  node.require_inputs(3, 3);
  node.require_type(0, {DataType::boolean});
  node.require_type(2, {node.value(1).type});
  Together made = together(node, {node.value(0), node.input(1), node.input(2)});
  made.result.type = node.value(1).type;
  made.result.tensor = node.emit("select_v2", made.tensors, {}, node.tensor(made.tensors[1]).type);
  node.define(0, made.result);
}

// One mirrored or repeated number after another: indices along a dimension.
std::vector<std::int64_t> outside(const std::string& mode, std::int64_t before, std::int64_t size, std::int64_t after) {
  std::vector<std::int64_t> indices;
  for (std::int64_t i = -before; i < size + after; ++i) {
    std::int64_t at = i;
    if (mode == "wrap")
      at = ((i % size) + size) % size;
    else if (mode == "edge" || size == 1)
      at = std::clamp<std::int64_t>(i, 0, size - 1);
    else {
      const std::int64_t period = 2 * size - 2, within = ((i % period) + period) % period;
      at = within < size ? within : period - within;
    }
    indices.push_back(at);
  }
  return indices;
}

void translate_pad(Node& node) {
  const bool by_attributes = node.opset() < 11;
  node.require_inputs(by_attributes ? 1 : 2, by_attributes ? 1 : 4);
  node.require_type(0, {DataType::float32});
  const bool codes = is_coded(node, node.value());
  Value x = node.value();
  const std::size_t rank = x.shape.size();
  const std::string mode = node.word("mode", "constant");
  const std::vector<std::int64_t> stated = by_attributes ? node.list("pads") : node.integers(1);
  const float filled = by_attributes ? node.real("value", 0) : node.has(2) ? node.real_input(2) : 0.0f;
  // Codes are padded with their zero point.
  const bool zeros = codes && (mode != "constant" || filled == 0);
  if (!zeros) x = node.input();
  std::vector<std::size_t> axes = in_order(rank);
  if (!by_attributes && node.has(3)) axes = node.axes(node.integers(3), rank);
  if (stated.size() != 2 * axes.size())
    node.refuse(text("has ", stated.size(), " pads"), text(2 * axes.size(), ", before and after ", axes.size(), " dimensions"));
  std::vector<std::int64_t> before(rank, 0), after(rank, 0);
  for (std::size_t i = 0; i < axes.size(); ++i) {
    before[axes[i]] = stated[i];
    after[axes[i]] = stated[axes.size() + i];
  }
  // What is negative is cut off first.
  std::vector<Part> parts = whole_parts(x);
  for (std::size_t d = 0; d < rank; ++d) {
    for (std::int64_t pad : {before[d], after[d]})
      if (pad < -(1 << 24) || pad > 1 << 24) node.refuse(text("pads by ", pad), "at most 2^24");
    parts[d].begin = std::max<std::int64_t>(0, -before[d]);
    parts[d].count = x.shape[d] - parts[d].begin - std::max<std::int64_t>(0, -after[d]);
    if (parts[d].count < 1) node.refuse(text("leaves nothing of dimension ", d), "at least one index");
    before[d] = std::max<std::int64_t>(0, before[d]);
    after[d] = std::max<std::int64_t>(0, after[d]);
  }
  x = part_of(node, x, parts);
  const Order order = node.order(x);
  Value made = x;
  std::vector<std::int64_t> padding;
  bool nothing = true;
  for (std::size_t d : order) {
    padding.insert(padding.end(), {before[d], after[d]});
    nothing = nothing && before[d] == 0 && after[d] == 0;
    made.shape[d] += static_cast<int>(before[d] + after[d]);
  }
  if (nothing) return node.define(0, x);
  made.tensor = node.in(x, order);
  if (mode == "constant") {
    const int stated_padding = node.whole_graph.reshaped(node.index, node.constant(padding), {static_cast<int>(rank), 2});
    made.tensor = zeros ? node.emit("pad", {made.tensor, stated_padding})
                        : node.emit("padv2", {made.tensor, stated_padding, node.constant(std::vector<float>{filled}, {})});
  } else if (mode == "reflect" || mode == "edge" || mode == "wrap") {
    for (std::size_t place = 0; place < rank; ++place) {
      const std::int64_t size = x.shape[order[place]];
      if (before[order[place]] + after[order[place]] == 0) continue;
      if (mode == "reflect" && std::max(before[order[place]], after[order[place]]) >= size)
        node.refuse(text("mirrors more than the ", size, " numbers of dimension ", order[place]), "fewer");
      made.tensor =
          node.emit("gather", {made.tensor, node.constant(outside(mode, before[order[place]], size, after[order[place]]))},
                    {{"axis", static_cast<std::int64_t>(place)}});
    }
  } else {
    node.refuse("has the mode " + importer::in_quotes(mode), "constant, reflect, edge or wrap");
  }
  made.layout = layout_of(made.shape, order);
  node.define(0, made);
}

const OperatorKind concat{"Concat", translate_concat}, slice{"Slice", translate_slice}, split{"Split", translate_split};
const OperatorKind gather{"Gather", translate_gather}, expand{"Expand", translate_expand}, where{"Where", translate_where},
    pad{"Pad", translate_pad};

}  // namespace

Value joined_values(const Node& node, const std::vector<Value>& all, std::int64_t stated) {
  const std::size_t rank = all[0].shape.size(), axis = node.axis(stated, rank);
  std::vector<Value> parts;
  for (const Value& part : all) {
    if (part.shape.size() != rank) node.refuse(text("joins ", all[0].shape, " and ", part.shape), "as many dimensions");
    if (part.tensor >= 0) parts.push_back(part);
  }
  if (parts.empty()) return all[0];
  const Value* reference = &parts[0];
  for (const Value& part : parts)
    if (node.whole_graph.is_constant(reference->tensor) && !node.whole_graph.is_constant(part.tensor)) reference = &part;
  const Order order = node.order(*reference);
  Value made = parts[0];
  made.shape[axis] = 0;
  std::vector<int> tensors;
  for (const Value& part : parts) {
    Shape same = part.shape;
    same[axis] = made.shape[axis];
    if (same != made.shape)
      node.refuse(text("joins ", parts[0].shape, " and ", part.shape, " along dimension ", axis),
                  "shapes that are equal but for that");
    made.shape[axis] += part.shape[axis];
    tensors.push_back(node.in(part, order));
  }
  made.layout = layout_of(made.shape, order);
  made.tensor = node.emit("concatenation", tensors, {{"axis", static_cast<std::int64_t>(place_of(order, axis))}});
  return made;
}

}  // namespace tools::onnx
