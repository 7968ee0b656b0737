#include "tools/tflite/read.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <map>

#include "tools/data/file.hpp"
#include "tools/import/names.hpp"
#include "tools/tflite/builtin.hpp"
#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/schema.hpp"
#include "tools/tflite/tensor_reader.hpp"
#include "tools/tflite/variables.hpp"

namespace tools::tflite {

namespace {

using importer::Attributes;
using importer::Model;
using importer::Operator;

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 28;  // of a file

std::string lower_case(std::string name) {
  for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return name;
}

// Of `number`, one of so many names.
template <std::size_t Count>
std::string named(const Flatbuffer& file, const char* attribute, int number, const char* const (&names)[Count]) {
  if (number < 0 || number >= static_cast<int>(Count))
    throw file.refusal(text("its ", attribute, " is number ", number), text("0 to ", Count - 1));
  return names[number];
}

Attributes::Value value_of(const Flatbuffer& file, const Table& from, const Option& option) {
  const Field field{option.field, option.attribute};
  switch (option.form) {
    case Form::whole: return std::int64_t{from.number<std::int32_t>(field, option.otherwise)};
    case Form::byte: return std::int64_t{from.number<std::int8_t>(field, 0)};
    case Form::flag: return std::int64_t{from.number<std::uint8_t>(field, 0) != 0};
    case Form::real: return from.number<float>(field, 0);
    case Form::padding: return named(file, option.attribute, from.number<std::int8_t>(field, 0), {"same", "valid"});
    case Form::activation:
      return named(file, option.attribute, from.number<std::int8_t>(field, 0),
                   {"none", "relu", "relu_n1_to_1", "relu6", "tanh", "sign_bit"});
    case Form::wholes: {
      const auto list = from.numbers<std::int32_t>(field);
      return std::vector<std::int64_t>{list.begin(), list.end()};
    }
    case Form::string: break;
  }
  return from.letters(field);
}

Attributes attributes_of(const Flatbuffer& file, const Table& from, const Options& known) {
  Attributes attributes;
  if (known.list.empty()) return attributes;
  const auto type = from.number<std::uint8_t>(schema::operation::options_type, 0);
  const auto options = from.table(schema::operation::options);
  if (!known.required && (type != known.type || !options)) return attributes;
  if (type == 0 || !options) throw file.refusal("has no options", "those of its kind");
  if (type != known.type) throw file.refusal(text("has options of kind ", type), text("kind ", known.type, ", its own"));
  for (const Option& option : known.list) attributes.set(option.attribute, value_of(file, *options, option));
  return attributes;
}

class Reader {
 public:
  Reader(const std::string& name, Bytes bytes) : file{name, bytes} {
    if (bytes.size() < 8) throw file.refusal(text("is ", bytes.size(), " bytes long"), "a TensorFlow Lite model");
    const std::string identifier{bytes.begin() + 4, bytes.begin() + 8};
    if (identifier != schema::identifier)
      throw file.refusal("is no TensorFlow Lite model: its bytes 4 to 7 are " + importer::in_quotes(identifier),
                         importer::in_quotes(schema::identifier));
    root.emplace(file, file.target(0, "model"), "model");
    const auto version = root->number<std::uint32_t>(schema::model::version, 0);
    if (version != schema::version)
      throw file.refusal(text("has version ", version, " of the schema"), text("version ", schema::version));
  }

  Model model(const std::string& name, const std::string& signature) {
    std::vector<Model> subgraphs;
    std::vector<std::string> names;
    for (std::uint64_t offset : root->elements(schema::model::subgraphs)) {
      const Table subgraph = root->element(offset, "subgraph");
      names.push_back(subgraph.letters(schema::subgraph::name));
      subgraphs.push_back(read_subgraph(name, subgraph));
    }
    Model chosen = subgraphs[choose(subgraphs, names, signature)];
    resolve_variables(chosen, subgraphs);
    return chosen;
  }

