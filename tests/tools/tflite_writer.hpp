// TensorFlow Lite models, written: the reverse of tools/tflite, for tests.
#pragma once

#include <algorithm>
#include <utility>

#include "flatbuffer_writer.hpp"
#include "tools/import/model.hpp"
#include "tools/tflite/builtin.hpp"
#include "tools/tflite/schema.hpp"

namespace writer {

namespace schema = tools::tflite::schema;
using tools::importer::Attributes;
using tools::importer::Model;
using tools::importer::Operator;
using tools::importer::Tensor;
using tools::importer::Type;

inline std::int8_t number_of(Type type) {
  switch (type) {
    case Type::float32: return 0;
    case Type::float16: return 1;
    case Type::int32: return 2;
    case Type::uint8: return 3;
    case Type::int64: return 4;
    case Type::boolean: return 6;
    case Type::int16: return 7;
    case Type::int8: return 9;
    case Type::int4: return 17;
    default: return 5;  // text
  }
}

// CUSTOM, a code that tests give no other meaning, if there is none of this name.
inline std::int32_t code_of(const Operator& operation) {
  for (std::int32_t code = 0; code <= tools::tflite::last_operator; ++code)
    if (operation.name == tools::tflite::builtin_name(code)) return code;
  return tools::tflite::custom_operator;
}

// As the first characters of a word that the reader knows.
inline std::int8_t number_of(const std::string& word, std::initializer_list<std::string_view> words) {
  std::int8_t number = 0;
  for (std::string_view each : words) {
    if (each == word) break;
    ++number;
  }
  return number;
}

inline Table options_of(const tools::tflite::Options& known, const Attributes& attributes) {
  using tools::tflite::Form;
  Table to;
  for (const tools::tflite::Option& option : known.list) {
    const tools::tflite::Field field{option.field, option.attribute};
    const auto* whole = attributes.find<std::int64_t>(option.attribute);
    const auto* word = attributes.find<std::string>(option.attribute);
    const bool moves = std::string_view{option.attribute}.starts_with("stride_");  // by 1, if nothing is said
    if (option.form == Form::whole && (whole != nullptr || moves))
      to.set(field, whole == nullptr ? 1 : static_cast<std::int32_t>(*whole));
    if ((option.form == Form::flag || option.form == Form::byte) && whole != nullptr)
      to.set(field, static_cast<std::uint8_t>(*whole));
    if (const auto* real = attributes.find<float>(option.attribute)) to.set(field, *real);
    if (const auto* list = attributes.find<std::vector<std::int64_t>>(option.attribute))
      to.set(field, std::vector<std::int32_t>{list->begin(), list->end()});
    if (word == nullptr) continue;
    if (option.form == Form::padding) to.set(field, number_of(*word, {"same", "valid"}));
    if (option.form == Form::activation)
      to.set(field, number_of(*word, {"none", "relu", "relu_n1_to_1", "relu6", "tanh", "sign_bit"}));
    if (option.form == Form::string) to.set(field, std::string_view{*word});
  }
  return to;
}

inline Table operator_code(std::int32_t code) {
  Table to;
  to.set(schema::operator_code::short_code, static_cast<std::int8_t>(std::min(code, 127)));
  to.set(schema::operator_code::builtin_code, code);
  return to;
}

// Buffer 0 is empty, as is usual; each constant has one of its own behind it.
inline Table table_of(const Model& model) {
  std::vector<Table> tensors, buffers{Table{}}, operators, codes;
  for (const Tensor& from : model.tensors) {
    Table& to = tensors.emplace_back();
    to.set(schema::tensor::shape, from.shape);
    to.set(schema::tensor::type, number_of(from.type));
    to.set(schema::tensor::name, std::string_view{from.name});
    if (from.variable) to.set(schema::tensor::is_variable, std::uint8_t{1});
    if (!from.quantization.scale.empty()) {
      Table quantization;
      quantization.set(schema::quantization::scale, from.quantization.scale);
      quantization.set(schema::quantization::zero_point, from.quantization.zero_point);
      quantization.set(schema::quantization::dimension, from.quantization.dimension);
      to.set(schema::tensor::quantization, quantization);
    }
    if (from.data.empty()) continue;
    to.set(schema::tensor::buffer, static_cast<std::uint32_t>(buffers.size()));
    buffers.emplace_back().set(schema::buffer::data, from.data);
  }
  for (const Operator& from : model.operators) {
    const std::int32_t code = code_of(from);
    const tools::tflite::Options options = tools::tflite::options_of(code);
    Table& to = operators.emplace_back();
    to.set(schema::operation::code, static_cast<std::uint32_t>(codes.size()));
    to.set(schema::operation::inputs, from.inputs);
    to.set(schema::operation::outputs, from.outputs);
    if (!options.list.empty()) {
      to.set(schema::operation::options_type, options.type);
      to.set(schema::operation::options, options_of(options, from.attributes));
    }
    codes.push_back(operator_code(code));
  }
  Table subgraph, root;
  subgraph.set(schema::subgraph::tensors, tensors);
  subgraph.set(schema::subgraph::inputs, model.inputs);
  subgraph.set(schema::subgraph::outputs, model.outputs);
  subgraph.set(schema::subgraph::operators, operators);
  root.set(schema::model::version, schema::version);
  root.set(schema::model::operator_codes, codes);
  root.set(schema::model::subgraphs, std::vector<Table>{subgraph});
  root.set(schema::model::buffers, buffers);
  return root;
}

inline Bytes bytes_of(const Table& root) { return File{root, schema::identifier}.bytes; }
inline Bytes bytes_of(const Model& model) { return bytes_of(table_of(model)); }

}  // namespace writer
