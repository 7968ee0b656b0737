// A map of names: a text file whose lines name one of our layers, or one of its tensors, and what a file of PyTorch calls it.
//
//   # ours = theirs
//   0 = features.conv1
//   3.body.0 = layer1.0.conv1
//   5.weight = head
//   6 = gru#1                   the second layer of a stacked nn.GRU
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tools/pytorch/module.hpp"

namespace tools::pytorch {

class NameMap {
 public:
  NameMap() = default;
  // Throws Failure for a line that is none, or that names what the network does not have.
  NameMap(const std::string& file, const std::vector<Module>& modules);

  // What a part is called; nothing if the map does not say.
  std::optional<std::string> name_of(const Module& module, const Part& part) const;
  bool has(const Module& module) const;

  const std::string& file() const { return from; }

 private:
  std::string from;
  std::map<std::string, std::string> theirs;
};

// "gru" and "weight_ih_l0" as "gru.weight_ih_l0"; of "gru#1" as "gru.weight_ih_l1".
std::string tensor_name(const std::string& module, const std::string& part);

}  // namespace tools::pytorch
