#include <algorithm>
#include <initializer_list>

#include "tools/data/failure.hpp"
#include "tools/tflite/check.hpp"
#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/names.hpp"

namespace tools::tflite {

namespace {

using Shape = std::vector<int>;

std::int64_t element_count(const Shape& shape) {
  std::int64_t elements = 1;
  for (int extent : shape) elements *= extent;
  return elements;
}

// Of a window of `filter` elements, `dilation` apart, moved by `stride` over `extent` elements.
std::int64_t windows(std::int64_t extent, std::int64_t filter, std::int64_t stride, std::int64_t dilation, Padding padding) {
  const std::int64_t reach = padding == Padding::same ? 1 : (filter - 1) * dilation + 1;
  return extent < reach ? 0 : (extent - reach) / stride + 1;
}

Shape without_ones(Shape shape) {
  std::erase(shape, 1);
  return shape;
}

class Check {
 public:
  Check(Model& subject, std::size_t place) : model{subject}, operation{subject.operators[place]}, index{place} {}

  void check() {
    switch (operation.op) {
      case Op::conv_2d: return convolution();
      case Op::depthwise_conv_2d: return depthwise_convolution();
      case Op::fully_connected: return fully_connected();
      case Op::average_pool_2d:
      case Op::max_pool_2d: return pooling();
      case Op::add:
      case Op::sub:
      case Op::mul:
      case Op::maximum:
      case Op::minimum:
      case Op::prelu: return elementwise();
      case Op::concatenation: return concatenation();
      case Op::pad:
      case Op::pad_v2: return pad();
      case Op::mean:
      case Op::sum:
      case Op::reduce_max: return reduction();
      case Op::reshape: return reshape();
      case Op::squeeze:
      case Op::expand_dims: return ones();
      case Op::relu:
      case Op::relu6:
      case Op::relu_n1_to_1:
      case Op::leaky_relu:
      case Op::logistic:
      case Op::tanh:
      case Op::elu:
      case Op::hard_swish:
      case Op::softmax:
      case Op::quantize:
      case Op::dequantize: return activation();
      default: return;
    }
  }

 private:
  Failure refusal(const std::string& wrong, const std::string& expected) const {
    return failure(model.file + ": " + label(operation, index), wrong, expected);
  }

  const Tensor& tensor(int number) const { return model.tensors[static_cast<std::size_t>(number)]; }
  const Tensor& input(std::size_t i) const { return tensor(operation.inputs[i]); }
  const Tensor& output() const { return tensor(operation.outputs[0]); }
  bool has_input(std::size_t i) const { return i < operation.inputs.size() && operation.inputs[i] >= 0; }
  std::string input_label(std::size_t i) const { return label(model, operation.inputs[i]); }

  // `least` inputs that must be there, up to `most`; one output.
  void require_inputs(std::size_t least, std::size_t most) const {
    const std::size_t count = operation.inputs.size();
    if (count < least || count > most)
      throw refusal("has " + std::to_string(count) + " inputs", least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most));
    for (std::size_t i = 0; i < least; ++i)
      if (!has_input(i)) throw refusal("lacks its input " + std::to_string(i), "a tensor");
    if (operation.outputs.size() != 1) throw refusal("has " + std::to_string(operation.outputs.size()) + " outputs", "one");
  }

  void require_rank(std::size_t i, std::size_t rank) const {
    if (input(i).shape.size() != rank)
      throw refusal(input_label(i) + " has the shape " + name(input(i).shape), std::to_string(rank) + " dimensions");
  }

  void require_type(std::size_t i, std::initializer_list<Type> types) const {
    if (std::find(types.begin(), types.end(), input(i).type) != types.end()) return;
    std::string list;
    for (Type type : types) {
      if (!list.empty()) list += " or ";
      list += name(type);
    }
    throw refusal(input_label(i) + " is " + name(input(i).type), list);
  }

  void require_output_type(std::initializer_list<Type> types) const {
    if (std::find(types.begin(), types.end(), output().type) == types.end())
      throw refusal(std::string{"makes "} + name(output().type) + " of " + name(input(0).type), name(*types.begin()));
  }

  void require_output(const Shape& shape) const {
    if (output().shape != shape) throw refusal("has an output of " + name(output().shape), name(shape) + ", as follows from its inputs and options");
  }

