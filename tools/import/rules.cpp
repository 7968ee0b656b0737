#include "tools/import/rules.hpp"

#include <map>

namespace tools::importer {

namespace {

std::map<std::type_index, Rules>& rules_by_type() {
  static std::map<std::type_index, Rules> all;
  return all;
}

}  // namespace

const Rules& Rules::of(const Operation& operation) {
  static const Rules none;
  const auto found = rules_by_type().find(operation->type());
  return found == rules_by_type().end() ? none : found->second;
}

void Rules::add(std::type_index type, const Rules& rules) { rules_by_type().emplace(type, rules); }

}  // namespace tools::importer
