// The weights header: parameters, normalization and a probe as C++, to be compiled into firmware.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/failure.hpp"
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

std::string literal(float value);

template <class Number>
std::string list(std::span<const Number> numbers) {
  std::string text;
  for (std::size_t i = 0; i < numbers.size(); ++i) text += (i == 0 ? "" : ", ") + literal(numbers[i]);
  return "{{" + text + "}}";
}
extern template std::string list(std::span<const float>);

// One array of a layer: a line, or a line for each row.
template <class Field>
std::string field(const Field& array) {
  if constexpr (nn::is_array<typename Field::value_type>) {
    std::string text = "{{\n";
    for (const auto& row : array) text += "        " + list(std::span<const typename Field::value_type::value_type>{row}) + ",\n";
    return text + "      }}";
  } else {
    return list(std::span<const typename Field::value_type>{array});
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

struct HeaderText {
  std::string command;    // as it was typed
  std::string name;       // namespace
  std::string model;      // to include
  std::string net;        // name of the type
  std::string front_end = {};      // name of the type that makes features of sounds
  std::vector<std::string> notes;  // lines of comment
};

// What is to be done to the inputs of the network, or to be undone.
std::string normalization_code(const Normalization& normalization, const std::string& name = "normalization");

// What the outputs stand for, of a network with so many.
std::string meaning_code(const Meaning& meaning, std::size_t outputs);

// What the weights were trained behind, and the pipeline from samples to decisions with `stages` between it and Net.
std::string front_end_code(const HeaderText& text, std::uint64_t fingerprint, const std::string& stages);

// What a header has of its network.
struct HeaderParts {
  std::size_t inputs, outputs, parameter_count, macs;
  std::span<const nn::LayerCost> layers;
  std::string_view arithmetic;
  std::uint64_t fingerprint;
  std::string parameters, probe, answer;  // as initializers
};
std::string header_of(const HeaderText& text, const HeaderParts& parts, const Normalization& normalization,
                      const Meaning& meaning);

// How a header names a network that it writes without its BatchNorms (nn/fold.hpp).
template <class Net>
std::string folded_name(const std::string& net) {
  return nn::folds<Net> ? "nn::Folded<" + net + ">" : net;
}

template <class Net>
std::string weights_header(const HeaderText& text, const typename Net::Parameters& parameters, const Normalization& normalization,
                           const typename Net::Input& probe, const Meaning& meaning) {
  static constexpr auto& cost = nn::cost<Net>;
  std::string layers;
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    layers += "    // " + std::string{cost.layers[I].name} + "\n";
    layers += header::element(nn::get<I>(parameters));
  });
  const typename Net::Output answer = Net::forward(parameters, probe);
  for (auto value : answer)
    if (!header::is_finite(value))
      throw Failure{
          "an answer of the network is not finite; expected weights of a training that did not diverge, at a lower --rate"};
  const HeaderParts parts{.inputs = Net::inputs,
                          .outputs = Net::outputs,
                          .parameter_count = cost.parameters,
                          .macs = cost.macs,
                          .layers = cost.layers,
                          .arithmetic = Net::Arithmetic::name,
                          .fingerprint = Net::fingerprint,
                          .parameters = layers,
                          .probe = header::list(std::span<const typename Net::InputNumber>{probe}),
                          .answer = header::list(std::span<const typename Net::OutputNumber>{answer})};
  return header_of(text, parts, normalization, meaning);
}

}  // namespace tools
