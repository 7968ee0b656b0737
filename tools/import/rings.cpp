#include "tools/import/rings.hpp"

#include <algorithm>
#include <optional>

#include "nn/graph/copy.hpp"
#include "nn/graph/slide.hpp"
#include "tools/import/of_type.hpp"
#include "tools/import/operator_kind.hpp"

namespace tools::importer {

namespace {

constexpr int no_writer = -1;

class RingSearch {
 public:
  explicit RingSearch(const Model& subject) : model{subject}, writer(subject.tensors.size(), no_writer) {
    for (std::size_t i = 0; i < model.operators.size(); ++i)
      for (int output : model.operators[i].outputs)
        if (!model.tensor(output).variable) writer[static_cast<std::size_t>(output)] = static_cast<int>(i);
  }

  struct Found {
    int variable, window, frame;   // tensors of the model
    std::int32_t kept;             // rows that stay
    std::vector<std::size_t> replaced;
  };

  // The ring whose window this operator makes.
  std::optional<Found> ring(std::size_t index) const {
    const Operator& joins = model.operators[index];
    if (joins.kind != "concatenation" || joins.inputs.size() != 2) return std::nullopt;
    const auto* activation = joins.attributes.find<std::string>("activation");
    if (!OperatorKind::find(joins.kind)->takes(model.tensor(joins.outputs[0]).type) ||
        (activation != nullptr && *activation != "none"))
      return std::nullopt;
    Found found{no_writer, joins.outputs[0], root(joins.inputs[1]), 0, {index}};
    const Shape &window = shape(found.window), &old = shape(joins.inputs[0]);
    const std::size_t axis = rows(window);
    if (old.size() != window.size() || old[axis] >= window[axis] || !same_but(old, window, axis)) return std::nullopt;
    for (int input : joins.inputs)
      if (model.tensor(input).quantization != model.tensor(found.window).quantization) return std::nullopt;
    found.kept = old[axis];
    // The rows that stay come from the variable, or from its end.
    int state = joins.inputs[0];
    const bool whole = !is_written_by(state, "read_variable");
    if (whole && !take_end(found, state, state, axis)) return std::nullopt;
    if (!is_written_by(state, "read_variable") || readers(state) != 1) return std::nullopt;
    found.replaced.push_back(writer_of(state));
    found.variable = model.operators[writer_of(state)].inputs[0];
    if (shape(found.variable)[axis] != (whole ? window[axis] : found.kept) || !is_alone(found.variable)) return std::nullopt;
    // What is stored is the window, or its end.
    const std::size_t stores = assignment(found.variable);
    if (stores < index) return std::nullopt;
    found.replaced.push_back(stores);
    int stored = model.operators[stores].inputs[0];
    if (!whole && !take_end(found, stored, stored, axis)) return std::nullopt;
    return stored == found.window && is_free(found.frame) ? std::optional{found} : std::nullopt;
  }

 private:
  const Shape& shape(int tensor) const { return model.tensor(tensor).shape; }
  bool is_output(int tensor) const { return std::ranges::find(model.outputs, tensor) != model.outputs.end(); }
  std::size_t writer_of(int tensor) const { return static_cast<std::size_t>(writer[static_cast<std::size_t>(tensor)]); }
  bool is_written_by(int tensor, std::string_view kind) const {
    return writer[static_cast<std::size_t>(tensor)] != no_writer && model.operators[writer_of(tensor)].kind == kind;
  }

  // The first dimension that is not of extent 1.
  static std::size_t rows(const Shape& window) {
    std::size_t axis = 0;
    while (axis + 1 < window.size() && window[axis] == 1) ++axis;
    return axis;
  }
  static bool same_but(Shape a, const Shape& b, std::size_t axis) {
    a[axis] = b[axis];
    return a == b;
  }

  std::ptrdiff_t readers(int tensor) const {
    std::ptrdiff_t count = is_output(tensor) ? 1 : 0;
    for (const Operator& op : model.operators) count += std::ranges::count(op.inputs, tensor);
    return count;
  }