 private:
  // Which subgraph: the one that is named, or the only one that no other calls.
  std::size_t choose(const std::vector<Model>& subgraphs, const std::vector<std::string>& names,
                     const std::string& signature) const {
    std::vector<bool> called(subgraphs.size(), false);
    for (const Model& each : subgraphs)
      for (const Operator& op : each.operators)
        if (const auto* index = op.attributes.find<std::int64_t>("init_subgraph_index"))
          if (*index >= 0 && static_cast<std::size_t>(*index) < called.size()) called[static_cast<std::size_t>(*index)] = true;
    std::map<std::string, std::size_t> choices;
    for (std::uint64_t offset : root->elements(schema::model::signatures)) {
      const Table from = root->element(offset, "signature");
      if (const auto index = from.number<std::uint32_t>(schema::signature::subgraph, 0); index < subgraphs.size())
        choices.emplace(from.letters(schema::signature::name), index);
    }
    std::vector<std::size_t> free;
    for (std::size_t i = 0; i < subgraphs.size(); ++i)
      if (!called[i]) free.push_back(i);
    if (signature.empty() && free.size() == 1) return free[0];
    if (signature.empty() && choices.size() == 1) return choices.begin()->second;
    for (std::size_t i : free) choices.emplace(names[i], i);
    if (const auto found = choices.find(signature); !signature.empty() && found != choices.end()) return found->second;
    std::string list;
    for (const auto& [name, index] : choices) list += (list.empty() ? "" : ", ") + importer::in_quotes(name);
    if (!signature.empty())
      throw file.refusal("has no signature " + importer::in_quotes(signature), list.empty() ? "one that it has" : list);
    throw file.refusal(text("has ", subgraphs.size(), " subgraphs: ", list), "one, or its name by --signature NAME");
  }

  Model read_subgraph(const std::string& name, const Table& subgraph) {
    Model model;
    model.file = name;
    model.inputs = subgraph.numbers<std::int32_t>(schema::subgraph::inputs);
    model.outputs = subgraph.numbers<std::int32_t>(schema::subgraph::outputs);
    read_operators(subgraph, model);
    TensorReader reader{file, *root};
    const auto tensors = subgraph.elements(schema::subgraph::tensors);
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      file.place = text("tensor ", i);
      model.tensors.push_back(reader.read(root->element(tensors[i], "tensor"), i));
    }
    file.place.clear();
    return model;
  }

  void read_operators(const Table& subgraph, Model& model) {
    const auto codes = root->elements(schema::model::operator_codes);
    const auto offsets = subgraph.elements(schema::subgraph::operators);
    for (std::size_t i = 0; i < offsets.size(); ++i) {
      file.place = text("operator ", i);
      file.copies(sizeof(Operator));
      const Table from = root->element(offsets[i], "operator");
      const auto index = from.number<std::uint32_t>(schema::operation::code, 0);
      if (index >= codes.size())
        throw file.refusal(text("has operator code ", index), text("a code below ", codes.size(), ", their number"));
      model.operators.push_back(read_operator(from, root->element(codes[index], "operator code"), i));
    }
    file.place.clear();
  }

  Operator read_operator(const Table& from, const Table& coded, std::size_t index) {
    // Files of before codes above 127 existed have the short one alone, others have both.
    const std::int32_t code = std::max<std::int32_t>(coded.number<std::int8_t>(schema::operator_code::short_code, 0),
                                                     coded.number<std::int32_t>(schema::operator_code::builtin_code, 0));
    if (code < 0) throw file.refusal(text("is number ", code, " of the builtin operators"), text("0 to ", last_operator));
    Operator to;
    to.name = code <= last_operator ? builtin_name(code) : text("number ", code);
    to.kind = lower_case(to.name);
    if (code > last_operator)
      to.obstacle = {text("is number ", code, " of the builtin operators"), text("0 to ", last_operator)};
    if (code == custom_operator)
      to.obstacle = {"is the custom operator " + importer::in_quotes(coded.letters(schema::operator_code::custom_code)),
                     "builtin operators (convert without allow_custom_ops)"};
    file.place = importer::label(to, index);
    to.inputs = from.numbers<std::int32_t>(schema::operation::inputs);
    to.outputs = from.numbers<std::int32_t>(schema::operation::outputs);
    to.attributes = attributes_of(file, from, options_of(code));
    return to;
  }

  Flatbuffer file;
  std::optional<Table> root;
};

}  // namespace

Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes, const std::string& signature) {
  return Reader{name, bytes}.model(name, signature);
}

Model read_model(const std::string& name, const std::string& signature) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  if (!error && size > most_bytes)
    throw failure(name, text("is ", size, " bytes long"),
                  text("at most ", most_bytes, ", many times what a microcontroller holds"));
  if (std::filesystem::is_other(name, error)) throw failure(name, "is no file on a disk", "a TensorFlow Lite model");
  const std::string content = read_file(name);
  return parse_model(name, {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}, signature);
}

}  // namespace tools::tflite