  // As an extent of the output; one that cannot be is refused by require_output.
  static int extent(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1 << 30)); }

  // A tensor of whole numbers that the operator needs beforehand.
  std::vector<std::int64_t> constant(std::size_t i) const {
    require_type(i, {Type::int32, Type::int64});
    const Tensor& from = input(i);
    if (from.data.empty()) throw refusal(input_label(i) + " is computed", "a constant");
    const std::size_t size = from.type == Type::int32 ? 4 : 8;
    std::vector<std::int64_t> values;
    for (std::size_t at = 0; at < from.data.size(); at += size) {
      const Bytes bytes = Bytes{from.data}.subspan(at, size);
      values.push_back(size == 4 ? little_endian<std::int32_t>(bytes) : little_endian<std::int64_t>(bytes));
    }
    return values;
  }

  // Types of input, weights, bias and output; as many scales of the weights and biases as output channels.
  void require_weights(int channels, int channel_dimension) const {
    require_type(0, {Type::float32, Type::int8, Type::int16, Type::uint8});
    const Type type = input(0).type;
    require_output_type({type});
    if (type == Type::float32) require_type(1, {Type::float32});
    else if (type == Type::int8) require_type(1, {Type::int8, Type::int4});
    else if (type == Type::int16) require_type(1, {Type::int8});
    else require_type(1, {Type::uint8});
    const Quantization& quantization = input(1).quantization;
    if (quantization.scale.size() > 1 && quantization.dimension != channel_dimension)
      throw refusal(input_label(1) + " has scales along dimension " + std::to_string(quantization.dimension),
                    std::to_string(channel_dimension) + ", that of the output channels");
    if (!has_input(2)) return;
    if (type == Type::float32) require_type(2, {Type::float32});
    else if (type == Type::int16) require_type(2, {Type::int32, Type::int64});
    else require_type(2, {Type::int32});
    if (element_count(input(2).shape) != channels)
      throw refusal(input_label(2) + " has the shape " + name(input(2).shape), std::to_string(channels) + ", the output channels");
  }

  Shape window_output(int filter_h, int filter_w, int channels) const {
    const Options& options = operation.options;
    const Shape& x = input(0).shape;
    return {x[0], extent(windows(x[1], filter_h, options.stride_h, options.dilation_h, options.padding)),
            extent(windows(x[2], filter_w, options.stride_w, options.dilation_w, options.padding)), channels};
  }

  void convolution() const {
    require_inputs(2, 3);
    require_rank(0, 4);
    require_rank(1, 4);
    const Shape &x = input(0).shape, &w = input(1).shape;
    const int groups = x[3] / w[3];
    if (x[3] % w[3] != 0 || w[0] % groups != 0)
      throw refusal(input_label(1) + " has the shape " + name(w), "weights for " + std::to_string(x[3]) + " input channels, or for equal groups of them");
    require_weights(w[0], 0);
    require_output(window_output(w[1], w[2], w[0]));
  }

  void depthwise_convolution() {
    require_inputs(2, 3);
    require_rank(0, 4);
    require_rank(1, 4);
    const Shape &x = input(0).shape, &w = input(1).shape;
    if (w[0] != 1 || w[3] % x[3] != 0)
      throw refusal(input_label(1) + " has the shape " + name(w), "1 x height x width x a multiple of " + std::to_string(x[3]) + ", the input channels");
    // The file may leave it out: 0.
    const int stated = operation.options.depth_multiplier, multiplier = w[3] / x[3];
    if (stated != 0 && stated != multiplier)
      throw refusal("has the depth multiplier " + std::to_string(stated), std::to_string(multiplier) + ", as its weights have");
    operation.options.depth_multiplier = multiplier;
    require_weights(w[3], 3);
    require_output(window_output(w[1], w[2], w[3]));
  }

  void fully_connected() const {
    require_inputs(2, 3);
    require_rank(1, 2);
    const Shape &x = input(0).shape, &w = input(1).shape;
    const bool keep = operation.options.keep_num_dims;
    const std::int64_t elements = element_count(x);
    if (elements % w[1] != 0 || (keep && (x.empty() || x.back() != w[1])))
      throw refusal(input_label(1) + " has the shape " + name(w), "weights for the input " + name(x));
    require_weights(w[0], 0);
    Shape y{extent(elements / w[1]), w[0]};
    if (keep) {
      y = x;
      y.back() = w[0];
    }
    require_output(y);
  }

  void pooling() const {
    require_inputs(1, 1);
    require_rank(0, 4);
    require_output_type({input(0).type});
    require_output(window_output(operation.options.filter_h, operation.options.filter_w, input(0).shape[3]));
  }

  // Extents are compared from the last; one that is 1 or lacking goes with any.
  void elementwise() const {
    require_inputs(2, 2);
    require_type(1, {input(0).type});
    require_output_type({input(0).type});
    const Shape &a = input(0).shape, &b = input(1).shape;
    Shape y(std::max(a.size(), b.size()), 1);
    for (std::size_t i = 1; i <= y.size(); ++i) {
      const int from_a = i <= a.size() ? a[a.size() - i] : 1, from_b = i <= b.size() ? b[b.size() - i] : 1;
      if (from_a != from_b && from_a != 1 && from_b != 1)
        throw refusal("has inputs of " + name(a) + " and " + name(b), "shapes that are equal, but for extents of 1");
      y[y.size() - i] = std::max(from_a, from_b);
    }
    require_output(y);
  }

  void concatenation() {
    require_inputs(1, operation.inputs.size());
    Shape y = input(0).shape;
    const int rank = static_cast<int>(y.size());
    int& axis = operation.options.axis;
    if (axis < -rank || axis >= rank) throw refusal("has axis " + std::to_string(axis), "one of " + std::to_string(rank) + " dimensions");
    if (axis < 0) axis += rank;
    const auto along = static_cast<std::size_t>(axis);
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < operation.inputs.size(); ++i) {
      if (!has_input(i)) throw refusal("lacks its input " + std::to_string(i), "a tensor");
      require_type(i, {output().type});
      require_rank(i, y.size());
      sum += input(i).shape[along];
      y[along] = input(i).shape[along];
      if (input(i).shape != y) throw refusal(input_label(i) + " has the shape " + name(input(i).shape), name(y) + ", like the first, but for dimension " + std::to_string(axis));
    }
    y[along] = extent(sum);
    require_output(y);
  }

  void pad() const {
    require_inputs(operation.op == Op::pad ? 2 : 3, operation.op == Op::pad ? 2 : 3);
    require_output_type({input(0).type});
    if (operation.op == Op::pad_v2) require_type(2, {input(0).type});
    Shape y = input(0).shape;
    const std::vector<std::int64_t> padding = constant(1);
    if (padding.size() != 2 * y.size())
      throw refusal(input_label(1) + " has the shape " + name(input(1).shape), std::to_string(y.size()) + "x2, for the input " + name(y));
    for (std::size_t i = 0; i < padding.size(); ++i) {
      if (padding[i] < 0 || padding[i] > 1 << 28) throw refusal(input_label(1) + " has the padding " + std::to_string(padding[i]), "0 to " + std::to_string(1 << 28));
      y[i / 2] = extent(y[i / 2] + padding[i]);
    }
    require_output(y);
  }

  void reduction() const {
    require_inputs(2, 2);
    require_output_type({input(0).type});
    const Shape& x = input(0).shape;
    const auto rank = static_cast<std::int64_t>(x.size());
    std::vector<bool> reduced(x.size(), false);
    for (std::int64_t axis : constant(1)) {
      if (axis < -rank || axis >= rank) throw refusal("has axis " + std::to_string(axis), "one of " + std::to_string(rank) + " dimensions");
      reduced[static_cast<std::size_t>(axis < 0 ? axis + rank : axis)] = true;
    }
    Shape y;
    for (std::size_t i = 0; i < x.size(); ++i) {
      if (!reduced[i]) y.push_back(x[i]);
      else if (operation.options.keep_dims) y.push_back(1);
    }
    require_output(y);
  }

  void require_same_elements() const {
    require_output_type({input(0).type});
    if (element_count(input(0).shape) != element_count(output().shape))
      throw refusal("makes " + name(output().shape) + " of " + name(input(0).shape), "as many elements");
  }

  void reshape() const {
    require_inputs(1, 2);
    require_same_elements();
    if (!has_input(1) || input(1).data.empty()) return;
    const std::vector<std::int64_t> asked = constant(1);
    const Shape& y = output().shape;
    const bool same = std::equal(asked.begin(), asked.end(), y.begin(), y.end(), [](std::int64_t a, int b) { return a == b || a == -1; });
    if (!same || std::count(asked.begin(), asked.end(), -1) > 1) throw refusal("has an output of " + name(y), "the shape that " + input_label(1) + " asks for");
  }

  // Extents of 1 come or go.
  void ones() const {
    require_inputs(1, 2);
    require_same_elements();
    if (without_ones(input(0).shape) != without_ones(output().shape))
      throw refusal("makes " + name(output().shape) + " of " + name(input(0).shape), "the same, but for extents of 1");
  }

  void activation() const {
    require_inputs(1, 1);
    const Type type = input(0).type;
    switch (operation.op) {
      case Op::quantize: require_output_type({Type::int8, Type::int16, Type::uint8, Type::int32}); break;
      case Op::dequantize: require_output_type({Type::float32}); break;
      case Op::softmax: require_output_type({type, type == Type::int8 ? Type::int16 : type}); break;
      default: require_output_type({type});
    }
    require_output(input(0).shape);
  }

  Model& model;
  Operator& operation;
  std::size_t index;
};

}  // namespace

void check_operator(Model& model, std::size_t index) { Check{model, index}.check(); }

}  // namespace tools::tflite
