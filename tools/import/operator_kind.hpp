// OperatorKind: what the importer knows of one operator. Each is written in a file of operators/, which registers it:
//
//   const OperatorKind neg{{.name = "neg", .types = {Type::float32}, .check = check_like_input, .lower = lower}};
//
// No list names them; the sentence that refuses another one is made of those that are registered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/import/node.hpp"

namespace tools::importer {

class Lowering;

// An output that is one piece of a tensor of as many dimensions, in the same order.
struct Part {
  int tensor;
  std::vector<int> begin;  // where it begins there, for each dimension
};

struct OperatorFacts {
  std::string_view name;         // as Operator::kind has it; in capitals, as sentences have it
  std::vector<Type> types = {};  // of the input `main`, that `lower` takes
  std::size_t main = 0;
  // Refuses inputs, attributes, types and shapes that do not fit together, whether `lower` can take them or not, and sets the
  // output.
  void (*check)(const Node&) = nullptr;
  // Adds operators of nn/ to a network, or refuses.
  void (*lower)(Lowering&) = nullptr;
  // What an output is of an input, if it is a part of one (view.hpp). May be absent.
  std::optional<Part> (*part)(const Node&, std::size_t output) = nullptr;
  // The bytes of its outputs, where they are known beforehand (fold.hpp); nothing: they are not. May be absent.
  std::vector<std::vector<std::uint8_t>> (*fold)(const Node&) = nullptr;
};

class OperatorKind : public OperatorFacts {
 public:
  explicit OperatorKind(OperatorFacts facts);

  bool takes(Type type) const;

  static const OperatorKind* find(std::string_view name);  // nullptr: nobody knows it
  static std::string expected(Type type);                  // "ADD, … or TRANSPOSE": those that take such an input
};

}  // namespace tools::importer
