#include "tools/import/header.hpp"

#include <cstring>
#include <map>

#include "tools/import/names.hpp"

namespace tools::importer {

namespace {

std::string list(std::size_t count, auto each, const char* between = ", ") {
  std::string line;
  for (std::size_t i = 0; i < count; ++i) line += (i > 0 ? between : "") + each(i);
  return line;
}

// The name of an array of a tensor's numbers, from their bytes.
std::string array_of(Writer& writer, const std::string& name, Type type, const Bytes& bytes) {
  return with_number_of(type, [&]<class Number>(Number) {
    const auto values = std::make_unique<Number[]>(bytes.size() / sizeof(Number));
    std::memcpy(values.get(), bytes.data(), bytes.size());
    return writer.array(name, values.get(), bytes.size() / sizeof(Number));
  });
}

class Header {
 public:
  explicit Header(const Network& all) : network{all} {}

  // Their constants, and the operators.
  std::string operators() {
    for (std::size_t t = 0; t < network.tensors.size(); ++t)
      if (network.tensors[t].constant.empty()) number[static_cast<int>(t)] = static_cast<int>(number.size());
    for (const Applied& applied : network.operators) {
      writer.begin(applied.name);
      for (std::size_t i = 0; i < applied.inputs.size(); ++i) {
        const Place& tensor = network.tensor(applied.inputs[i]);
        if (!tensor.constant.empty() && !flash.contains(applied.inputs[i]))
          flash[applied.inputs[i]] = array_of(writer, "input_" + std::to_string(i), tensor.type, tensor.constant);
      }
      applied.operation->write(writer);
    }
    writer.begin("variable");
    for (const auto& [tensor, place] : number)
      if (const Place& of = network.tensor(tensor); !of.initial.empty()) initial[tensor] = beginning(of, std::to_string(place));
    return std::exchange(writer.text, "");
  }

  std::string graph() const {
    const std::string types = list(
        number.size(), [it = number.begin(), this](std::size_t) mutable { return type((it++)->first); }, ",\n                ");
    std::string out = "using Net = " + (network.rows > 0 ? "nn::ByRows<" : std::string{}) + "nn::Graph<\n    nn::Tensors<" +
                      types + ">,\n    nn::" + (network.keeps_inputs ? "KeptInputs<" : "Inputs<") + tensors(network.inputs) +
                      ">, nn::Outputs<" + tensors(network.outputs) + ">";
    for (const Applied& applied : network.operators)
      out += ",\n    nn::Apply<" + applied.name + ", " + tensors({applied.output}) + ", " + tensors(applied.inputs) + ">";
    if (network.rows > 0) out += ">, " + std::to_string(network.rows) + (network.pushes_rows ? ", nn::Feed::rows" : "");
    return out + ">;\n\n";
  }

  // Arrays of the namespace.
  std::string arrays(const std::string& what, const std::vector<int>& of, const std::vector<Bytes>& values) {
    Writer own;
    own.begin(what);
    for (std::size_t i = 0; i < of.size(); ++i) {
      Writer each;
      each.begin(what);
      array_of(each, std::to_string(i), network.tensor(of[i]).type, values[i]);
      own.text += each.text;
    }
    return own.text;
  }

 private:
  // What a variable begins with: one whole number for all, or an array.
  std::string beginning(const Place& of, const std::string& name) {
    return with_number_of(of.type, [&]<class Number>(Number first) -> std::string {
      std::memcpy(&first, of.initial.data(), sizeof first);
      bool all = static_cast<std::int32_t>(of.initial.size()) == of.bytes && std::is_integral_v<Number>;
      for (std::size_t i = 0; all && i < of.initial.size(); i += sizeof(Number))
        all = std::memcmp(&first, &of.initial[i], sizeof first) == 0;
      return all ? spelled(first) : "&" + array_of(writer, name, of.type, of.initial);
    });
  }

  std::string type(int tensor) const {
    const Place& of = network.tensor(tensor);
    const std::string number_type = with_number_of(of.type, []<class Number>(Number) { return type_name<Number>(); });
    std::string made = "nn::Tensor<" + number_type;
    for (int extent : of.shape) made += ", " + std::to_string(extent);
    made += ">";
    if (of.whole >= 0)
      return "nn::Part<" + std::to_string(number.at(of.whole)) + ", " + std::to_string(of.begin) + ", " + made + ">";
    if (of.variable) return "nn::Variable<" + made + (initial.contains(tensor) ? ", " + initial.at(tensor) + ">" : ">");
    return made;
  }

