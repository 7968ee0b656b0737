#include "tools/import/header.hpp"
#include "tools/tflite/names.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <map>
#include <regex>
#include <span>

namespace tools::importer {

namespace {

std::string text(std::int32_t value) { return std::to_string(value); }
std::string text(std::int8_t value) { return std::to_string(value); }
std::string text(std::int16_t value) { return std::to_string(value); }
std::string text(std::uint16_t value) { return std::to_string(value); }
std::string text(std::int64_t value) { return std::to_string(value); }
std::string text(float value) {
  char digits[40];
  std::string shown = std::signbit(value) ? "-0x" : "0x";
  shown.append(digits, std::to_chars(digits, digits + sizeof digits, std::abs(value), std::chars_format::hex).ptr);
  return shown += "f";
}
std::string text(bool value) { return value ? "true" : "false"; }

// As it is spelled in C++, whatever the compiler calls it.
template <class Type>
std::string type() {
  std::string name = __PRETTY_FUNCTION__;
  name = name.substr(name.find("Type = ") + 7);
  name = name.substr(0, name.find_first_of(";]"));
  for (const auto& [own, standard] : {std::pair{"\\bunsigned char\\b", "std::uint8_t"}, {"\\bsigned char\\b", "std::int8_t"}, {"\\bunsigned short\\b|\\bshort unsigned int\\b", "std::uint16_t"},
                                      {"\\bshort int\\b|\\bshort\\b", "std::int16_t"}, {"\\blong int\\b|\\blong\\b", "std::int64_t"}, {"\\bint\\b", "std::int32_t"}})
    name = std::regex_replace(name, std::regex{own}, standard);
  return name;
}

template <class Type>
concept Aggregate = requires(const Type& value) { value.members([](const char*, const auto&) {}); };

std::string rows(std::size_t count, auto each) {
  std::string out;
  std::string line = "   ";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string value = each(i);
    if (line.size() + value.size() > 126) {
      out += line + "\n";
      line = "   ";
    }
    line += ' ';
    line += value;
    line += ',';
  }
  return out + line + "\n";
}

// Of a tensor among those that are computed or given: constants have no place in the workspace.
int number(const Network& network, int tensor) {
  const auto end = network.tensors.begin() + tensor;
  return static_cast<int>(std::count_if(network.tensors.begin(), end, [](const Tensor& each) { return each.constant.empty(); }));
}

template <class Each>
std::string list(std::size_t count, Each each) {
  std::string line;
  for (std::size_t i = 0; i < count; ++i) {
    if (i > 0) line += ", ";
    line += each(i);
  }
  return line;
}
std::string list(const std::vector<int>& numbers) {
  return list(numbers.size(), [&](std::size_t i) { return std::to_string(numbers[i]); });
}

class Writer {
 public:
  explicit Writer(const Network& all) : network{all} {}

  std::string constants() {
    for (const Applied& applied : network.operators) {
      own = applied.name;
      for (std::size_t i = 0; i < applied.inputs.size(); ++i) define_input(i, applied.inputs[i]);
      std::visit([this]<class Operation>(const Operation& operation) {
        const std::string fields = braced(operation, "");
        out += "inline constexpr " + type<Operation>() + " " + own + fields + ";\n\n";
      }, applied.operation);
    }
    return out;
  }

  // A tensor as Apply takes it: its number among those that are computed, or the address of its constants.
  std::string input(int tensor) const {
    const auto found = flash.find(tensor);
    return found != flash.end() ? "&" + found->second : std::to_string(number(network, tensor));
  }

 private:
  void define_input(std::size_t i, int number) {
    const Tensor& tensor = network.tensors[static_cast<std::size_t>(number)];
    if (tensor.constant.empty() || flash.contains(number)) return;
    const std::string what = "input_" + std::to_string(i);
    const auto define_as = [&]<class Number>(Number) {
      std::vector<Number> values(tensor.constant.size() / sizeof(Number));
      std::memcpy(values.data(), tensor.constant.data(), tensor.constant.size());
      flash[number] = array(what, std::span<const Number>{values});
    };
    if (tensor.type == tflite::Type::float32)
      define_as(float{});
    else if (tensor.type == tflite::Type::int16)
      define_as(std::int16_t{});
    else
      define_as(std::int8_t{});
  }

