#include <algorithm>
#include <cmath>
#include <limits>

#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/import/node.hpp"

namespace tools::importer {

namespace {

constexpr std::int64_t most_elements = std::int64_t{1} << 28;
constexpr std::size_t most_dimensions = 8;

struct CodeRange {
  std::int64_t low, high;
};

CodeRange range_of(Type type) {
  switch (type) {
    case Type::int4: return {-8, 7};
    case Type::int8: return {-128, 127};
    case Type::uint8: return {0, 255};
    case Type::int16: return {-32768, 32767};
    default: return {std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max()};
  }
}

// Numbers that mean something only with a scale; wider ones may count, as axes and shapes do.
bool needs_scale(Type type) { return type == Type::int4 || type == Type::int8 || type == Type::uint8 || type == Type::int16; }

std::int64_t byte_count(const Tensor& tensor) {
  const std::int64_t elements = element_count(tensor.shape);
  switch (tensor.type) {
    case Type::int4: return (elements + 1) / 2;
    case Type::int16:
    case Type::float16: return 2 * elements;
    case Type::float32:
    case Type::int32: return 4 * elements;
    case Type::int64: return 8 * elements;
    default: return elements;
  }
}

class Check {
 public:
  Check(const Model& whole, int at) : model{whole}, number{at}, tensor{whole.tensor(at)} {}

  void run() const {
    if (tensor.obstacle) refuse(tensor.obstacle->wrong, tensor.obstacle->expected);
    if (tensor.shaped) check_shape();
    check_data();
    check_quantization();
    if (tensor.type == Type::float32) check_numbers();
  }

 private:
  [[noreturn]] void refuse(const std::string& wrong, const std::string& expected) const {
    throw failure(model.file + ": " + label(model, number), wrong, expected);
  }

  void check_shape() const {
    if (tensor.shape.size() > most_dimensions)
      refuse(text("has ", tensor.shape.size(), " dimensions"), text("at most ", most_dimensions));
    std::int64_t elements = 1;
    for (int extent : tensor.shape) {
      if (extent < 1) refuse(text("has the shape ", tensor.shape), "extents of at least 1");
      elements *= extent;
      if (elements > most_elements) refuse(text("has the shape ", tensor.shape), text("at most ", most_elements, " elements"));
    }
  }

  void check_data() const {
    if (tensor.data.empty()) return;
    const auto size = static_cast<std::int64_t>(tensor.data.size());
    if (size != byte_count(tensor))
      refuse(text("has ", size, " bytes of data"), text(byte_count(tensor), " for ", tensor.shape, " of ", name(tensor.type)));
  }

  // Scales and zero points must fit the shape and the type.
  void check_quantization() const {
    const Quantization& quantization = tensor.quantization;
    const std::size_t count = quantization.scale.size();
    if (needs_scale(tensor.type) && count == 0 && !only_cast())
      refuse(text("is ", name(tensor.type), " without quantization"), "a scale and a zero point");
    if (count > 1) {
      const int dimension = quantization.dimension;
      if (dimension < 0 || static_cast<std::size_t>(dimension) >= tensor.shape.size())
        refuse(text("has scales along dimension ", dimension), text("one of its shape, ", tensor.shape));
      const int extent = tensor.shape[static_cast<std::size_t>(dimension)];
      if (static_cast<std::size_t>(extent) != count)
        refuse(text("has ", count, " scales"), text(extent, ", the extent of dimension ", dimension));
    }
    const CodeRange range = range_of(tensor.type);
    for (std::size_t i = 0; i < count; ++i) {
      const float scale = quantization.scale[i];
      // The scale of a bias follows from others and is used by nobody; it may be too small for a float.
      const bool good = std::isfinite(scale) && (scale > 0 || (scale == 0 && !needs_scale(tensor.type)));
      if (!good) refuse(text("has the scale ", scale, " at index ", i), "a positive, finite scale");
      const std::int64_t zero_point = quantization.zero_point[i];
      if (zero_point < range.low || zero_point > range.high)
        refuse(text("has the zero point ", zero_point, " at index ", i),
               text(range.low, " to ", range.high, ", as it is ", name(tensor.type)));
    }
  }

  // CAST takes numbers as they are stored.
  bool only_cast() const {
    return std::ranges::all_of(model.operators, [this](const Operator& op) {
      const bool uses =
          std::ranges::find(op.inputs, number) != op.inputs.end() || std::ranges::find(op.outputs, number) != op.outputs.end();
      return op.kind == "cast" || !uses;
    });
  }

  void check_numbers() const {
    const std::vector<float> values = numbers<float>(tensor);
    for (std::size_t i = 0; i < values.size(); ++i)
      if (std::isnan(values[i]))
        refuse(text("holds a NaN at index ", i), "numbers; it was damaged in training or by its converter");
  }

  const Model& model;
  const int number;
  const Tensor& tensor;
};

}  // namespace

void check_tensor(const Model& model, int tensor) { Check{model, tensor}.run(); }

}  // namespace tools::importer
