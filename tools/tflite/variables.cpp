#include "tools/tflite/variables.hpp"

#include <map>
#include <string>

#include "tools/data/text.hpp"

namespace tools::tflite {

namespace {

using importer::Model;
using importer::Operator;
using importer::Tensor;

bool exists(const Model& model, int tensor) { return tensor >= 0 && static_cast<std::size_t>(tensor) < model.tensors.size(); }

// The names of the variables that tensors are handles of.
std::map<int, std::string> handles(const Model& model) {
  std::map<int, std::string> names;
  for (const Operator& op : model.operators) {
    if (op.kind != "var_handle" || op.outputs.size() != 1) continue;
    const auto *container = op.attributes.find<std::string>("container"), *name = op.attributes.find<std::string>("shared_name");
    names[op.outputs[0]] = (container == nullptr ? "" : *container) + "/" + (name == nullptr ? "" : *name);
  }
  return names;
}

class Resolution {
 public:
  Resolution(Model& subject, const std::vector<Model>& all) : model{subject}, subgraphs{all}, names{handles(subject)} {}

  void run() {
    for (Operator& op : model.operators) {
      if (op.kind == "call_once") call_once(op);
      if (op.kind == "var_handle") op.outputs.clear();
      if (op.kind == "read_variable") read(op);
      if (op.kind == "assign_variable") assign(op);
    }
  }

 private:
  // Constants are assigned to variables, and nothing else is done.
  void call_once(Operator& op) {
    const auto* index = op.attributes.find<std::int64_t>("init_subgraph_index");
    if (index == nullptr || *index < 0 || static_cast<std::size_t>(*index) >= subgraphs.size()) {
      op.obstacle = {text("calls subgraph ", index == nullptr ? -1 : *index),
                     text("one below ", subgraphs.size(), ", their number")};
      return;
    }
    const Model& called = subgraphs[static_cast<std::size_t>(*index)];
    const std::map<int, std::string> its = handles(called);
    for (const Operator& each : called.operators) {
      const bool assigns = each.kind == "assign_variable" && each.inputs.size() == 2 && its.contains(each.inputs[0]) &&
                           exists(called, each.inputs[1]) && !called.tensor(each.inputs[1]).data.empty();
      if (!assigns && each.kind != "var_handle") {
        op.obstacle = {text("sets variables by ", each.name, ", or by what is computed"), "constants that are assigned"};
        return;
      }
      if (assigns) initial[its.at(each.inputs[0])] = called.tensor(each.inputs[1]).data;
    }
  }

  void read(Operator& op) {
    if (op.inputs.size() != 1 || op.outputs.size() != 1 || !names.contains(op.inputs[0]) || !exists(model, op.outputs[0]))
      return note(op);
    op.inputs[0] = variable(op.inputs[0], op.outputs[0]);
  }
  void assign(Operator& op) {
    if (op.inputs.size() != 2 || !op.outputs.empty() || !names.contains(op.inputs[0]) || !exists(model, op.inputs[1]))
      return note(op);
    op.outputs = {variable(op.inputs[0], op.inputs[1])};
    op.inputs.erase(op.inputs.begin());
  }
  static void note(Operator& op) {
    op.obstacle = {"has no handle of a variable that the same subgraph makes", "VAR_HANDLE before it"};
  }

  // The tensor behind a handle, which is like the one that it is read to or assigned from.
  int variable(int handle, int like) {
    const std::string& name = names.at(handle);
    const auto [place, is_new] = variables.try_emplace(name, static_cast<int>(model.tensors.size()));
    if (is_new) {
      Tensor made = model.tensor(like);
      made.name = name.substr(name.find('/') + 1);
      made.variable = true;
      made.data = initial[name];
      model.tensors.push_back(std::move(made));
    }
    return place->second;
  }

  Model& model;
  const std::vector<Model>& subgraphs;
  std::map<int, std::string> names;                           // of handles
  std::map<std::string, std::vector<std::uint8_t>> initial;   // of variables, by name
  std::map<std::string, int> variables;                       // tensors, by name
};

}  // namespace

void resolve_variables(Model& model, const std::vector<Model>& subgraphs) { Resolution{model, subgraphs}.run(); }

}  // namespace tools::tflite
