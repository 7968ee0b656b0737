#include "tools/import/operator_kind.hpp"

#include <algorithm>
#include <cctype>
#include <map>

namespace tools::importer {

namespace {

std::map<std::string_view, const OperatorKind*>& kinds_by_name() {
  static std::map<std::string_view, const OperatorKind*> all;
  return all;
}

}  // namespace

OperatorKind::OperatorKind(OperatorFacts facts) : OperatorFacts{std::move(facts)} { kinds_by_name().emplace(name, this); }

bool OperatorKind::takes(Type type) const { return std::ranges::find(types, type) != types.end(); }

const OperatorKind* OperatorKind::find(std::string_view name) {
  const auto found = kinds_by_name().find(name);
  return found == kinds_by_name().end() ? nullptr : found->second;
}

std::string OperatorKind::expected(Type type) {
  std::vector<std::string> names;
  for (const auto& [name, kind] : kinds_by_name()) {
    if (!kind->takes(type)) continue;
    names.emplace_back(name);
    for (char& c : names.back()) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) list += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + names[i];
  return list.empty() ? "an operator on another type" : list;
}

}  // namespace tools::importer