  // The name of an array of these values, written if there is none yet.
  template <class Number>
  std::string array(const std::string& what, std::span<const Number> values) {
    std::string content = "[" + std::to_string(values.size()) + "]{\n";
    content += rows(values.size(), [&](std::size_t i) { return element(values[i]); }) + "};\n";
    const std::string name = type<Number>();
    const auto [place, is_new] = arrays.try_emplace(name + content, own + "_" + what);
    if (is_new) out += std::string{sizeof(Number) > 4 ? "" : "alignas(4) "} + "inline constexpr " + name + " " + place->second + content;
    return place->second;
  }

  // An aggregate with its members by name.
  template <Aggregate Of>
  std::string braced(const Of& aggregate, const std::string& what) {
    std::string fields;
    aggregate.members([&](const std::string& name, const auto& value) {
      fields += (fields.empty() ? "." : ", .") + name + " = " + written(value, what.empty() ? name : what + "_" + name);
    });
    return "{" + fields + "}";
  }

  // In an array, without the names of its members.
  template <class Value>
  static std::string element(const Value& value) {
    if constexpr (Aggregate<Value>) {
      std::string fields;
      value.members([&](const char*, const auto& member) { fields += (fields.empty() ? "" : ", ") + text(member); });
      return "{" + fields + "}";
    } else {
      return text(value);
    }
  }

  template <class Value>
  std::string written(const Value& value, const std::string& what) {
    if constexpr (Aggregate<Value>)
      return braced(value, what);
    else if constexpr (requires { spelled(value); })
      return std::string{spelled(value)};
    else if constexpr (std::is_array_v<Value>)
      return "{" + list(std::size(value), [&](std::size_t i) { return text(value[i]); }) + "}";
    else if constexpr (requires { value.data(); })
      return array(what, value);
    else
      return text(value);
  }

  const Network& network;
  std::string own;  // name of the operator that is being written
  std::string out;
  std::map<std::string, std::string> arrays;  // type and content: name
  std::map<int, std::string> flash;           // constant that operators read as a tensor: name of its array
};

// Numbers that differ from one to the next.
std::vector<std::int8_t> probe(const Tensor& tensor) {
  std::vector<std::int8_t> values(static_cast<std::size_t>(tensor.bytes));
  std::uint32_t state = 1;
  const auto next = [&] { return static_cast<std::int8_t>((state = state * 1664525 + 1013904223) >> 24); };
  if (tensor.type == tflite::Type::float32) {
    for (std::size_t i = 0; i < values.size(); i += sizeof(float)) {
      const float number = static_cast<float>(next()) / 32;
      std::memcpy(&values[i], &number, sizeof number);
    }
  } else {
    for (std::int8_t& value : values) value = next();
  }
  return values;
}

std::string spelled(tflite::Type type) {
  return type == tflite::Type::float32 ? "float" : std::string{"std::"} + tflite::name(type) + "_t";
}

// An array of numbers of this type, from their bytes.
std::string numbered(const std::string& what, std::size_t i, tflite::Type type, const std::vector<std::int8_t>& bytes) {
  const auto array = [&]<class Number>(Number number) {
    const std::size_t count = bytes.size() / sizeof number;
    return "alignas(4) inline constexpr " + spelled(type) + " " + what + "_" + std::to_string(i) + "[" + std::to_string(count) + "]{\n" +
           rows(count, [&](std::size_t n) {
             std::memcpy(&number, &bytes[n * sizeof number], sizeof number);
             return text(number);
           }) + "};\n";
  };
  return type == tflite::Type::float32 ? array(float{}) : type == tflite::Type::int16 ? array(std::int16_t{}) : array(std::int8_t{});
}

// As a type of the header.
std::string tensor_type(const Tensor& tensor) {
  const std::int32_t size = tensor.type == tflite::Type::float32 ? 4 : tensor.type == tflite::Type::int16 ? 2 : 1;
  std::int32_t count = 1;
  for (int extent : tensor.shape) count *= extent;
  std::vector<int> shape = tensor.shape;
  if (count * size != tensor.bytes) {  // channels were removed
    const std::int32_t others = count / shape.back();
    if (tensor.bytes % (size * others) == 0) shape.back() = tensor.bytes / (size * others);
    else shape = {tensor.bytes / size};
  }
  return "nn::Tensor<" + spelled(tensor.type) + (shape.empty() ? "" : ", " + list(shape)) + ">";
}

// What the codes of the inputs and outputs stand for.
std::string affines(const Network& network) {
  std::string out;
  const auto add = [&](const char* what, const std::vector<int>& tensors) {
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const Tensor& tensor = network.tensors[static_cast<std::size_t>(tensors[i])];
      if (tensor.type == tflite::Type::int8)
        out += std::string{"inline constexpr nn::int8::Affine "} + what + "_" + std::to_string(i) + "{.scale = " + text(tensor.affine.scale) +
               ", .zero = " + text(tensor.affine.zero) + "};\n";
    }
  };
  add("input", network.inputs);
  add("output", network.outputs);
  return out.empty() ? out : "// What the codes of inputs and outputs stand for.\n" + out + "\n";
}

}  // namespace

