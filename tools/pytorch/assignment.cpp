#include "tools/pytorch/assignment.hpp"

#include <algorithm>
#include <set>

#include "tools/data/failure.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/text.hpp"
#include "tools/pytorch/group.hpp"

namespace tools::pytorch {

namespace {

using safetensors::Tensor;
using safetensors::Tensors;

bool fits(const Part& part, const Tensor& tensor) { return std::ranges::find(part.shapes, tensor.shape) != part.shapes.end(); }

// It has tensors for the module's parts and no others.
bool is_of_kind(const Group& group, const Module& module) {
  const auto part_of = [&](const std::string& name) { return std::ranges::find(module.parts, name, &Part::name); };
  return std::ranges::all_of(group.tensors, [&](const auto& entry) { return part_of(entry.first) != module.parts.end(); }) &&
         std::ranges::all_of(module.parts, [&](const Part& part) { return part.optional || group.tensors.contains(part.name); });
}

bool fits(const Group& group, const Module& module) {
  return is_of_kind(group, module) && std::ranges::all_of(module.parts, [&](const Part& part) {
           const auto found = group.tensors.find(part.name);
           return found == group.tensors.end() || fits(part, *found->second);
         });
}

std::string wish(const Part& part) {
  std::string shapes;
  for (const Extents& shape : part.shapes) shapes += (shapes.empty() ? "" : " or ") + safetensors::shape_text(shape);
  return part.name + " " + shapes;
}

std::string tensor_text(const Tensor& tensor) { return shown(tensor.name) + " is " + safetensors::shape_text(tensor.shape); }

// Why none of the groups is the module: most plainly, because what has its shape holds whole numbers, as of a quantized network.
Failure no_fit(const Module& module, const std::vector<Group>& groups, const Tensors& from) {
  for (const Part& part : module.parts)
    for (const Tensor& tensor : from.list)
      if (!safetensors::is_real(tensor.dtype) && fits(part, tensor) && tensor.name.ends_with(part.name))
        return failure(from.file,
                       tensor_text(tensor) + " of " + std::string{safetensors::name_of(tensor.dtype)} + ", and " + module.text() +
                           " takes " + wish(part) + " of real numbers",
                       "F32, F16, BF16 or F64, as before it was quantized");
  for (const bool of_kind : {true, false})
    for (const Group& group : groups) {
      if (group.taken || (of_kind && !is_of_kind(group, module))) continue;
      for (const Part& part : module.parts)
        if (const auto found = group.tensors.find(part.name); found != group.tensors.end() && !fits(part, *found->second))
          return failure(from.file, tensor_text(*found->second) + ", and " + module.text() + " takes " + wish(part),
                         "a state dict of this network, or a --map of names");
    }
  std::string wishes;
  for (const Part& part : module.parts)
    if (!part.optional) wishes += (wishes.empty() ? "" : ", ") + wish(part);
  std::string left;
  std::size_t more = 0;
  for (const Group& group : groups)
    for (const auto& [name, tensor] : group.tensors)
      if (!group.taken && ++more == 1) left = shown(tensor->name) + ", " + safetensors::shape_text(tensor->shape);
  left = more == 0 ? ", any more" : text("; what is left is ", left, more > 1 ? text(", and ", more - 1, " more") : "");
  return failure(from.file, "has nothing for " + module.text() + ", which takes " + wishes + left,
                 "a state dict of this network, or a --map of names");
}

Assigned by_map(const Module& module, const Tensors& from, const NameMap& map, std::vector<Group>& groups) {
  Assigned assigned;
  for (const Part& part : module.parts) {
    const auto name = map.name_of(module, part);
    const Tensor* tensor = name ? from.find(*name) : nullptr;
    // A GRUCell has no levels.
    if (name && tensor == nullptr && name->ends_with("_l0")) tensor = from.find(name->substr(0, name->size() - 3));
    if (tensor == nullptr && !part.optional)
      throw failure(from.file,
                    "has no " + (name ? shown(*name) : part.name) + ", which " + map.file() + " asks for, for " + part.name +
                        " of " + module.text(),
                    "a map of names that the file has");
    if (tensor != nullptr && !fits(part, *tensor))
      throw failure(from.file, tensor_text(*tensor) + ", and " + module.text() + " takes " + wish(part),
                    "another tensor in " + map.file());
    if (tensor != nullptr)
      for (Group& group : groups)
        if (std::ranges::any_of(group.tensors, [&](const auto& entry) { return entry.second == tensor; })) group.taken = true;
    assigned.tensors.push_back(tensor);
  }
  return assigned;
}

}  // namespace

Assignment assign(const std::vector<Module>& modules, const Tensors& from, const NameMap& map) {
  std::vector<Group> groups = groups_of(from);
  Assignment result;
  result.modules.resize(modules.size());
  for (std::size_t m = 0; m < modules.size(); ++m) {
    if (!modules[m].refusal.empty()) throw failure(modules[m].text(), modules[m].refusal, "a network that PyTorch can have");
    if (map.has(modules[m])) result.modules[m] = by_map(modules[m], from, map, groups);
  }
  std::string parent;
  for (std::size_t m = 0; m < modules.size(); ++m) {
    const Module& module = modules[m];
    if (map.has(module)) continue;
    Group* best = nullptr;
    std::size_t same_parent = 0, all = 0;
    for (Group& group : groups) {
      if (group.taken || !fits(group, module)) continue;
      const bool near = group.parent == parent;
      if (best == nullptr || (near && same_parent == 0)) best = &group;
      ++all;
      if (near) ++same_parent;
    }
    if (best == nullptr) throw no_fit(module, groups, from);
    best->taken = true;
    parent = best->parent;
    result.modules[m].others = all - 1;
    for (const Part& part : module.parts) {
      const auto found = best->tensors.find(part.name);
      result.modules[m].tensors.push_back(found == best->tensors.end() ? nullptr : found->second);
    }
  }
  std::set<const Tensor*> used;
  for (const Assigned& assigned : result.modules) used.insert(assigned.tensors.begin(), assigned.tensors.end());
  for (const Tensor& tensor : from.list)
    if (safetensors::is_real(tensor.dtype) && !used.contains(&tensor)) result.left.push_back(&tensor);
  return result;
}

void take(const std::vector<Module>& modules, const Tensors& from, const Assignment& assignment) {
  for (std::size_t m = 0; m < modules.size(); ++m)
    for (std::size_t k = 0; k < modules[m].parts.size(); ++k) {
      const Tensor* const tensor = assignment.modules[m].tensors[k];
      if (tensor == nullptr)
        modules[m].parts[k].take_missing();
      else
        modules[m].parts[k].take(from.floats(*tensor));
    }
}

}  // namespace tools::pytorch