  // As Apply takes them: the numbers of those that are computed, or the addresses of constants.
  std::string tensors(const std::vector<int>& of) const {
    return list(of.size(), [&](std::size_t i) {
      const auto found = flash.find(of[i]);
      return found != flash.end() ? "&" + found->second : std::to_string(number.at(of[i]));
    });
  }

  const Network& network;
  Writer writer;
  std::map<int, int> number;            // of a tensor among those with a place in the workspace
  std::map<int, std::string> flash;     // constant that operators read as a tensor: name of its array
  std::map<int, std::string> initial;   // what a variable begins with
};

// What the codes of the inputs and outputs stand for.
std::string affines(const Network& network) {
  std::string out;
  const auto add = [&](const char* what, const std::vector<int>& tensors) {
    for (std::size_t i = 0; i < tensors.size(); ++i)
      if (const Place& tensor = network.tensor(tensors[i]); tensor.type == Type::int8)
        out += text("inline constexpr nn::int8::Affine ", what, "_", i, "{.scale = ", spelled(tensor.affine.scale),
                    ", .zero = ", tensor.affine.zero, "};\n");
  };
  add("input", network.inputs);
  add("output", network.outputs);
  return out.empty() ? out : "// What the codes of inputs and outputs stand for.\n" + out + "\n";
}

std::string cases_code(const Network& network, Header& header, const Cases& cases) {
  std::string out =
      "\n// Cases to compare with, back to back.\ninline constexpr std::int32_t cases = " + std::to_string(cases.count) + ";\n";
  out +=
      header.arrays("cases_input", network.inputs, cases.inputs) + header.arrays("cases_output", network.outputs, cases.outputs);
  const Type type = network.tensor(network.outputs[0]).type;
  out += text("inline constexpr std::string_view cases_arithmetic = \"", type == Type::float32 ? "float" : name(type), "\";\n");
  out += text("inline constexpr bool cases_reset = ", cases.reset ? "true" : "false", ";\n");
  const auto pointers = [&](const std::string& what, std::size_t count) {
    out += "inline constexpr const void* " + what + "s[]{" +
           list(count, [&](std::size_t i) { return what + "_" + std::to_string(i); }) + "};\n";
  };
  pointers("cases_input", cases.inputs.size());
  pointers("cases_output", cases.outputs.size());
  return out;
}

std::string comments(const Network& network, const std::string& command, const Addition& more) {
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + command + "\n//\n";
  int number = 0;
  for (const Place& tensor : network.tensors)
    if (tensor.constant.empty()) out += text("// tensor ", number++, "  ", tensor.text, "\n");
  if (!network.removed.empty())
    out += "// removed: " + list(network.removed.size(), [&](std::size_t i) { return network.removed[i]; }) + "\n";
  for (const std::string& sentence : network.report) out += "// " + sentence + "\n";
  for (const std::string& note : more.notes) out += "// " + note + "\n";
  return out;
}

}  // namespace

std::string header(const Network& network, const std::string& name, const std::string& command, const Probe& probe,
                   const Cases& cases, const Addition& more) {
  Header parts{network};
  const std::string operators = parts.operators();
  return comments(network, command, more) +
         "#pragma once\n\n#include <cstdint>\n#include <limits>\n#include <string_view>\n\n#include \"nn/float32/float32.hpp\"\n"
         "#include \"nn/graph/" +
         std::string{network.rows > 0 ? "by_rows.hpp\"\n#include \"nn/graph/" : ""} +
         "operators.hpp\"\n#include \"nn/int16/int16.hpp\"\n#include \"nn/int32/int32.hpp\"\n"
         "#include \"nn/int8/int8.hpp\"\n" +
         more.includes + "\nnamespace " + name + " {\n\n" + operators + parts.graph() + affines(network) + more.code +
         "// One input, and the answer that was computed for it.\n" + parts.arrays("probe", network.inputs, probe.inputs) +
         parts.arrays("answer", network.outputs, probe.outputs) + (cases.count > 0 ? cases_code(network, parts, cases) : "") +
         "\n}  // namespace " + name + "\n";
}

}  // namespace tools::importer
