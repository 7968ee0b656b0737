// Constants of a file as values: float16, bfloat16 and double become float32, int64 becomes int32, its ends where it is beyond
// them (a slice to 2^63 - 1 is one to the end).
#include <algorithm>
#include <bit>
#include <cstring>

#include "tools/data/half.hpp"
#include "tools/import/check.hpp"
#include "tools/import/limits.hpp"
#include "tools/onnx/translation.hpp"

namespace tools::onnx {

namespace {

template <class Number>
std::vector<Number> numbers(const TensorData& data) {
  std::vector<Number> values(data.bytes.size() / sizeof(Number));
  if (!values.empty()) std::memcpy(values.data(), data.bytes.data(), values.size() * sizeof(Number));
  return values;
}

template <class Number>
std::vector<std::uint8_t> bytes(const std::vector<Number>& values) {
  std::vector<std::uint8_t> made(values.size() * sizeof(Number));
  if (!made.empty()) std::memcpy(made.data(), values.data(), made.size());
  return made;
}

std::vector<std::uint8_t> as_float(const TensorData& data) {
  std::vector<float> values;
  if (data.type == DataType::float64)
    for (double value : numbers<double>(data)) values.push_back(static_cast<float>(value));
  else
    for (std::uint16_t half : numbers<std::uint16_t>(data))
      values.push_back(data.type == DataType::float16 ? from_half(half)
                                                      : std::bit_cast<float>(static_cast<std::uint32_t>(half) << 16));
  return bytes(values);
}

template <class Number>
std::vector<std::uint8_t> as_int32(const TensorData& data) {
  std::vector<std::int32_t> values;
  for (Number value : numbers<Number>(data)) {
    if constexpr (std::is_unsigned_v<Number>)
      values.push_back(static_cast<std::int32_t>(std::min<std::uint64_t>(value, std::numeric_limits<std::int32_t>::max())));
    else
      values.push_back(static_cast<std::int32_t>(
          std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max())));
  }
  return bytes(values);
}

// Two in a byte, the first one low.
std::vector<std::uint8_t> as_int8(const TensorData& data, std::int64_t count) {
  std::vector<std::uint8_t> values;
  for (std::int64_t i = 0; i < count; ++i) {
    const int code = data.bytes[static_cast<std::size_t>(i / 2)] >> (i % 2 * 4) & 15;
    values.push_back(static_cast<std::uint8_t>(data.type == DataType::int4 && code > 7 ? code - 16 : code));
  }
  return values;
}

}  // namespace

Value constant_value(Translation& whole, const TensorData& data) {
  Value made{.shape = {}, .type = data.type, .layout = {}};
  for (std::int64_t extent : data.shape) made.shape.push_back(static_cast<int>(extent));
  const std::int64_t count = made.count();
  if (count == 0) return made;
  made.layout = natural(made.shape);
  const auto add = [&](Type type, std::vector<std::uint8_t> content) {
    made.tensor = whole.add_constant(type, made.shape, std::move(content), data.name);
  };
  switch (data.type) {
    case DataType::float32:
      add(Type::float32, data.bytes);
      break;
    case DataType::float16:
    case DataType::bfloat16:
    case DataType::float64:
      add(Type::float32, as_float(data));
      break;
    case DataType::int8:
      add(Type::int8, data.bytes);
      break;
    case DataType::uint8:
      add(Type::uint8, data.bytes);
      break;
    case DataType::int4:
      add(Type::int8, as_int8(data, count));
      made.type = DataType::int8;
      break;
    case DataType::uint4:
      add(Type::uint8, as_int8(data, count));
      made.type = DataType::uint8;
      break;
    case DataType::int16:
      add(Type::int16, data.bytes);
      break;
    case DataType::int32:
      add(Type::int32, data.bytes);
      break;
    case DataType::boolean:
      add(Type::boolean, data.bytes);
      break;
    case DataType::int64:
      add(Type::int32, as_int32<std::int64_t>(data));
      break;
    case DataType::uint16:
      add(Type::int32, as_int32<std::uint16_t>(data));
      break;
    case DataType::uint32:
      add(Type::int32, as_int32<std::uint32_t>(data));
      break;
    case DataType::uint64:
      add(Type::int32, as_int32<std::uint64_t>(data));
      break;
    default:
      whole.refuse("tensor " + importer::in_quotes(data.name), "is " + name(data.type), "numbers");
  }
  importer::check_tensor(whole.model, made.tensor);
  return made;
}

}  // namespace tools::onnx
