#include "tools/tflite/names.hpp"

namespace tools::tflite {

const char* name(Type type) {
  switch (type) {
    case Type::float32: return "float32";
    case Type::int8: return "int8";
    case Type::int16: return "int16";
    case Type::int32: return "int32";
    case Type::int64: return "int64";
    case Type::uint8: return "uint8";
    case Type::boolean: return "bool";
    case Type::int4: return "int4";
    default: return "another type";
  }
}

const char* name(Padding padding) { return padding == Padding::same ? "same" : "valid"; }

const char* name(Activation activation) {
  switch (activation) {
    case Activation::none: return "none";
    case Activation::relu: return "relu";
    case Activation::relu_n1_to_1: return "relu_n1_to_1";
    case Activation::relu6: return "relu6";
    default: return "another activation";
  }
}

std::string in_quotes(std::string_view name) {
  constexpr std::size_t most = 60, half = 28;
  std::string shown{name};
  if (name.size() > most) shown = text(name.substr(0, half), "...", name.substr(name.size() - half));
  for (char& c : shown)
    if (c < ' ' || c > '~') c = '?';
  return '"' + shown + '"';
}

std::string label(const Model& model, int tensor) {
  return text("tensor ", tensor, " ", in_quotes(model.tensors[static_cast<std::size_t>(tensor)].name));
}

std::string label(const Operator& operation, std::size_t index) { return text("operator ", index, " ", operation.name); }

}  // namespace tools::tflite
