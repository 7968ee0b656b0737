// From bytes to a model: what stands in the file, tensor by tensor and operator by operator. check.hpp does the rest.
#include <cmath>
#include <filesystem>
#include <limits>

#include "tools/data/file.hpp"
#include "tools/tflite/builtin.hpp"
#include "tools/tflite/check.hpp"
#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/model.hpp"
#include "tools/tflite/names.hpp"
#include "tools/tflite/options.hpp"
#include "tools/tflite/schema.hpp"

namespace tools::tflite {

namespace {

constexpr std::uint64_t most_elements = std::uint64_t{1} << 28;  // of a tensor
constexpr std::size_t most_dimensions = 8;
constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 28;  // of a file

Type type_of(std::int8_t number) {
  switch (number) {
    case 0: return Type::float32;
    case 2: return Type::int32;
    case 3: return Type::uint8;
    case 4: return Type::int64;
    case 6: return Type::boolean;
    case 7: return Type::int16;
    case 9: return Type::int8;
    case 17: return Type::int4;
    default: return Type::other;
  }
}

struct Range {
  std::int64_t low, high;
};

Range range_of(Type type) {
  switch (type) {
    case Type::int4: return {-8, 7};
    case Type::int8: return {-128, 127};
    case Type::uint8: return {0, 255};
    case Type::int16: return {-32768, 32767};
    default: return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  }
}

bool is_integer(Type type) { return type != Type::float32 && type != Type::boolean && type != Type::other; }
// Numbers that mean something only with a scale; wider ones may count, as axes and shapes do.
bool needs_scale(Type type) { return type == Type::int4 || type == Type::int8 || type == Type::uint8 || type == Type::int16; }

class Reader {
 public:
  Reader(const std::string& name, Bytes content) : file{name, content}, bytes{content} { model.file = name; }

  Model read() {
    if (bytes.size() < 8) throw file.refusal("is " + std::to_string(bytes.size()) + " bytes long", "a TensorFlow Lite model");
    for (std::size_t i = 0; i < 4; ++i)
      if (bytes[4 + i] != static_cast<std::uint8_t>(schema::identifier[i]))
        throw file.refusal("is no TensorFlow Lite model: its bytes 4 to 7 are " + in_quotes({reinterpret_cast<const char*>(&bytes[4]), 4}), in_quotes(schema::identifier));
    const Table root{file, file.target(0, "model"), "model"};
    const auto version = root.number<std::uint32_t>(schema::model::version, 0);
    if (version != schema::version)
      throw file.refusal("has version " + std::to_string(version) + " of the schema", "version " + std::to_string(schema::version));
    const auto subgraphs = root.elements(schema::model::subgraphs);
    if (subgraphs.size() != 1) throw file.refusal("has " + std::to_string(subgraphs.size()) + " subgraphs", "one");

    buffers = root.elements(schema::model::buffers);
    const Table subgraph = root.element(subgraphs[0], "subgraph");
    const auto tensors = subgraph.elements(schema::subgraph::tensors);
    model.inputs = subgraph.numbers<std::int32_t>(schema::subgraph::inputs);
    model.outputs = subgraph.numbers<std::int32_t>(schema::subgraph::outputs);
    read_operators(root, subgraph);
    model.tensors.resize(tensors.size());
    mark_used();
    for (std::size_t i = 0; i < tensors.size(); ++i) read_tensor(root, tensors[i], i);
    file.place.clear();
    return std::move(model);
  }

 private:
  void read_operators(const Table& root, const Table& subgraph) {
    const auto codes = root.elements(schema::model::operator_codes);
    const auto operators = subgraph.elements(schema::subgraph::operators);
    for (std::size_t i = 0; i < operators.size(); ++i) {
      file.place = "operator " + std::to_string(i);
      file.copies(sizeof(Operator));
      const Table from = root.element(operators[i], "operator");
      const auto index = from.number<std::uint32_t>(schema::operation::code, 0);
      if (index >= codes.size())
        throw file.refusal("has operator code " + std::to_string(index), "a code below " + std::to_string(codes.size()) + ", their number");
      const std::int32_t code = code_of(root.element(codes[index], "operator code"));
      Operator to;
      to.name = builtin_name(code);
      to.inputs = from.numbers<std::int32_t>(schema::operation::inputs);
      to.outputs = from.numbers<std::int32_t>(schema::operation::outputs);
      file.place = label(to, i);
      read_options_of(from, builtin(code), to);
      model.operators.push_back(std::move(to));
    }
    file.place.clear();
  }