  // `tensor` is the last rows of `from`, sliced off for this alone.
  bool take_end(Found& found, int tensor, int& from, std::size_t axis) const {
    if (!is_written_by(tensor, "strided_slice") || readers(tensor) != 1) return false;
    const Operator& slices = model.operators[writer_of(tensor)];
    from = slices.inputs[0];
    const Shape &x = shape(from), &y = shape(tensor);
    const Tensor &begin = model.tensor(slices.inputs[1]), &step = model.tensor(slices.inputs[3]);
    if (x.size() != y.size() || !same_but(y, x, axis) || begin.type != Type::int32 || step.type != Type::int32) return false;
    const std::int64_t first = numbers<std::int32_t>(begin)[axis];
    const auto* mask = slices.attributes.find<std::int64_t>("begin_mask");
    if (mask != nullptr && (*mask >> axis & 1) != 0) return false;
    found.replaced.push_back(writer_of(tensor));
    const bool whole_steps = std::ranges::count(numbers<std::int32_t>(step), 1) == std::ssize(y);
    return y[axis] == found.kept && whole_steps && (first < 0 ? first + x[axis] : first) == x[axis] - found.kept;
  }

  // Read once and assigned once.
  bool is_alone(int variable) const {
    std::ptrdiff_t assigned = 0;
    for (const Operator& op : model.operators) assigned += std::ranges::count(op.outputs, variable);
    return assigned == 1 && readers(variable) == 1;
  }
  std::size_t assignment(int variable) const {
    std::size_t i = 0;
    while (std::ranges::find(model.operators[i].outputs, variable) == model.operators[i].outputs.end()) ++i;
    return i;
  }

  // Behind reshapes.
  int root(int tensor) const {
    while (is_written_by(tensor, "reshape") || is_written_by(tensor, "squeeze") || is_written_by(tensor, "expand_dims"))
      tensor = model.operators[writer_of(tensor)].inputs[0];
    return tensor;
  }
  bool is_free(int frame) const { return model.tensor(frame).data.empty() && !is_written_by(frame, "read_variable"); }

  const Model& model;
  std::vector<int> writer;  // of each tensor: an operator
};

std::int32_t count(const Shape& shape) { return static_cast<std::int32_t>(element_count(shape)); }

}  // namespace

Rings::Rings(const Model& model, Building& building) {
  const RingSearch search{model};
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const auto found = search.ring(i);
    if (!found || building.place.contains(found->frame) || building.place.contains(found->variable)) continue;
    const int variable = building.variable(model, found->variable);
    Place& window = building.network.tensor(variable);
    const Shape shape = model.tensor(found->window).shape;
    const std::int32_t frame = count(model.tensor(found->frame).shape), kept = (count(shape) - frame) * bytes_of(window.type);
    // It begins with the rows that stay.
    if (static_cast<std::int32_t>(window.initial.size()) > kept)
      window.initial.erase(window.initial.begin(), window.initial.end() - kept);
    window.shape = shape;
    window.bytes = count(shape) * bytes_of(window.type);
    window.text += text(", ", shape, " with the rows that come");
    building.place[found->window] = variable;
    const int part = building.place[found->frame] = building.add(model, found->frame);
    building.network.tensor(part).whole = variable;
    building.network.tensor(part).begin = count(shape) - frame;
    windows.push_back({variable, frame});
    replaced.insert(found->replaced.begin(), found->replaced.end());
  }
}

void Rings::slide(const Model& model, Building& building) const {
  Network& network = building.network;
  for (std::size_t i = 0; i < windows.size(); ++i) {
    const Window& window = windows[i];
    const auto lies_there = [&](int tensor) { return tensor == window.tensor || network.tensor(tensor).whole == window.tensor; };
    std::size_t behind = 0;
    for (std::size_t o = 0; o < network.operators.size(); ++o)
      if (lies_there(network.operators[o].output) || std::ranges::any_of(network.operators[o].inputs, lies_there)) behind = o + 1;
    const Type type = network.tensor(window.tensor).type;
    const std::int32_t all = count(network.tensor(window.tensor).shape);
    const auto insert = [&](Operation operation, std::string name, int output) {
      network.operators.insert(network.operators.begin() + static_cast<std::ptrdiff_t>(behind++),
                               Applied{std::move(operation), std::move(name), output, {window.tensor}});
    };
    // What leaves the graph, under whatever name, leaves it as it was before.
    for (int output : model.outputs) {
      if (building.tensor(model, output) != window.tensor) continue;
      const int copy = building.place[output] = building.add(model, output);
      insert(of_type<nn::graph::Copy>(type, all), text("window_", i, "_", copy), copy);
    }
    insert(of_type<nn::graph::Slide>(type, all, window.frame), text("slide_", i), window.tensor);
  }
}

}  // namespace tools::importer
