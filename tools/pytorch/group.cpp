#include "tools/pytorch/group.hpp"

#include <algorithm>
#include <utility>

namespace tools::pytorch {

namespace {

using safetensors::Tensor;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// As people sort names: runs of digits by their numbers.
bool before(std::string_view a, std::string_view b) {
  std::size_t i = 0, k = 0;
  while (i < a.size() && k < b.size()) {
    if (!is_digit(a[i]) || !is_digit(b[k])) {
      if (a[i] != b[k]) return static_cast<unsigned char>(a[i]) < static_cast<unsigned char>(b[k]);
      ++i, ++k;
      continue;
    }
    const auto run = [](std::string_view text, std::size_t& at) {
      while (at + 1 < text.size() && text[at] == '0' && is_digit(text[at + 1])) ++at;
      const std::size_t begin = at;
      while (at < text.size() && is_digit(text[at])) ++at;
      return text.substr(begin, at - begin);
    };
    const std::string_view first = run(a, i), second = run(b, k);
    if (first != second) return first.size() != second.size() ? first.size() < second.size() : first < second;
  }
  return a.size() - i < b.size() - k;
}

struct Place {
  std::string module, part;
};

// "gru.weight_ih_l1" is weight_ih_l0 of gru#1, and the "cell.weight_ih" of a GRUCell weight_ih_l0 of cell.
Place place_of(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  Place place{dot == name.npos ? "" : name.substr(0, dot), dot == name.npos ? name : name.substr(dot + 1)};
  for (const char* kind : {"weight_ih", "weight_hh", "bias_ih", "bias_hh"}) {
    if (!place.part.starts_with(kind)) continue;
    const std::string rest = place.part.substr(std::string_view{kind}.size());
    if (rest.empty()) return {place.module, std::string{kind} + "_l0"};
    std::size_t end = 2;
    while (end < rest.size() && is_digit(rest[end])) ++end;
    if (!rest.starts_with("_l") || end == 2) return place;
    const std::string level = rest.substr(2, end - 2);
    return {level == "0" ? place.module : place.module + "#" + level, std::string{kind} + "_l0" + rest.substr(end)};
  }
  return place;
}

std::string parent_of(const std::string& module) {
  const std::size_t dot = module.rfind('.');
  return dot == module.npos ? "" : module.substr(0, dot);
}

// Those of each dtype by themselves: PyTorch's library sorts by dtype first.
bool is_alphabetical(const std::vector<const Tensor*>& tensors) {
  std::map<safetensors::Dtype, std::string_view> last;
  return std::ranges::all_of(tensors, [&](const Tensor* tensor) {
    std::string_view& name = last[tensor->dtype];
    return std::exchange(name, tensor->name) <= tensor->name;
  });
}

}  // namespace

std::vector<Group> groups_of(const safetensors::Tensors& from) {
  std::vector<const Tensor*> tensors;
  for (const Tensor& tensor : from.list)
    if (safetensors::is_real(tensor.dtype)) tensors.push_back(&tensor);
  if (is_alphabetical(tensors)) std::ranges::stable_sort(tensors, before, &Tensor::name);
  std::vector<Group> groups;
  for (const Tensor* tensor : tensors) {
    const Place place = place_of(tensor->name);
    auto group = std::ranges::find(groups, place.module, &Group::name);
    if (group == groups.end()) group = groups.insert(groups.end(), {place.module, parent_of(place.module), {}});
    group->tensors[place.part] = tensor;
  }
  return groups;
}

}  // namespace tools::pytorch