std::string header(const Network& network, const std::string& name, const std::string& command, const Cases& cases, const Addition& more) {
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + command + "\n//\n";
  std::vector<std::string> types;  // of those with a place in the workspace
  for (const Tensor& tensor : network.tensors) {
    if (!tensor.constant.empty()) continue;
    out += "// tensor " + std::to_string(types.size()) + "  " + tensor.text + "\n";
    types.push_back(tensor_type(tensor));
  }
  if (!network.removed.empty())
    out += "// removed: " + list(network.removed.size(), [&](std::size_t i) { return network.removed[i]; }) + "\n";
  for (const std::string& sentence : network.report) out += "// " + sentence + "\n";
  for (const std::string& note : more.notes) out += "// " + note + "\n";
  out += "#pragma once\n\n#include <cstdint>\n#include <string_view>\n\n#include \"nn/float32/float32.hpp\"\n#include \"nn/int16/int16.hpp\"\n#include \"nn/int8/int8.hpp\"\n" + more.includes + "\nnamespace " + name + " {\n\n";
  Writer writer{network};
  out += writer.constants();
  const auto tensors = [&](const std::vector<int>& numbers) {
    return list(numbers.size(), [&](std::size_t i) { return writer.input(numbers[i]); });
  };
  const std::string all_types = list(types.size(), [&](std::size_t i) { return (i > 0 ? "\n                " : "") + types[i]; });
  out += "using Net = nn::Graph<\n    nn::Tensors<" + all_types + ">,\n    nn::Inputs<" + tensors(network.inputs) + ">, nn::Outputs<" +
         tensors(network.outputs) + ">";
  for (const Applied& applied : network.operators)
    out += ",\n    nn::Apply<" + applied.name + ", " + tensors({applied.output}) + ", " + tensors(applied.inputs) + ">";
  out += ">;\n\n" + affines(network) + more.code + "// One input, and the answer that was computed for it.\n";
  std::vector<std::vector<std::int8_t>> x;
  for (std::size_t i = 0; i < network.inputs.size(); ++i) {
    x.push_back(probe(network.tensors[static_cast<std::size_t>(network.inputs[i])]));
    out += numbered("probe", i, network.tensors[static_cast<std::size_t>(network.inputs[i])].type, x.back());
  }
  const std::vector<std::int8_t> y = run(network, x);
  std::size_t at = 0;
  for (std::size_t i = 0; i < network.outputs.size(); ++i) {
    const std::size_t bytes = static_cast<std::size_t>(network.tensors[static_cast<std::size_t>(network.outputs[i])].bytes);
    out += numbered("answer", i, network.tensors[static_cast<std::size_t>(network.outputs[i])].type, {y.begin() + static_cast<std::ptrdiff_t>(at), y.begin() + static_cast<std::ptrdiff_t>(at + bytes)});
    at += bytes;
  }
  if (cases.count > 0) {
    out += "\n// Cases to compare with, back to back.\ninline constexpr std::int32_t cases = " + std::to_string(cases.count) + ";\n";
    const auto type_of = [&](int tensor) { return network.tensors[static_cast<std::size_t>(tensor)].type; };
    for (std::size_t i = 0; i < cases.inputs.size(); ++i) out += numbered("cases_input", i, type_of(network.inputs[i]), cases.inputs[i]);
    for (std::size_t i = 0; i < cases.outputs.size(); ++i) out += numbered("cases_output", i, type_of(network.outputs[i]), cases.outputs[i]);
    const tflite::Type type = network.tensors[static_cast<std::size_t>(network.outputs[0])].type;
    out += std::string{"inline constexpr std::string_view cases_arithmetic = \""} + (type == tflite::Type::float32 ? "float" : tflite::name(type)) + "\";\n";
    out += std::string{"inline constexpr bool cases_reset = "} + (cases.reset ? "true" : "false") + ";\n";
    const auto pointers = [&](const std::string& what, std::size_t count) {
      out += "inline constexpr const void* " + what + "s[]{" +
             list(count, [&](std::size_t i) { return what + "_" + std::to_string(i); }) + "};\n";
    };
    pointers("cases_input", cases.inputs.size());
    pointers("cases_output", cases.outputs.size());
  }
  return out + "\n}  // namespace " + name + "\n";
}

}  // namespace tools::importer
