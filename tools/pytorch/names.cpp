#include "tools/pytorch/names.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"

namespace tools::pytorch {

namespace {

// "3.body.0" of "3.body.", 0
bool follows(const Module& module, const Module& before) {
  const auto split = [](const std::string& name) {
    const std::size_t dot = name.rfind('.') + 1;  // 0 if there is none
    return std::pair{name.substr(0, dot), std::stoul(name.substr(dot))};
  };
  const auto [parent, place] = split(module.name);
  return split(before.name) == std::pair{parent, place - 1};
}

const Part* part_of(const Module& module, const std::string& name) {
  const auto found = std::ranges::find(module.parts, name, &Part::name);
  return found == module.parts.end() ? nullptr : &*found;
}

// gamma·(x + b - mean)·s + beta = gamma·(x - (mean - b))·s + beta
void move_bias(const Part& bias, const Part& mean) {
  for (std::size_t i = 0; i < bias.at.size(); ++i) {
    *mean.at[i] -= *bias.at[i];
    *bias.at[i] = 0;
  }
}

void require_missing(const std::vector<Module>& modules, std::size_t m, const Part& part, const std::string& file) {
  const auto is_missing = [&] { return std::ranges::all_of(part.give(), [&](float number) { return number == part.missing; }); };
  if (is_missing()) return;
  if (part.name == "bias" && m + 1 < modules.size() && modules[m + 1].counts && follows(modules[m + 1], modules[m]))
    if (const Part* const mean = part_of(modules[m + 1], "running_mean"); mean != nullptr && mean->at.size() == part.at.size())
      return move_bias(part, *mean);
  throw failure(file, "has no " + part.name + " for " + modules[m].text() + ", which has learnt one",
                "a file with one, or --map without --like");
}

}  // namespace

PartNames names_of(const std::vector<Module>& modules, const NameMap& map, const std::optional<safetensors::Tensors>& like) {
  PartNames names;
  if (like) {
    const Assignment assignment = assign(modules, *like, map);
    for (std::size_t m = 0; m < modules.size(); ++m) {
      names.emplace_back();
      for (std::size_t k = 0; k < modules[m].parts.size(); ++k) {
        const safetensors::Tensor* const tensor = assignment.modules[m].tensors[k];
        if (tensor == nullptr) require_missing(modules, m, modules[m].parts[k], like->file);
        names[m].push_back(tensor == nullptr ? PartName{} : PartName{tensor->name, tensor->shape});
      }
    }
    return names;
  }
  for (const Module& module : modules) {
    names.emplace_back();
    for (const Part& part : module.parts)
      names.back().push_back({map.name_of(module, part).value_or(module.name + "." + part.name), part.shapes[0]});
  }
  return names;
}

std::vector<safetensors::Written> state_dict(const std::vector<Module>& modules, const PartNames& names) {
  std::vector<safetensors::Written> tensors;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    if (!modules[m].refusal.empty())
      throw failure(modules[m].text(), modules[m].refusal, "a network that PyTorch can have, or --onnx");
    for (std::size_t k = 0; k < modules[m].parts.size(); ++k) {
      const Part& part = modules[m].parts[k];
      const auto& [name, shape] = names[m][k];
      if (name.empty()) continue;
      tensors.push_back({name, shape, part.give()});
      if (part.name == "running_var" && name.ends_with(part.name))
        tensors.push_back({name.substr(0, name.size() - part.name.size()) + "num_batches_tracked", {}, {}, true});
    }
  }
  return tensors;
}

}  // namespace tools::pytorch
