#include "tools/import/remove_operators.hpp"

#include <algorithm>

#include "tools/import/intervals.hpp"
#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

bool contains(const std::vector<int>& numbers, int number) { return std::ranges::find(numbers, number) != numbers.end(); }

// Every code that can come stays as it is: a change of scale to the same one, a ReLU behind a ReLU.
bool changes_nothing(const Applied& applied, const Intervals& proven) {
  return Rules::of(applied.operation).changes_nothing(applied.operation, proven.at(applied.inputs[0], 0, 0));
}

// From run to run: who reads it before and after it is written reads other numbers.
bool is_kept(const Network& network, int tensor) { return network.tensor(tensor).variable || network.tensor(tensor).whole >= 0; }

void replace(Network& network, int tensor, int by) {
  for (Applied& applied : network.operators) std::ranges::replace(applied.inputs, tensor, by);
  std::ranges::replace(network.outputs, tensor, by);
}

bool is_read(const Network& network, int tensor) {
  return contains(network.outputs, tensor) ||
         std::ranges::any_of(network.operators, [&](const Applied& a) { return contains(a.inputs, tensor); });
}

// Numbers those that are left anew.
void remove_tensors(Network& network) {
  std::vector<int> number(network.tensors.size(), -1);
  std::vector<Place> left;
  for (int t = 0; t < static_cast<int>(network.tensors.size()); ++t) {
    const auto lies_there = [t](const Place& part) { return part.whole == t; };
    const bool written = std::ranges::any_of(network.tensors, lies_there) ||
                         std::ranges::any_of(network.operators, [&](const Applied& a) { return a.output == t; });
    if (!written && !contains(network.inputs, t) && !is_read(network, t)) continue;
    number[static_cast<std::size_t>(t)] = static_cast<int>(left.size());
    left.push_back(network.tensor(t));
  }
  network.tensors = left;
  const auto renumber = [&](int& tensor) { tensor = number[static_cast<std::size_t>(tensor)]; };
  std::ranges::for_each(network.inputs, renumber);
  std::ranges::for_each(network.outputs, renumber);
  for (Place& tensor : network.tensors)
    if (tensor.whole >= 0) renumber(tensor.whole);
  for (Applied& applied : network.operators) {
    renumber(applied.output);
    std::ranges::for_each(applied.inputs, renumber);
  }
}

}  // namespace

void remove_operators(Network& network) {
  const Intervals proven = intervals(network);
  for (std::size_t i = network.operators.size(); i-- > 0;) {
    const Applied applied = network.operators[i];
    // An input or a constant is no output.
    const bool known = contains(network.inputs, applied.inputs[0]) || !network.tensor(applied.inputs[0]).constant.empty();
    const bool answers = known && contains(network.outputs, applied.output);
    const bool passes =
        !answers && !is_kept(network, applied.inputs[0]) && !is_kept(network, applied.output) && changes_nothing(applied, proven);
    if (passes) replace(network, applied.output, applied.inputs[0]);
    if (!passes && (is_read(network, applied.output) || is_kept(network, applied.output))) continue;
    if (network.operators.size() == 1) break;
    network.removed.push_back(applied.name);
    network.operators.erase(network.operators.begin() + static_cast<std::ptrdiff_t>(i));
  }
  remove_tensors(network);
}

}  // namespace tools::importer
