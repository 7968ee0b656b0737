#include "tools/import/dilation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "tools/import/check.hpp"
#include "tools/import/operators/blocks.hpp"

namespace tools::importer {

namespace {

constexpr std::size_t no_operator = static_cast<std::size_t>(-1);

struct Pattern {
  std::size_t to_batch, added = no_operator, conv = no_operator, taken = no_operator, to_space = no_operator;  // operators
};

// One dimension of the convolution that becomes of it.
struct Along {
  int dilation;
  std::int64_t before, after;  // padding
  int extent;                  // of the output
};

class DilationSearch {
 public:
  explicit DilationSearch(const Model& subject) : model{subject} {}

  std::optional<Pattern> from(std::size_t to_batch) const {
    Pattern found{.to_batch = to_batch};
    const bool rows_alone = model.tensor(op(to_batch).inputs[0]).shape.size() == 3;
    std::size_t next = only_reader(to_batch);
    if (rows_alone) next = only_reader(found.added = next);
    found.conv = next;
    if (!is(found.added, {"expand_dims", "reshape"}, rows_alone) || !is(found.conv, {"conv_2d", "depthwise_conv_2d"}, true))
      return std::nullopt;
    next = only_reader(next);
    if (rows_alone) next = only_reader(found.taken = next);
    found.to_space = next;
    if (!is(found.taken, {"squeeze", "reshape"}, rows_alone) || !is(found.to_space, {"batch_to_space_nd"}, true))
      return std::nullopt;
    return found;
  }

 private:
  const Operator& op(std::size_t index) const { return model.operators[index]; }
  bool is(std::size_t index, std::initializer_list<std::string_view> kinds, bool wanted) const {
    return !wanted || (index != no_operator && std::ranges::find(kinds, op(index).kind) != kinds.end());
  }

  // The operator that alone reads what this one makes, as its first input.
  std::size_t only_reader(std::size_t index) const {
    if (index == no_operator || op(index).outputs.size() != 1) return no_operator;
    const int made = op(index).outputs[0];
    std::size_t reader = no_operator;
    std::ptrdiff_t reads = std::ranges::count(model.outputs, made);
    for (std::size_t i = 0; i < model.operators.size(); ++i) {
      reads += std::ranges::count(op(i).inputs, made);
      if (!op(i).inputs.empty() && op(i).inputs[0] == made) reader = i;
    }
    return reads == 1 ? reader : no_operator;
  }

  const Model& model;
};

class Dilation {
 public:
  Dilation(Model& subject, const Pattern& found)
      : model{subject}, at{found}, divided{model.tensor(op(at.conv).inputs[0]).shape[1] == 1 ? std::size_t{2} : std::size_t{1}} {}

  // Does it say what one convolution can?
  bool fits() const {
    const Node before{model, at.to_batch}, after{model, at.to_space}, conv{model, at.conv};
    const bool plain = conv.word("padding", "valid") == "valid" && conv.size("stride_h", 1) == 1 &&
                       conv.size("stride_w", 1) == 1 && conv.size("dilation_h", 1) == 1 && conv.size("dilation_w", 1) == 1;
    const auto same = [](const Node& node) { return node.input().quantization == node.output().quantization; };
    if (!plain || !same(before) || !same(after) || !only_unfolds()) return false;
    const Blocks in = blocks(before), out = blocks(after);
    if (in.height != out.height || in.width != out.width) return false;
    // Padding times infinity would be no number.
    const Tensor& weight = conv.input(1);
    if (weight.type == Type::float32 &&
        !std::ranges::all_of(numbers<float>(weight), [](float each) { return std::isfinite(each); }))
      return false;
    return std::ranges::all_of(std::array{along(1), along(2)}, [](const std::optional<Along>& each) { return each.has_value(); });
  }

  void apply() {
    const Along rows = *along(1), columns = *along(2);
    const Shape x = model.tensor(op(at.to_batch).inputs[0]).shape, y = model.tensor(op(at.to_space).outputs[0]).shape;
    Operator& conv = op(at.conv);
    conv.attributes.set("dilation_h", std::int64_t{rows.dilation});
    conv.attributes.set("dilation_w", std::int64_t{columns.dilation});
    conv.attributes.set("padding", std::string{"explicit"});
    conv.attributes.set("pads", std::vector<std::int64_t>{rows.before, columns.before, rows.after, columns.after});
    set_shape(at.to_batch, x);
    if (at.added != no_operator) set_shape(at.added, unfolded(x));
    const Shape image = unfolded(x);
    set_shape(at.conv, {image[0], rows.extent, columns.extent, y.back()});
    if (at.taken != no_operator) set_shape(at.taken, y);
    for (std::size_t index : {at.to_batch, at.added, at.taken, at.to_space})
      if (index != no_operator) pass(index);
    for (std::size_t index : {at.to_batch, at.added, at.conv, at.taken, at.to_space})
      if (index != no_operator) check_operator(model, index);
  }

 private:
  Operator& op(std::size_t index) const { return model.operators[index]; }

  // Of the image's dimension 1 or 2; nothing where padding is not as convolutions have it.
  std::optional<Along> along(std::size_t dimension) const {
    const Node before{model, at.to_batch}, after{model, at.to_space}, conv{model, at.conv};
    const Blocks in = blocks(before), out = blocks(after);
    const int kernel = conv.input(1).shape[dimension], parts = conv.output().shape[dimension];
    if (rows_alone() && dimension != divided) return Along{.dilation = 1, .before = 0, .after = 0, .extent = parts};
    const bool rows = rows_alone() || dimension == 1;
    const int block = rows ? in.height : in.width;
    const std::int64_t reach = (std::int64_t{kernel} - 1) * block;
    const std::int64_t first = rows ? in.top - out.top : in.left - out.left,
                       last = rows ? in.bottom - out.bottom : in.right - out.right;
    const std::int64_t extent = (std::int64_t{parts} * block) - (rows ? out.top + out.bottom : out.left + out.right);
    if (first < 0 || first > reach || last < 0 || last > reach || extent < 1) return std::nullopt;
    return Along{.dilation = block, .before = first, .after = last, .extent = Node::extent(extent)};
  }

  // One dimension, and one of extent 1 for the convolution.
  bool rows_alone() const { return at.added != no_operator; }
  Shape unfolded(const Shape& x) const {
    if (!rows_alone()) return x;
    return divided == 2 ? Shape{x[0], 1, x[1], x[2]} : Shape{x[0], x[1], 1, x[2]};
  }
  bool only_unfolds() const {
    const auto made = [this](std::size_t index) { return model.tensor(op(index).outputs[0]).shape; };
    return !rows_alone() || (made(at.added) == unfolded(made(at.to_batch)) && made(at.conv) == unfolded(made(at.taken)));
  }

  void set_shape(std::size_t index, const Shape& shape) { model.tensor(op(index).outputs[0]).shape = shape; }
  // Nothing moves any more.
  void pass(std::size_t index) {
    op(index).kind = "reshape";
    op(index).inputs.resize(1);
    op(index).attributes = {};
  }

  Model& model;
  const Pattern at;
  const std::size_t divided;  // of rows alone: the dimension of the image that they are
};

}  // namespace

void dilate(Model& model) {
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    if (model.operators[i].kind != "space_to_batch_nd") continue;
    const auto found = DilationSearch{model}.from(i);
    if (!found) continue;
    if (Dilation dilation{model, *found}; dilation.fits()) dilation.apply();
  }
}

}  // namespace tools::importer
