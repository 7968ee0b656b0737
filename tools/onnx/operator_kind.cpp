#include "tools/onnx/operator_kind.hpp"

namespace tools::onnx {

namespace {

std::map<std::pair<std::string, std::string>, const OperatorKind*>& registered() {
  static std::map<std::pair<std::string, std::string>, const OperatorKind*> all;
  return all;
}

}  // namespace

OperatorKind::OperatorKind(const char* operation, void (*by)(Node&), const char* domain) : translate{by} {
  registered().emplace(std::pair{std::string{domain}, std::string{operation}}, this);
}

const OperatorKind* OperatorKind::find(const std::string& domain, const std::string& operation) {
  const auto found = registered().find({domain, operation});
  return found == registered().end() ? nullptr : found->second;
}

std::string OperatorKind::names(const std::string& domain) {
  std::string list;
  for (const auto& [name, kind] : registered())
    if (name.first == domain) list += (list.empty() ? "" : ", ") + name.second;
  return list;
}

}  // namespace tools::onnx
