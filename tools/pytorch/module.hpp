// Module: the parameters of one layer as PyTorch's module of the same kind has them: tensors with names, shapes and numbers in
// PyTorch's order, each of which stands somewhere in the layer's own parameters.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace tools::pytorch {

using Extents = std::vector<std::uint64_t>;

struct Part {
  std::string name;             // as in a state dict, behind the module's: "weight", "weight_ih_l0"
  std::vector<Extents> shapes;  // that hold the same numbers in the same order; it is written as the first
  std::vector<float*> at;       // number i of the tensor, in the layer's parameters
  bool optional = false;        // PyTorch's module may do without,
  float missing = 0;            // as if it were this everywhere
  std::size_t added = 0;        // so many numbers, the first, are added to what another part put there; they are written as 0
  double less = 0;              // the layer has the tensor's numbers less this

  void take(const std::vector<float>& numbers) const {
    for (std::size_t i = 0; i < at.size(); ++i) {
      const float number = less == 0 ? numbers[i] : static_cast<float>(static_cast<double>(numbers[i]) - less);
      if (i >= added)
        *at[i] = number;
      else if (number != 0)
        *at[i] += number;
    }
  }
  void take_missing() const { take(std::vector<float>(at.size(), missing)); }

  std::vector<float> give() const {
    std::vector<float> numbers(at.size());
    for (std::size_t i = 0; i < at.size(); ++i)
      if (i >= added) numbers[i] = less == 0 ? *at[i] : static_cast<float>(static_cast<double>(*at[i]) + less);
    return numbers;
  }
};

struct Module {
  std::string name;         // its place, as nn.Sequential and nn.ModuleList number modules: "0", "3.body.1"
  std::string layer;        // "Conv2d"
  std::vector<Part> parts;  // in the order of a state dict
  bool counts = false;      // it has num_batches_tracked, which no network needs
  std::string note;         // what else is done to its numbers
  std::string refusal;      // why PyTorch has no such module; usually empty

  std::string text() const { return "layer " + name + " (" + layer + ")"; }
};

}  // namespace tools::pytorch
