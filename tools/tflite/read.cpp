// From bytes to a model: what stands in the file. check.hpp does the rest.
#include <algorithm>
#include <filesystem>

#include "tools/data/file.hpp"
#include "tools/tflite/builtin.hpp"
#include "tools/tflite/check.hpp"
#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/model.hpp"
#include "tools/tflite/names.hpp"
#include "tools/tflite/options.hpp"
#include "tools/tflite/schema.hpp"
#include "tools/tflite/tensor_reader.hpp"

namespace tools::tflite {

namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 28;  // of a file

std::int32_t code_of(const Flatbuffer& file, const Table& from) {
  // Files of before codes above 127 existed have the short one alone, others have both.
  const std::int32_t code = std::max<std::int32_t>(from.number<std::int8_t>(schema::operator_code::short_code, 0),
                                                   from.number<std::int32_t>(schema::operator_code::builtin_code, 0));
  if (code == custom_operator)
    throw file.refusal(text("is the custom operator ", in_quotes(from.letters(schema::operator_code::custom_code))), "a builtin operator");
  if (code < 0 || code > last_operator)
    throw file.refusal(text("is number ", code, " of the builtin operators"), text("0 to ", last_operator));
  return code;
}

Options options_of(const Flatbuffer& file, const Table& from, const Builtin& known) {
  using schema::OptionsType;
  const OptionsType expected = known.options;
  if (expected == OptionsType::none) return {};
  const auto type = static_cast<OptionsType>(from.number<std::uint8_t>(schema::operation::options_type, 0));
  const auto options = from.table(schema::operation::options);
  if (!known.required && (type != expected || !options)) return {};
  if (type == OptionsType::none || !options) throw file.refusal("has no options", "those of its kind");
  if (type != expected)
    throw file.refusal(text("has options of kind ", static_cast<int>(type)), text("kind ", static_cast<int>(expected), ", its own"));
  return read_options(file, type, *options);
}

std::vector<Operator> read_operators(Flatbuffer& file, const Table& root, const Table& subgraph) {
  const auto codes = root.elements(schema::model::operator_codes);
  const auto offsets = subgraph.elements(schema::subgraph::operators);
  std::vector<Operator> operators;
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    file.place = text("operator ", i);
    file.copies(sizeof(Operator));
    const Table from = root.element(offsets[i], "operator");
    const auto index = from.number<std::uint32_t>(schema::operation::code, 0);
    if (index >= codes.size())
      throw file.refusal(text("has operator code ", index), text("a code below ", codes.size(), ", their number"));
    const std::int32_t code = code_of(file, root.element(codes[index], "operator code"));
    const Builtin known = builtin(code);
    Operator& to = operators.emplace_back();
    to.op = known.op;
    to.name = builtin_name(code);
    file.place = label(to, i);
    to.inputs = from.numbers<std::int32_t>(schema::operation::inputs);
    to.outputs = from.numbers<std::int32_t>(schema::operation::outputs);
    to.options = options_of(file, from, known);
  }
  file.place.clear();
  return operators;
}

// Which of `count` tensors operators read or write, or go in or out.
std::vector<bool> used_tensors(const Model& model, std::size_t count) {
  std::vector<bool> used(count, false);
  const auto mark = [&used](const std::vector<int>& indices) {
    for (int i : indices)
      if (i >= 0 && static_cast<std::size_t>(i) < used.size()) used[static_cast<std::size_t>(i)] = true;
  };
  mark(model.inputs);
  mark(model.outputs);
  for (const Operator& operation : model.operators) {
    mark(operation.inputs);
    mark(operation.outputs);
  }
  return used;
}

Table read_root(Flatbuffer& file, Bytes bytes) {
  if (bytes.size() < 8) throw file.refusal(text("is ", bytes.size(), " bytes long"), "a TensorFlow Lite model");
  const std::string identifier{bytes.begin() + 4, bytes.begin() + 8};
  if (identifier != schema::identifier)
    throw file.refusal("is no TensorFlow Lite model: its bytes 4 to 7 are " + in_quotes(identifier), in_quotes(schema::identifier));
  const Table root{file, file.target(0, "model"), "model"};
  const auto version = root.number<std::uint32_t>(schema::model::version, 0);
  if (version != schema::version)
    throw file.refusal(text("has version ", version, " of the schema"), text("version ", schema::version));
  return root;
}

}  // namespace

Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes) {
  Flatbuffer file{name, bytes};
  const Table root = read_root(file, bytes);
  const auto subgraphs = root.elements(schema::model::subgraphs);
  if (subgraphs.size() != 1) throw file.refusal(text("has ", subgraphs.size(), " subgraphs"), "one");
  const Table subgraph = root.element(subgraphs[0], "subgraph");

  Model model;
  model.file = name;
  model.inputs = subgraph.numbers<std::int32_t>(schema::subgraph::inputs);
  model.outputs = subgraph.numbers<std::int32_t>(schema::subgraph::outputs);
  model.operators = read_operators(file, root, subgraph);
  const auto tensors = subgraph.elements(schema::subgraph::tensors);
  const std::vector<bool> used = used_tensors(model, tensors.size());
  TensorReader reader{file, root};
  for (std::size_t i = 0; i < tensors.size(); ++i) {
    file.place = text("tensor ", i);
    model.tensors.push_back(reader.read(root.element(tensors[i], "tensor"), i, used[i]));
  }
  check_graph(model);
  for (std::size_t i = 0; i < model.operators.size(); ++i)
    if (!check_weights(model, i) && !check_movement(model, i) && !check_state(model, i)) check_shapes(model, i);  // others are taken as they are
  return model;
}

Model read_model(const std::string& name) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  if (!error && size > most_bytes)
    throw failure(name, text("is ", size, " bytes long"), text("at most ", most_bytes, ", many times what a microcontroller holds"));
  if (std::filesystem::is_other(name, error)) throw failure(name, "is no file on a disk", "a TensorFlow Lite model");
  const std::string content = read_file(name);
  return parse_model(name, {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

}  // namespace tools::tflite
