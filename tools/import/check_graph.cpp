#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/import/names.hpp"

namespace tools::importer {

namespace {

// Where a tensor is named, and so who writes it: an operator, by its index, or one of these.
constexpr int nobody = -3, model_outputs = -2, model_inputs = -1;

class Graph {
 public:
  explicit Graph(const Model& subject) : model{subject}, writers(subject.tensors.size(), nobody) {}

  void check() {
    if (model.operators.empty()) throw failure(model.file, "has no operators", "at least one");
    if (model.inputs.empty()) throw failure(model.file, "has no inputs", "at least one");
    if (model.outputs.empty()) throw failure(model.file, "has no outputs", "at least one");
    for (int tensor : model.inputs) write(model_inputs, tensor);
    for (std::size_t i = 0; i < model.operators.size(); ++i) {
      const int place = static_cast<int>(i);
      for (int tensor : model.operators[i].inputs)
        if (tensor != -1) read(place, tensor);
      const Operator& operation = model.operators[i];
      if (operation.outputs.empty() && !operation.inputs.empty()) throw refusal(place, "has no outputs", "at least one");
      for (int tensor : operation.outputs) operation.kind == "assign_variable" ? assign(place, tensor) : write(place, tensor);
    }
    for (int tensor : model.outputs) {
      require_tensor(model_outputs, tensor);
      if (writer(tensor) < 0) throw refusal(model_outputs, "no operator writes " + label(model, tensor), "outputs of operators");
    }
  }

 private:
  Failure refusal(int place, const std::string& wrong, const std::string& expected) const {
    return failure(model.file + ": " + name(place), wrong, expected);
  }
  Failure refusal_of(int place, int tensor, const std::string& wrong, const std::string& expected) const {
    return refusal(place, label(model, tensor) + wrong, expected);
  }

  std::string name(int place) const {
    if (place == model_inputs) return "the model's inputs";
    if (place == model_outputs) return "the model's outputs";
    return label(model.operators[static_cast<std::size_t>(place)], static_cast<std::size_t>(place));
  }

  int& writer(int tensor) { return writers[static_cast<std::size_t>(tensor)]; }

  void require_tensor(int place, int tensor) const {
    if (tensor >= 0 && static_cast<std::size_t>(tensor) < model.tensors.size()) return;
    throw refusal(place, text("there is no tensor ", tensor), text("tensors below ", model.tensors.size(), ", their number"));
  }

  bool written_somewhere(int tensor) const {
    for (const Operator& operation : model.operators)
      for (int output : operation.outputs)
        if (output == tensor) return true;
    return false;
  }

  void read(int place, int tensor) {
    require_tensor(place, tensor);
    const Tensor& from = model.tensor(tensor);
    if (writer(tensor) != nobody || !from.data.empty() || from.variable) return;
    if (written_somewhere(tensor))
      throw refusal_of(place, tensor, " is read before it is computed", "operators in the order in which they run");
    throw refusal_of(place, tensor, " has no data, and no operator computes it", "a constant, or the output of an operator");
  }

  void write(int place, int tensor) {
    require_tensor(place, tensor);
    const Tensor& to = model.tensor(tensor);
    if (to.variable) throw refusal_of(place, tensor, " is a variable", "a tensor computed anew in each run");
    if (!to.data.empty()) throw refusal_of(place, tensor, " is a constant", "a tensor without data");
    if (writer(tensor) != nobody) throw refusal_of(place, tensor, " is set twice", "each tensor written once");
    if (to.quantization.scale.size() > 1)
      throw refusal_of(place, tensor, text(" has ", to.quantization.scale.size(), " scales"), "one, as it is computed");
    writer(tensor) = place;
  }

  void assign(int place, int tensor) {
    require_tensor(place, tensor);
    if (!model.tensor(tensor).variable)
      throw refusal_of(place, tensor, " is no variable", "one that keeps its numbers from run to run");
  }

  const Model& model;
  std::vector<int> writers;  // of each tensor
};

}  // namespace

void check_graph(const Model& model) { Graph{model}.check(); }

}  // namespace tools::importer
