// Lowering: one operator of a model on its way into a network. What check.hpp has seen of inputs, attributes, types and shapes is
// not looked at again; what remains is whether nn/ has it.
#pragma once

#include <map>

#include "tools/import/network.hpp"
#include "tools/import/node.hpp"

namespace tools::importer {

// The network that is being made.
struct Building {
  Manner manner = Manner::merged;
  Network network{};
  std::map<int, int> place{};  // of the model's tensors among the network's
  std::int64_t bytes = 0;    // of all tensors
  std::int64_t steps = 0;    // of all operators

  // The number of a tensor in the network.
  int tensor(const Model& model, int of_model);
  // Of one that keeps its numbers from run to run.
  int variable(const Model& model, int of_model);
  // A new one, like this tensor of the model.
  int add(const Model& model, int of_model);
};

class Lowering : public Node {
 public:
  Lowering(Model& whole, std::size_t at, Building& made) : Node{whole, at}, building{made} {}

  // Makes output `to` of these inputs, or of these tensors of the model.
  void apply(Operation operation, const std::vector<std::size_t>& inputs = {0}, std::size_t to = 0);
  void apply_to(const std::vector<int>& tensors, Operation operation, std::size_t to = 0);
  // Output `to` is an input under another name: nothing is to be done, unless it has a place of its own.
  void pass(std::size_t input = 0, std::size_t to = 0);
  // Output `to` = an input, number by number.
  void copy(std::size_t input = 0, std::size_t to = 0);

  // Keeps constants that operators point to.
  template <class Number>
  const Number* keep(std::vector<Number> values) {
    return building.network.keep(std::move(values)).data();
  }

  // It, or its numbers, of this type cannot be lowered.
  [[noreturn]] void refuse_type(Type type) const;
  void require_type(const Tensor& tensor, const std::string& what, Type type) const;
  using Node::require_type;

  // Elements of input i; there are at most as many as limits.hpp allows.
  std::int32_t count(std::size_t i = 0) const { return static_cast<std::int32_t>(element_count(input(i).shape)); }

  Building& building;
};

// By its kind; its type must be one that this takes.
void lower_operator(Lowering& node);

}  // namespace tools::importer
