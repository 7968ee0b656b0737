#include "tools/import/until.hpp"

#include <algorithm>
#include <optional>

#include "tools/data/failure.hpp"
#include "tools/import/names.hpp"

namespace tools::importer {

namespace {

bool is_tensor(const Model& model, int number) { return number >= 0 && static_cast<std::size_t>(number) < model.tensors.size(); }

// Those that operators compute, in the order in which they do.
std::vector<int> computed(const Model& model) {
  std::vector<int> all;
  for (const Operator& operation : model.operators)
    for (int output : operation.outputs)
      if (is_tensor(model, output) && !model.tensor(output).variable && std::ranges::find(all, output) == all.end())
        all.push_back(output);
  return all;
}

Failure refusal(const Model& model, const std::vector<int>& among, const std::string& wrong) {
  std::string list;
  for (int tensor : among) list += text("\n  ", tensor, "  ", in_quotes(model.tensor(tensor).name));
  return failure(model.file, wrong, "one of these, by its name or its number:" + list);
}

int find(const Model& model, const std::string& until) {
  const std::vector<int> all = computed(model);
  std::optional<int> found;
  for (int tensor : all) {
    if (model.tensor(tensor).name != until) continue;
    if (found) throw refusal(model, all, "has several tensors " + in_quotes(until));
    found = tensor;
  }
  if (found) return *found;
  for (int tensor : all)
    if (std::to_string(tensor) == until) return tensor;
  throw refusal(model, all, "has no operator that computes the tensor " + in_quotes(until));
}

bool needs_any(const std::vector<bool>& needed, const std::vector<int>& tensors) {
  return std::ranges::any_of(tensors, [&](int tensor) {
    return tensor >= 0 && static_cast<std::size_t>(tensor) < needed.size() && needed[static_cast<std::size_t>(tensor)];
  });
}

}  // namespace

std::string cut(Model& model, const std::string& until) {
  const int last = find(model, until);
  std::vector<bool> needed(model.tensors.size(), false), kept(model.operators.size(), false);
  needed[static_cast<std::size_t>(last)] = true;
  // A variable may be read before it is written, so that one round backward need not be enough.
  for (bool grows = true; grows;) {
    grows = false;
    for (std::size_t i = model.operators.size(); i-- > 0;) {
      if (kept[i] || !needs_any(needed, model.operators[i].outputs)) continue;
      kept[i] = grows = true;
      for (int input : model.operators[i].inputs)
        if (is_tensor(model, input)) needed[static_cast<std::size_t>(input)] = true;
    }
  }

  const std::size_t before = model.operators.size();
  std::vector<Operator> operators;
  for (std::size_t i = 0; i < before; ++i)
    if (kept[i]) operators.push_back(std::move(model.operators[i]));
  model.operators = std::move(operators);
  std::string sentence =
      text("cut behind ", label(model, last), ": ", model.operators.size(), " of ", before, " operators remain");
  std::erase_if(model.inputs, [&](int input) {
    if (!is_tensor(model, input) || needed[static_cast<std::size_t>(input)]) return false;
    sentence += ", without the input " + label(model, input);
    return true;
  });
  model.outputs = {last};
  return sentence;
}

}  // namespace tools::importer
