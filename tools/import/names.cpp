#include "tools/import/names.hpp"

namespace tools::importer {

const char* name(Type type) {
  switch (type) {
    case Type::float32: return "float32";
    case Type::float16: return "float16";
    case Type::int8: return "int8";
    case Type::int16: return "int16";
    case Type::int32: return "int32";
    case Type::int64: return "int64";
    case Type::uint8: return "uint8";
    case Type::boolean: return "bool";
    case Type::int4: return "int4";
    case Type::unknown: return "an unknown type";
    case Type::other: return "another type";
  }
  return "";
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t most = 60, half = 28;
  std::string shown{name};
  if (name.size() > most) shown = text(name.substr(0, half), "...", name.substr(name.size() - half));
  for (char& c : shown)
    if (c < ' ' || c > '~') c = '?';
  return '"' + shown + '"';
}

std::string label(const Model& model, int tensor) { return text("tensor ", tensor, " ", in_quotes(model.tensor(tensor).name)); }

std::string label(const Operator& operation, std::size_t index) {
  return operation.place.empty() ? text("operator ", index, " ", operation.name) : operation.place;
}

}  // namespace tools::importer
