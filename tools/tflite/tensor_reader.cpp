#include "tools/tflite/tensor_reader.hpp"

#include <utility>

#include "tools/import/names.hpp"
#include "tools/tflite/schema.hpp"

namespace tools::tflite {

namespace {

using importer::Tensor;
using importer::Type;

Type type_of(std::int8_t number) {
  switch (number) {
    case 0: return Type::float32;
    case 1: return Type::float16;
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

bool is_integer(Type type) {
  return type == Type::int4 || type == Type::int8 || type == Type::uint8 || type == Type::int16 || type == Type::int32 ||
         type == Type::int64;
}

// The first one stays.
void note(Tensor& tensor, std::string wrong, std::string expected) {
  if (!tensor.obstacle) tensor.obstacle = {std::move(wrong), std::move(expected)};
}

}  // namespace

TensorReader::TensorReader(Flatbuffer& source, const Table& root)
    : file{source}, model{root}, buffers{root.elements(schema::model::buffers)} {}

Tensor TensorReader::read(const Table& from, std::size_t index) {
  file.copies(sizeof(Tensor));
  Tensor to;
  to.name = from.letters(schema::tensor::name);
  file.place = text("tensor ", index, " ", importer::in_quotes(to.name));
  read_type(from, to);
  if (from.has(schema::tensor::sparsity))
    note(to, "is stored sparse", "dense constants (convert without pruning's sparse encoding, EXPERIMENTAL_SPARSITY)");
  to.variable = from.number<std::uint8_t>(schema::tensor::is_variable, 0) != 0;
  read_shape(from, to);
  if (is_integer(to.type)) read_quantization(from, to);
  if (to.type != Type::other) read_data(from, to);
  return to;
}

void TensorReader::read_type(const Table& from, Tensor& to) const {
  const auto number = from.number<std::int8_t>(schema::tensor::type, 0);
  to.type = type_of(number);
  if (to.type == Type::other)
    note(to, text("has type ", number),
         "0 (float32), 1 (float16), 2 (int32), 3 (uint8), 4 (int64), 6 (bool), 7 (int16), 9 (int8) or 17 (int4)");
}

void TensorReader::read_shape(const Table& from, Tensor& to) const {
  to.shape = from.numbers<std::int32_t>(schema::tensor::shape);
  // A batch left open is usual: the shape says how many the model was converted for.
  const auto signature = from.numbers<std::int32_t>(schema::tensor::shape_signature);
  for (std::size_t i = 1; i < signature.size(); ++i)
    if (signature[i] < 0) note(to, text("has a dynamic shape: dimension ", i, " is open"), "a shape known beforehand");
}

void TensorReader::read_quantization(const Table& from, Tensor& to) const {
  const auto table = from.table(schema::tensor::quantization);
  if (!table) return;
  if (table->number<std::uint8_t>(schema::quantization::details_type, 0) != 0)
    return note(to, "has a quantization of its own kind", "scales and zero points (blockwise and other kinds are not imported)");
  importer::Quantization& quantization = to.quantization;
  quantization.scale = table->numbers<float>(schema::quantization::scale);
  quantization.zero_point = table->numbers<std::int64_t>(schema::quantization::zero_point);
  quantization.dimension = table->number<std::int32_t>(schema::quantization::dimension, 0);
  const std::size_t scales = quantization.scale.size(), zero_points = quantization.zero_point.size();
  if (zero_points != scales && (zero_points != 1 || scales == 0))
    note(to, text("has ", scales, " scales and ", zero_points, " zero points"), "as many, or one zero point for all");
  quantization.zero_point.resize(scales, zero_points > 0 ? quantization.zero_point[0] : 0);
}

void TensorReader::read_data(const Table& from, Tensor& to) const {
  const auto index = from.number<std::uint32_t>(schema::tensor::buffer, 0);
  if (index == 0 && buffers.empty()) return;
  if (index >= buffers.size())
    throw file.refusal(text("has its data in buffer ", index), text("a buffer below ", buffers.size(), ", their number"));
  const Table buffer = model.element(buffers[index], "buffer");
  if (buffer.number<std::uint64_t>(schema::buffer::offset, 0) != 0 || buffer.number<std::uint64_t>(schema::buffer::size, 0) != 0)
    return note(to, text("has its data outside the FlatBuffer, in buffer ", index), "data within it");
  to.data = buffer.numbers<std::uint8_t>(schema::buffer::data);
}

}  // namespace tools::tflite
