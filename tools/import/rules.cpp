#include "tools/import/rules.hpp"

#include <map>

namespace tools::importer {

namespace {

std::map<std::type_index, Rules>& registered() {
  static std::map<std::type_index, Rules> all;
  return all;
}

}  // namespace

const Rules& Rules::of(const Operation& operation) {
  static const Rules none;
  const auto found = registered().find(operation->type());
  return found == registered().end() ? none : found->second;
}

void Rules::add(std::type_index type, const Rules& rules) { registered().emplace(type, rules); }

}  // namespace tools::importer