  std::int32_t code_of(const Table& from) {
    // Files of before codes above 127 existed have the short one alone, others have both.
    const std::int32_t code = std::max<std::int32_t>(from.number<std::int8_t>(schema::operator_code::short_code, 0),
                                                     from.number<std::int32_t>(schema::operator_code::builtin_code, 0));
    if (code == custom_operator)
      throw file.refusal("is the custom operator " + in_quotes(from.text(schema::operator_code::custom_code)), "a builtin operator");
    if (code < 0 || code > last_operator)
      throw file.refusal("is number " + std::to_string(code) + " of the builtin operators", "0 to " + std::to_string(last_operator));
    return code;
  }

  void read_options_of(const Table& from, const Builtin& known, Operator& to) {
    using schema::OptionsType;
    to.op = known.op;
    if (known.options == OptionsType::none) return;
    const auto type = static_cast<OptionsType>(from.number<std::uint8_t>(schema::operation::options_type, 0));
    const auto options = from.table(schema::operation::options);
    if (type != OptionsType::none && type != known.options)
      throw file.refusal("has options of kind " + std::to_string(static_cast<int>(type)), "kind " + std::to_string(static_cast<int>(known.options)) + ", its own");
    if (type == OptionsType::none || !options) throw file.refusal("has no options", "those of its kind");
    to.options = read_options(file, type, *options);
  }

  void mark_used() {
    used.assign(model.tensors.size(), false);
    const auto mark = [this](const std::vector<int>& indices) {
      for (int i : indices)
        if (i >= 0 && static_cast<std::size_t>(i) < used.size()) used[static_cast<std::size_t>(i)] = true;
    };
    mark(model.inputs);
    mark(model.outputs);
    for (const Operator& operation : model.operators) {
      mark(operation.inputs);
      mark(operation.outputs);
    }
  }

  void read_tensor(const Table& root, std::uint64_t offset, std::size_t index) {
    file.place = "tensor " + std::to_string(index);
    file.copies(sizeof(Tensor));
    const Table from = root.element(offset, "tensor");
    Tensor& to = model.tensors[index];
    to.name = from.text(schema::tensor::name);
    file.place = label(model, static_cast<int>(index));

    const auto type = from.number<std::int8_t>(schema::tensor::type, 0);
    to.type = type_of(type);
    if (used[index] && to.type == Type::other)
      throw file.refusal("has type " + std::to_string(type), "0 (float32), 2 (int32), 3 (uint8), 4 (int64), 6 (bool), 7 (int16), 9 (int8) or 17 (int4)");
    if (used[index] && from.has(schema::tensor::sparsity)) throw file.refusal("is stored sparse", "dense constants");
    to.variable = from.number<std::uint8_t>(schema::tensor::is_variable, 0) != 0;
    read_shape(from, to, used[index]);
    if (is_integer(to.type)) read_quantization(from, to);
    if (used[index] && needs_scale(to.type) && to.quantization.scale.empty())
      throw file.refusal(std::string{"is "} + name(to.type) + " without quantization", "a scale and a zero point");
    if (to.type != Type::other) read_data(root, from, to);
  }

  void read_shape(const Table& from, Tensor& to, bool matters) {
    to.shape = from.numbers<std::int32_t>(schema::tensor::shape);
    if (to.shape.size() > most_dimensions)
      throw file.refusal("has " + std::to_string(to.shape.size()) + " dimensions", "at most " + std::to_string(most_dimensions));
    std::uint64_t elements = 1;
    for (std::size_t i = 0; i < to.shape.size(); ++i) {
      if (to.shape[i] < 1) throw file.refusal("has the shape " + name(to.shape), "extents of at least 1");
      elements *= static_cast<std::uint64_t>(to.shape[i]);
      if (elements > most_elements)
        throw file.refusal("has the shape " + name(to.shape), "at most " + std::to_string(most_elements) + " elements");
    }
    // A batch left open is usual: the shape says how many the model was converted for.
    const auto signature = from.numbers<std::int32_t>(schema::tensor::shape_signature);
    for (std::size_t i = 1; matters && i < signature.size(); ++i)
      if (signature[i] < 0) throw file.refusal("has a dynamic shape: dimension " + std::to_string(i) + " is open", "a shape known beforehand");
  }

