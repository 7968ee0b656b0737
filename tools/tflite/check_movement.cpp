// Operators that put numbers elsewhere: slices, splits, transposes, and resizing of images.
#include "tools/tflite/check.hpp"
#include "tools/tflite/operator_check.hpp"

namespace tools::tflite {

namespace {

struct Check : OperatorCheck {
  const Shape& x() const { return input(0).shape; }

  // One number for each dimension of the input.
  std::vector<std::int64_t> one_each(std::size_t i) const {
    const std::vector<std::int64_t> values = constant(i);
    if (values.size() != x().size())
      throw refusal(text(input_label(i), " has ", values.size(), " numbers"), text(x().size(), ", the dimensions of its input"));
    return values;
  }

  // One output of the input's type. A quantization of its own is let pass: numbers are taken as they are stored.
  void require_tensors(std::size_t inputs) const {
    require_inputs(inputs, inputs);
    require_output_type({input(0).type});
    require_one_scale(0);
  }

  void slice() {
    require_tensors(3);
    const std::vector<std::int64_t> begin = one_each(1), size = one_each(2);
    Shape y;
    for (std::size_t d = 0; d < x().size(); ++d) {
      const bool inside = 0 <= begin[d] && begin[d] < x()[d];
      const std::int64_t rest = inside ? x()[d] - begin[d] : 0;
      if (!inside || size[d] < -1 || size[d] == 0 || size[d] > rest)
        throw refusal(text("takes ", size[d], " from ", begin[d], " on of dimension ", d), text("a part of ", x()));
      y.push_back(extent(size[d] == -1 ? rest : size[d]));
      operation.options.begin.push_back(static_cast<int>(begin[d]));
      operation.options.step.push_back(1);
    }
    require_output(y);
  }

  // Indices below 0 count from the end; then those beyond an end are brought to it. A step back begins at the last by default.
  void strided_slice() {
    require_tensors(4);
    for (std::size_t i = 1; i < 4; ++i) require_type(i, {Type::int32});
    Options& options = operation.options;
    const std::vector<std::int64_t> begins = one_each(1), ends = one_each(2), steps = one_each(3);
    Shape y;
    for (std::size_t d = 0; d < x().size(); ++d) {
      const std::int64_t size = x()[d], step = steps[d];
      if (step == 0) throw refusal(text("has the step 0 along dimension ", d), "another");
      const bool forward = step > 0;
      const auto within = [&](std::int64_t at) {
        return std::clamp<std::int64_t>(at < 0 ? at + size : at, forward ? 0 : -1, forward ? size : size - 1);
      };
      const auto masked = [d](int mask) { return (mask >> d & 1) != 0; };
      const std::int64_t begin = masked(options.begin_mask) ? (forward ? 0 : size - 1) : within(begins[d]);
      const std::int64_t end = masked(options.end_mask) ? (forward ? size : -1) : within(ends[d]);
      const std::int64_t count = forward ? (end - begin + step - 1) / step : (begin - end - step - 1) / -step;
      const bool shrinks = masked(options.shrink_mask);
      if (shrinks ? !forward || begin >= size : count < 1)
        throw refusal(text("takes nothing of dimension ", d, ": from ", begin, " to ", end, " by ", step), "at least one index");
      if (!shrinks) y.push_back(extent(count));
      options.begin.push_back(static_cast<int>(begin));
      options.step.push_back(shrinks || count == 1 ? 1 : static_cast<int>(step));
    }
    require_output(y);
  }

  void split() {
    if (operation.inputs.size() != 2) throw refusal(text("has ", operation.inputs.size(), " inputs"), "2");
    for (std::size_t i = 0; i < 2; ++i)
      if (!has_input(i)) throw refusal(text("lacks its input ", i), "a tensor");
    require_one_scale(1);
    const std::vector<std::int64_t> axes = constant(0);
    Shape y = input(1).shape;
    const auto rank = static_cast<std::int64_t>(y.size());
    if (axes.size() != 1 || axes[0] < -rank || axes[0] >= rank)
      throw refusal(text(input_label(0), axes.size() == 1 ? text(" is ", axes[0]) : text(" has ", axes.size(), " numbers")),
                    text("one of ", rank, " dimensions"));
    operation.options.axis = static_cast<int>(axes[0] < 0 ? axes[0] + rank : axes[0]);
    int& along = y[static_cast<std::size_t>(operation.options.axis)];
    const int parts = operation.options.splits;
    if (parts < 1 || static_cast<std::size_t>(parts) != operation.outputs.size() || along % parts != 0)
      throw refusal(text("splits dimension ", operation.options.axis, " of ", input(1).shape, " into ", parts, " for ", operation.outputs.size(), " outputs"),
                    "equal parts, one for each");
    along /= parts;
    for (int number : operation.outputs)
      if (tensor(number).shape != y || tensor(number).type != input(1).type)
        throw refusal(text(label(model, number), " is ", name(tensor(number).type), " ", tensor(number).shape), text(name(input(1).type), " ", y));
  }

  void transpose() {
    require_tensors(2);
    const std::vector<std::int64_t> permutation = one_each(1);
    const auto rank = static_cast<std::int64_t>(x().size());
    std::vector<bool> taken(x().size(), false);
    Shape y;
    for (std::int64_t from : permutation) {
      if (from < 0 || from >= rank || taken[static_cast<std::size_t>(from)])
        throw refusal(text(input_label(1), " has ", from, " at ", y.size()), text("each of ", rank, " dimensions once"));
      taken[static_cast<std::size_t>(from)] = true;
      y.push_back(x()[static_cast<std::size_t>(from)]);
      operation.options.permutation.push_back(static_cast<int>(from));
    }
    require_output(y);
  }

  void resize() const {
    require_tensors(2);
    require_rank(0, 4);
    const std::vector<std::int64_t> size = constant(1);
    if (size.size() != 2) throw refusal(text(input_label(1), " has ", size.size(), " numbers"), "a height and a width");
    if (operation.options.align_corners && operation.options.half_pixel_centers)
      throw refusal("has align_corners and half_pixel_centers", "one of them");
    require_output({x()[0], extent(size[0]), extent(size[1]), x()[3]});
  }
};

}  // namespace

bool check_movement(Model& model, std::size_t index) {
  Check check{{model, index}};
  switch (check.operation.op) {
    case Op::slice: check.slice(); return true;
    case Op::strided_slice: check.strided_slice(); return true;
    case Op::split: check.split(); return true;
    case Op::transpose: check.transpose(); return true;
    case Op::resize_bilinear:
    case Op::resize_nearest_neighbor: check.resize(); return true;
    default: return false;
  }
}

}  // namespace tools::tflite
