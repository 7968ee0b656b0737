// From tensor to tensor: what an operator with one computed input makes lies behind that input. Where several meet, they have
// come apart at the nearest tensor through which all that leads to them passes; from there each is a chain of its own.
#include "tools/import/trainable.hpp"

#include <algorithm>

#include "tools/import/check.hpp"
#include "tools/import/dilation.hpp"
#include "tools/import/layer_kind.hpp"
#include "tools/import/standardize.hpp"

namespace tools::importer {

namespace {

const std::string cut = "; or a model that ends before it (--until), as the body of a network of your own";

class Structure {
 public:
  explicit Structure(Model& of)
      : model{of},
        writer(of.tensors.size(), -1),
        before(of.tensors.size(), -1),
        depth(of.tensors.size(), -1),
        done(of.operators.size(), false) {}

  Chain all() {
    require_one("input", model.inputs);
    require_one("output", model.outputs);
    begin = model.inputs[0];
    require_float(begin);
    depth[index(begin)] = 0;
    for (std::size_t i = 0; i < model.operators.size(); ++i) find(i);
    const Shape& shape = model.tensor(begin).shape;
    Chain chain{.input = layer_shape(shape)};
    // steps, with the batch behind them
    if (shape.size() == 3 && shape[1] == 1) std::swap(chain.input.height, chain.input.width);
    if (depth[index(model.outputs[0])] < 0)
      throw failure(model.file, "has an output that does not depend on its input", "a chain of layers from one to the other");
    build(chain, begin, model.outputs[0]);
    require_forward(chain.layers);
    if (chain.layers.empty()) throw failure(model.file, "does nothing that a layer would do", "at least one layer");
    return chain;
  }

 private:
  void require_forward(const std::vector<Layer>& layers) const {
    for (const Layer& layer : layers) {
      if (layer.reversed)
        throw failure(model.file + ": " + layer.origin, "runs from the last step to the first alone, for which nn/ has no layer",
                      "forward, or both directions joined");
      require_forward(layer.inside);
    }
  }
  static std::size_t index(int tensor) { return static_cast<std::size_t>(tensor); }
  Node node(int i) { return {model, index(i)}; }

  void require_one(const std::string& what, const std::vector<int>& tensors) const {
    if (tensors.size() == 1) return;
    throw failure(model.file, text("has ", tensors.size(), " ", what, "s, and a network that learns has one"),
                  what == "output" ? "one: choose a tensor to end with by --until" : "one");
  }
  void require_float(int tensor) const {
    const Type type = model.tensor(tensor).type;
    if (type != Type::float32)
      throw failure(model.file + ": " + label(model, tensor),
                    text("is of ", name(type), ", and what learns from the model is float32"),
                    "the model before it was quantized; nn_quantize_tool quantizes it anew");
  }

  // Who writes its output, and the tensor through which all that leads there passes last.
  void find(std::size_t i) {
    const Node at{model, i};
    const Operator& op = at.op;
    if (std::ranges::all_of(op.outputs,
                            [&](int output) { return !model.tensor(output).data.empty() && !model.tensor(output).variable; }))
      return;
    for (int tensor : op.inputs)
      if (tensor >= 0 && model.tensor(tensor).variable)
        at.refuse("keeps numbers from run to run in a variable",
                  "layers without them; a sequence goes into a network whole, with Gru, Lstm or Conv1d");
    int common = -1;
    for (std::size_t input : computed_inputs(at)) common = common < 0 ? op.inputs[input] : meeting(common, op.inputs[input]);
    if (common < 0) return;
    for (int output : op.outputs) {
      writer[index(output)] = static_cast<int>(i);
      before[index(output)] = common;
      depth[index(output)] = depth[index(common)] + 1;
    }
  }

  int meeting(int a, int b) const {
    while (a != b) (depth[index(a)] < depth[index(b)] ? b : a) = before[index(depth[index(a)] < depth[index(b)] ? b : a)];
    return a;
  }

  // The layers from one tensor to another.
  void build(Chain& chain, int from, int to) {
    std::vector<int> path;
    for (int tensor = to; tensor != from; tensor = before[index(tensor)]) path.push_back(tensor);
    for (std::size_t k = path.size(); k-- > 0;) add(chain, path[k]);
  }

  void add(Chain& chain, int tensor) {
    const int which = writer[index(tensor)];
    const Node at = node(which);
    if (at.op.outputs.size() != 1) at.refuse(text("has ", at.op.outputs.size(), " outputs"), "one" + cut);
    if (done[index(which)])
      at.refuse("feeds branches that meet in different places", "chains, sums and concatenations within each other" + cut);
    done[index(which)] = true;
    require_float(tensor);
    const LayerKind* kind = LayerKind::find(at.op.kind);
    const std::vector<std::size_t> inputs = computed_inputs(at);
    if (kind == nullptr) at.refuse("is no layer of nn/ that learns", LayerKind::expected() + cut);
    const std::string origin = label(at.op, at.index);
    chain.origin = origin;
    if (inputs.size() == 1) {
      if (kind->add == nullptr) at.refuse("has one input that is computed", "several" + cut);
      return kind->add(at, chain);
    }
    if (kind->join == nullptr)
      at.refuse(text("has ", inputs.size(), " inputs that are computed, for which nn/ has no layer"), "one" + cut);
    std::vector<Chain> branches;
    for (std::size_t input : inputs) {
      Chain branch{.input = chain.output()};
      build(branch, before[index(tensor)], at.op.inputs[input]);
      branches.push_back(std::move(branch));
    }
    chain.origin = origin;
    kind->join(at, chain, std::move(branches));
  }

  Model& model;
  std::vector<int> writer;  // operator of each tensor
  std::vector<int> before;  // the tensor that dominates it
  std::vector<int> depth;   // how many do; -1: it does not depend on the input
  std::vector<bool> done;
  int begin = -1;
};

}  // namespace

void end_with(Model& model, const std::string& kind) {
  if (model.outputs.size() != 1) return;  // trainable() says so
  int& output = model.outputs[0];
  const auto writes = [&](const Operator& op) { return op.outputs == std::vector{output}; };
  const auto writer = std::ranges::find_if(model.operators, writes);
  if (writer == model.operators.end()) return;
  if (writer->kind == "softmax" || writer->kind == "logistic")
    throw failure(model.file, "ends with a " + std::string{writer->kind == "softmax" ? "softmax" : "sigmoid"} + " already",
                  "it without --last");
  if (kind == "softmax" && writer->kind == "log_softmax") {
    writer->kind = "softmax";
    return;
  }
  Tensor made = model.tensor(output);
  made.name += "/" + kind;
  model.tensor(output).outside = {};
  model.tensors.push_back(std::move(made));
  model.operators.push_back({.kind = kind,
                             .name = kind == "softmax" ? "SOFTMAX" : "LOGISTIC",
                             .inputs = {output},
                             .outputs = {static_cast<int>(model.tensors.size()) - 1},
                             .place = "the --last " + std::string{kind == "softmax" ? "softmax" : "sigmoid"}});
  output = model.operators.back().outputs[0];
}

Chain trainable(Model model) {
  check(model);
  dilate(model);
  standardize(model);
  return Structure{model}.all();
}

}  // namespace tools::importer