  void read_quantization(const Table& from, Tensor& to) {
    const auto table = from.table(schema::tensor::quantization);
    if (!table) return;
    if (table->number<std::uint8_t>(schema::quantization::details_type, 0) != 0)
      throw file.refusal("has a quantization of its own kind", "scales and zero points");
    Quantization& quantization = to.quantization;
    quantization.scale = table->numbers<float>(schema::quantization::scale);
    quantization.zero_point = table->numbers<std::int64_t>(schema::quantization::zero_point);
    quantization.dimension = table->number<std::int32_t>(schema::quantization::dimension, 0);
    const std::size_t count = quantization.scale.size(), zero_points = quantization.zero_point.size();
    if (zero_points != count && (zero_points != 1 || count == 0))
      throw file.refusal("has " + std::to_string(count) + " scales and " + std::to_string(zero_points) + " zero points", "as many, or one zero point for all");
    quantization.zero_point.resize(count, count > 0 ? quantization.zero_point[0] : 0);

    if (count > 1) {
      const int dimension = quantization.dimension;
      if (dimension < 0 || static_cast<std::size_t>(dimension) >= to.shape.size())
        throw file.refusal("has scales for dimension " + std::to_string(dimension), "one of its shape, " + name(to.shape));
      const int extent = to.shape[static_cast<std::size_t>(dimension)];
      if (static_cast<std::size_t>(extent) != count)
        throw file.refusal("has " + std::to_string(count) + " scales", std::to_string(extent) + ", the extent of dimension " + std::to_string(dimension));
    }
    const Range range = range_of(to.type);
    for (std::size_t i = 0; i < count; ++i) {
      const float scale = quantization.scale[i];
      // The scale of a bias follows from others and is used by nobody; it may be too small for a float.
      const bool good = std::isfinite(scale) && (scale > 0 || (scale == 0 && !needs_scale(to.type)));
      if (!good) throw file.refusal("has the scale " + std::to_string(scale) + " at index " + std::to_string(i), "a positive, finite scale");
      const std::int64_t zero_point = quantization.zero_point[i];
      if (zero_point < range.low || zero_point > range.high)
        throw file.refusal("has the zero point " + std::to_string(zero_point) + " at index " + std::to_string(i),
                           std::to_string(range.low) + " to " + std::to_string(range.high) + ", as it is " + name(to.type));
    }
  }

  void read_data(const Table& root, const Table& from, Tensor& to) {
    const auto index = from.number<std::uint32_t>(schema::tensor::buffer, 0);
    if (index == 0 && buffers.empty()) return;
    if (index >= buffers.size())
      throw file.refusal("has its data in buffer " + std::to_string(index), "a buffer below " + std::to_string(buffers.size()) + ", their number");
    const Table buffer = root.element(buffers[index], "buffer");
    if (buffer.number<std::uint64_t>(schema::buffer::offset, 0) != 0 || buffer.number<std::uint64_t>(schema::buffer::size, 0) != 0)
      throw file.refusal("has its data outside the FlatBuffer, in buffer " + std::to_string(index), "data within it");
    const std::uint64_t size = buffer.vector(schema::buffer::data, 1).size();
    if (size == 0) return;
    const std::uint64_t expected = byte_count(to.type, to.shape);
    if (size != expected)
      throw file.refusal("has " + std::to_string(size) + " bytes of data", std::to_string(expected) + " for " + name(to.shape) + " of " + name(to.type));
    to.data = buffer.numbers<std::uint8_t>(schema::buffer::data);
  }

  Flatbuffer file;
  Bytes bytes;
  Model model;
  std::vector<std::uint64_t> buffers;
  std::vector<bool> used;
};

}  // namespace

Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes) {
  Model model = Reader{name, bytes}.read();
  check_graph(model);
  for (std::size_t i = 0; i < model.operators.size(); ++i) check_operator(model, i);
  return model;
}

Model read_model(const std::string& name) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  if (!error && size > most_bytes)
    throw failure(name, "is " + std::to_string(size) + " bytes long", "at most " + std::to_string(most_bytes) + ", many times what a microcontroller holds");
  if (std::filesystem::is_other(name, error)) throw failure(name, "is no file on a disk", "a TensorFlow Lite model");
  const std::string content = read_file(name);
  return parse_model(name, {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()});
}

}  // namespace tools::tflite
