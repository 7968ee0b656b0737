#include "tools/tflite/tensor_reader.hpp"

#include <cmath>
#include <limits>

#include "tools/tflite/names.hpp"
#include "tools/tflite/schema.hpp"

namespace tools::tflite {

namespace {

constexpr std::uint64_t most_elements = std::uint64_t{1} << 28;
constexpr std::size_t most_dimensions = 8;

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

// How many bytes a shape takes.
std::uint64_t byte_count(Type type, const std::vector<int>& shape) {
  std::uint64_t elements = 1;
  for (int extent : shape) elements *= static_cast<std::uint64_t>(extent);
  switch (type) {
    case Type::int4: return (elements + 1) / 2;
    case Type::int16: return 2 * elements;
    case Type::float32:
    case Type::int32: return 4 * elements;
    case Type::int64: return 8 * elements;
    default: return elements;
  }
}

// Scales and zero points must fit the shape and the type, also where one zero point stands for all.
void check_quantization(const Flatbuffer& file, const Tensor& tensor, const Quantization& quantization) {
  const std::size_t count = quantization.scale.size();
  if (count > 1) {
    const int dimension = quantization.dimension;
    if (dimension < 0 || static_cast<std::size_t>(dimension) >= tensor.shape.size())
      throw file.refusal(text("has scales along dimension ", dimension), text("one of its shape, ", tensor.shape));
    const int extent = tensor.shape[static_cast<std::size_t>(dimension)];
    if (static_cast<std::size_t>(extent) != count)
      throw file.refusal(text("has ", count, " scales"), text(extent, ", the extent of dimension ", dimension));
  }
  const Range range = range_of(tensor.type);
  for (std::size_t i = 0; i < count; ++i) {
    const float scale = quantization.scale[i];
    // The scale of a bias follows from others and is used by nobody; it may be too small for a float.
    const bool good = std::isfinite(scale) && (scale > 0 || (scale == 0 && !needs_scale(tensor.type)));
    if (!good) throw file.refusal(text("has the scale ", scale, " at index ", i), "a positive, finite scale");
    const std::int64_t zero_point = quantization.zero_point[i];
    if (zero_point < range.low || zero_point > range.high)
      throw file.refusal(text("has the zero point ", zero_point, " at index ", i),
                         text(range.low, " to ", range.high, ", as it is ", name(tensor.type)));
  }
}

}  // namespace

TensorReader::TensorReader(Flatbuffer& source, const Table& root)
    : file{source}, model{root}, buffers{root.elements(schema::model::buffers)} {}

Tensor TensorReader::read(const Table& from, std::size_t index, bool used) {
  file.copies(sizeof(Tensor));
  Tensor to;
  to.name = from.letters(schema::tensor::name);
  file.place = text("tensor ", index, " ", in_quotes(to.name));
  to.type = type(from, used);
  if (used && from.has(schema::tensor::sparsity)) throw file.refusal("is stored sparse", "dense constants");
  to.variable = from.number<std::uint8_t>(schema::tensor::is_variable, 0) != 0;
  to.shape = shape(from, used);
  if (is_integer(to.type)) to.quantization = quantization(from, to);
  if (used && needs_scale(to.type) && to.quantization.scale.empty())
    throw file.refusal(text("is ", name(to.type), " without quantization"), "a scale and a zero point");
  if (to.type != Type::other) to.data = data(from, to);
  return to;
}

Type TensorReader::type(const Table& from, bool used) const {
  const auto number = from.number<std::int8_t>(schema::tensor::type, 0);
  const Type type = type_of(number);
  if (used && type == Type::other)
    throw file.refusal(text("has type ", number),
                       "0 (float32), 2 (int32), 3 (uint8), 4 (int64), 6 (bool), 7 (int16), 9 (int8) or 17 (int4)");
  return type;
}

std::vector<int> TensorReader::shape(const Table& from, bool used) const {
  const auto shape = from.numbers<std::int32_t>(schema::tensor::shape);
  if (shape.size() > most_dimensions) throw file.refusal(text("has ", shape.size(), " dimensions"), text("at most ", most_dimensions));
  std::uint64_t elements = 1;
  for (int extent : shape) {
    if (extent < 1) throw file.refusal(text("has the shape ", shape), "extents of at least 1");
    elements *= static_cast<std::uint64_t>(extent);
    if (elements > most_elements) throw file.refusal(text("has the shape ", shape), text("at most ", most_elements, " elements"));
  }
  // A batch left open is usual: the shape says how many the model was converted for.
  const auto signature = from.numbers<std::int32_t>(schema::tensor::shape_signature);
  for (std::size_t i = 1; used && i < signature.size(); ++i)
    if (signature[i] < 0) throw file.refusal(text("has a dynamic shape: dimension ", i, " is open"), "a shape known beforehand");
  return shape;
}

Quantization TensorReader::quantization(const Table& from, const Tensor& tensor) const {
  Quantization quantization;
  const auto table = from.table(schema::tensor::quantization);
  if (!table) return quantization;
  if (table->number<std::uint8_t>(schema::quantization::details_type, 0) != 0)
    throw file.refusal("has a quantization of its own kind", "scales and zero points");
  quantization.scale = table->numbers<float>(schema::quantization::scale);
  quantization.zero_point = table->numbers<std::int64_t>(schema::quantization::zero_point);
  quantization.dimension = table->number<std::int32_t>(schema::quantization::dimension, 0);
  const std::size_t scales = quantization.scale.size(), zero_points = quantization.zero_point.size();
  if (zero_points != scales && (zero_points != 1 || scales == 0))
    throw file.refusal(text("has ", scales, " scales and ", zero_points, " zero points"), "as many, or one zero point for all");
  quantization.zero_point.resize(scales, scales > 0 ? quantization.zero_point[0] : 0);
  check_quantization(file, tensor, quantization);
  return quantization;
}

std::vector<std::uint8_t> TensorReader::data(const Table& from, const Tensor& tensor) const {
  const auto index = from.number<std::uint32_t>(schema::tensor::buffer, 0);
  if (index == 0 && buffers.empty()) return {};
  if (index >= buffers.size())
    throw file.refusal(text("has its data in buffer ", index), text("a buffer below ", buffers.size(), ", their number"));
  const Table buffer = model.element(buffers[index], "buffer");
  if (buffer.number<std::uint64_t>(schema::buffer::offset, 0) != 0 || buffer.number<std::uint64_t>(schema::buffer::size, 0) != 0)
    throw file.refusal(text("has its data outside the FlatBuffer, in buffer ", index), "data within it");
  const std::uint64_t size = buffer.vector(schema::buffer::data, 1).size(), expected = byte_count(tensor.type, tensor.shape);
  if (size == 0) return {};
  if (size != expected)
    throw file.refusal(text("has ", size, " bytes of data"), text(expected, " for ", tensor.shape, " of ", name(tensor.type)));
  return buffer.numbers<std::uint8_t>(schema::buffer::data);
}

}  // namespace tools::tflite
