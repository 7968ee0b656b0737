#include "tools/model/header.hpp"

#include <cstdio>

#include "tools/model/compile_time.hpp"

namespace tools {
namespace {

std::string hexadecimal(std::uint64_t number) {
  char text[32];
  std::snprintf(text, sizeof text, "0x%016llxu", static_cast<unsigned long long>(number));
  return text;
}

}  // namespace

std::string header::literal(float value) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%af", static_cast<double>(value));
  return buffer;
}

template std::string header::list(std::span<const float>);

std::string normalization_code(const Normalization& normalization, const std::string& name) {
  const std::size_t count = normalization.count();
  if (count > 1)
    return "inline constexpr nn::Normalization<" + std::to_string(count) + "> " + name + "{\n    " +
           header::list<float>(normalization.mean) + ",\n    " + header::list<float>(normalization.scale) + "};\n\n";
  return "inline constexpr nn::Normalization<1> " + name + "{\n    {" +
         header::literal(count == 0 ? 0 : normalization.mean[0]) + "}, {" +
         header::literal(count == 0 ? 1 : normalization.scale[0]) + "}};\n\n";
}

std::string meaning_code(const Meaning& meaning, std::size_t outputs) {
  if (!meaning.numbers) return class_names_code(meaning.classes, outputs == 1 ? 2 : outputs);
  if (meaning.targets.count() == 0) return "";
  return "// What nn::denormalized brings the outputs to the unit of the targets by.\n" +
         normalization_code(meaning.targets, "target_normalization");
}

std::string front_end_code(const HeaderText& text, std::uint64_t fingerprint, const std::string& stages) {
  if (fingerprint == 0) return "";
  return "using FrontEnd = " + text.front_end + ";\n\nstatic_assert(FrontEnd::fingerprint == " + hexadecimal(fingerprint) +
         ",\n              \"" + text.name + ": these weights were trained behind another front end\");\n\n" +
         "// From samples to decisions.\nusing Pipeline = FrontEnd::With<" + stages + ", Net>;\n\n";
}

std::string header_of(const HeaderText& text, const HeaderParts& parts, const Normalization& normalization,
                      const Meaning& meaning) {
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + text.command + "\n//\n";
  std::string chain = std::to_string(parts.inputs);
  for (const nn::LayerCost& layer : parts.layers)
    chain += " -> " + std::string{layer.name} + (layer.parameters > 0 ? " " + std::to_string(layer.output.size()) : "");
  out += "// " + chain + ", " + std::string{parts.arithmetic} + "; " + std::to_string(parts.parameter_count) + " parameters\n";
  for (const std::string& note : text.notes) out += "// " + note + "\n";
  out += "#pragma once\n\n";
  if (!meaning.numbers) out += "#include <string_view>\n\n";
  out += "#include \"" + text.model + "\"\n#include \"nn/nn.hpp\"\n";
  if (meaning.front_end != 0) out += "#include \"nn/signal/normalized.hpp\"\n";
  out += "\nnamespace " + text.name + " {\n\nusing Net = " + text.net + ";\n\n";
  out += "static_assert(Net::fingerprint == " + hexadecimal(parts.fingerprint) + ",\n" +
         "              \"" + text.name + ": these weights were trained for another network\");\n\n";

  out += "inline constexpr Net::Parameters parameters{\n" + parts.parameters + "};\n\n" + normalization_code(normalization) +
         front_end_code(text, meaning.front_end, "nn::signal::Normalized<normalization, Net::InputNumber>") +
         meaning_code(meaning, parts.outputs);

  out += "// One normalized input and the output that was computed for it.\n";
  out += "inline constexpr Net::Input probe" + parts.probe + ";\n";
  out += "inline constexpr Net::Output answer" + parts.answer + ";\n\n";
  if (parts.macs <= most_macs_at_compile_time)
    out += "static_assert(Net::forward(parameters, probe) == answer,\n"
           "              \"" + text.name + ": this library does not reproduce the output found with these weights\");\n\n";
  return out + "}  // namespace " + text.name + "\n";
}

}  // namespace tools
