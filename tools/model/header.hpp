// The weights header: parameters, normalization and a probe as C++, to be compiled into firmware.
#pragma once

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/failure.hpp"
#include "tools/model/compile_time.hpp"
#include "tools/model/meaning.hpp"

namespace tools {

namespace header {

// A floating-point number in hexadecimal, a fixed-point one by its integer.
template <int Bits, int Fraction>
std::string literal(nn::Fixed<Bits, Fraction> value) {
  return "{" + std::to_string(int{value.raw}) + "}";
}
template <class Number>
bool is_finite(Number value) {
  if constexpr (nn::is_fixed<Number>) return true;
  else return std::isfinite(value);
}

inline std::string literal(float value) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%af", static_cast<double>(value));
  return buffer;
}

template <class Number, std::size_t N>
std::string list(const std::array<Number, N>& numbers) {
  std::string text;
  for (std::size_t i = 0; i < N; ++i) text += (i == 0 ? "" : ", ") + literal(numbers[i]);
  return "{{" + text + "}}";
}

// One array of a layer: a line, or a line for each row.
template <class Field>
std::string field(const Field& array) {
  if constexpr (nn::is_array<typename Field::value_type>) {
    std::string text = "{{\n";
    for (const auto& row : array) text += "        " + list(row) + ",\n";
    return text + "      }}";
  } else {
    return list(array);
  }
}

template <class Parameters>
std::string fields(const Parameters& parameters);

// The parameters of one layer as an element of a pack; nothing if it has none.
template <class Parameters>
std::string element(const Parameters& parameters) {
  if constexpr (std::is_empty_v<Parameters>) return "    {},\n";
  else return "    {{\n" + fields(parameters) + "    }},\n";
}

// The arrays of one layer; of a layer of layers, what each of these has.
template <class Parameters>
std::string fields(const Parameters& parameters) {
  std::string text;
  if constexpr (requires { Parameters::count; })
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((text += element(nn::get<I>(parameters))), ...);
    }(std::make_index_sequence<Parameters::count>{});
  else
    [&]<std::size_t... I>(std::index_sequence<I...>) {
      ((text += "      " + field(nn::field<I>(parameters)) + ",\n"), ...);
    }(std::make_index_sequence<nn::field_count<Parameters>>{});
  return text;
}

}  // namespace header

template <std::size_t Count>
std::string normalization_code(const nn::StoredNormalization<Count>& normalization, const std::string& name = "normalization") {
  if (normalization.count > 1)
    return "inline constexpr nn::Normalization<" + std::to_string(Count) + "> " + name + "{\n    " +
           header::list(normalization.mean) + ",\n    " + header::list(normalization.scale) + "};\n\n";
  const float scale = normalization.count == 0 ? 1 : normalization.scale[0];
  return "inline constexpr nn::Normalization<1> " + name + "{\n    {" + header::literal(normalization.mean[0]) + "}, {" +
         header::literal(scale) + "}};\n\n";
}

// What the outputs stand for.
template <std::size_t Outputs>
std::string meaning_code(const Meaning<Outputs>& meaning) {
  if (!meaning.numbers) return class_names_code(meaning.classes, nn::Evaluation<Outputs>::classes);
  if (meaning.targets.count == 0) return "";
  return "// What nn::denormalized brings the outputs to the unit of the targets by.\n" +
         normalization_code(meaning.targets, "target_normalization");
}

struct HeaderText {
  std::string command;    // as it was typed
  std::string name;       // namespace
  std::string model;      // to include
  std::string net;        // name of the type
  std::string front_end = {};      // name of the type that makes features of sounds
  std::vector<std::string> notes;  // lines of comment
};

// What the weights were trained behind, and the pipeline from samples to decisions with `stages` between it and Net.
inline std::string front_end_code(const HeaderText& text, std::uint64_t fingerprint, const std::string& stages) {
  if (fingerprint == 0) return "";
  char number[32];
  std::snprintf(number, sizeof number, "0x%016llxu", static_cast<unsigned long long>(fingerprint));
  return "using FrontEnd = " + text.front_end + ";\n\nstatic_assert(FrontEnd::fingerprint == " + number +
         ",\n              \"" + text.name + ": these weights were trained behind another front end\");\n\n" +
         "// From samples to decisions.\nusing Pipeline = FrontEnd::With<" + stages + ", Net>;\n\n";
}

// How a header names a network that it writes without its BatchNorms (nn/fold.hpp).
template <class Net>
std::string folded_name(const std::string& net) {
  return nn::folds<Net> ? "nn::Folded<" + net + ">" : net;
}

template <class Net>
std::string weights_header(const HeaderText& text, const typename Net::Parameters& parameters,
                           const nn::StoredNormalization<Net::inputs>& normalization, const typename Net::Input& probe,
                           const Meaning<Net::outputs>& meaning) {
  static constexpr auto& cost = nn::cost<Net>;
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + text.command + "\n//\n";
  std::string chain = std::to_string(Net::inputs);
  for (const nn::LayerCost& layer : cost.layers)
    chain += " -> " + std::string{layer.name} + (layer.parameters > 0 ? " " + std::to_string(layer.output.size()) : "");
  out += "// " + chain + ", " + std::string{Net::Arithmetic::name} + "; " +
         std::to_string(cost.parameters) + " parameters\n";
  for (const std::string& note : text.notes) out += "// " + note + "\n";
  out += "#pragma once\n\n";
  if (!meaning.numbers) out += "#include <string_view>\n\n";
  out += "#include \"" + text.model + "\"\n#include \"nn/nn.hpp\"\n";
  if (meaning.front_end != 0) out += "#include \"nn/signal/normalized.hpp\"\n";
  out += "\n";
  out += "namespace " + text.name + " {\n\nusing Net = " + text.net + ";\n\n";

  char fingerprint[32];
  std::snprintf(fingerprint, sizeof fingerprint, "0x%016llxu", static_cast<unsigned long long>(Net::fingerprint));
  out += "static_assert(Net::fingerprint == " + std::string{fingerprint} + ",\n"
         "              \"" + text.name + ": these weights were trained for another network\");\n\n";

  out += "inline constexpr Net::Parameters parameters{\n";
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    out += "    // " + std::string{cost.layers[I].name} + "\n";
    out += header::element(nn::get<I>(parameters));
  });
  out += "};\n\n" + normalization_code(normalization) +
         front_end_code(text, meaning.front_end, "nn::signal::Normalized<normalization, Net::InputNumber>") +
         meaning_code(meaning);

  const typename Net::Output answer = Net::forward(parameters, probe);
  for (auto value : answer)
    if (!header::is_finite(value))
      throw Failure{
          "an answer of the network is not finite; expected weights of a training that did not diverge, at a lower --rate"};
  out += "// One normalized input and the output that was computed for it.\n";
  out += "inline constexpr Net::Input probe" + header::list(probe) + ";\n";
  out += "inline constexpr Net::Output answer" + header::list(answer) + ";\n\n";
  if (cost.macs <= most_macs_at_compile_time)
    out += "static_assert(Net::forward(parameters, probe) == answer,\n"
           "              \"" + text.name + ": this library does not reproduce the output found with these weights\");\n\n";
  return out + "}  // namespace " + text.name + "\n";
}

}  // namespace tools
