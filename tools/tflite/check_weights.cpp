// Operators with weights or windows: convolutions, pooling, fully connected.
#include "tools/tflite/check.hpp"
#include "tools/tflite/operator_check.hpp"

namespace tools::tflite {

namespace {

// Of a window of `filter` elements, `dilation` apart, moved by `stride` over `extent` elements.
std::int64_t windows(std::int64_t extent, std::int64_t filter, std::int64_t stride, std::int64_t dilation, Padding padding) {
  const std::int64_t reach = padding == Padding::same ? 1 : (filter - 1) * dilation + 1;
  return extent < reach ? 0 : (extent - reach) / stride + 1;
}

struct Check : OperatorCheck {
  // Types of input `x`, weights, bias and output; as many scales of the weights and biases as output channels.
  void require_weights(int channels, int channel_dimension, std::size_t x = 0, std::size_t bias = 2) const {
    require_type(x, {Type::float32, Type::int8, Type::int16, Type::uint8});
    const Type type = input(x).type;
    require_output_type({type}, x);
    if (type == Type::float32) require_type(1, {Type::float32});
    else if (type == Type::int8) require_type(1, {Type::int8, Type::int4});
    else if (type == Type::int16) require_type(1, {Type::int8});
    else require_type(1, {Type::uint8});
    const Quantization& quantization = input(1).quantization;
    if (quantization.scale.size() > 1 && quantization.dimension != channel_dimension)
      throw refusal(text(input_label(1), " has scales along dimension ", quantization.dimension),
                    text(channel_dimension, ", that of the output channels"));
    if (!has_input(bias)) return;
    if (type == Type::float32) require_type(bias, {Type::float32});
    else if (type == Type::int16) require_type(bias, {Type::int32, Type::int64});
    else require_type(bias, {Type::int32});
    if (element_count(input(bias).shape) != channels)
      throw refusal(text(input_label(bias), " has the shape ", input(bias).shape), text(channels, ", the output channels"));
  }

  Shape window_output(int filter_h, int filter_w, int channels) const { return windows_of(input(0).shape, filter_h, filter_w, channels); }

  Shape windows_of(const Shape& x, int filter_h, int filter_w, int channels) const {
    const Options& options = operation.options;
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
      throw refusal(text(input_label(1), " has the shape ", w),
                    text("weights for ", x[3], " input channels, or for equal groups of them"));
    require_weights(w[0], 0);
    require_output(window_output(w[1], w[2], w[0]));
  }

  void depthwise_convolution() {
    require_inputs(2, 3);
    require_rank(0, 4);
    require_rank(1, 4);
    const Shape &x = input(0).shape, &w = input(1).shape;
    if (w[0] != 1 || w[3] % x[3] != 0)
      throw refusal(text(input_label(1), " has the shape ", w),
                    text("1, height, width, a multiple of ", x[3], ", the input channels"));
    // The file may leave it out: 0.
    const int stated = operation.options.depth_multiplier, multiplier = w[3] / x[3];
    if (stated != 0 && stated != multiplier)
      throw refusal(text("has the depth multiplier ", stated), text(multiplier, ", as its weights have"));
    operation.options.depth_multiplier = multiplier;
    require_weights(w[3], 3);
    require_output(window_output(w[1], w[2], w[3]));
  }

  // The convolution of its output has the shape of its input.
  void transpose_convolution() const {
    require_inputs(3, 4);
    require_rank(1, 4);
    require_rank(2, 4);
    const Shape &w = input(1).shape, &x = input(2).shape, &y = output().shape;
    const std::vector<std::int64_t> asked = constant(0);
    if (!std::equal(asked.begin(), asked.end(), y.begin(), y.end()))
      throw refusal(text("has an output of ", y), text("the shape that ", input_label(0), " asks for"));
    if (y.size() != 4 || y[0] != x[0] || y[3] != w[0] || x[3] != w[3])
      throw refusal(text("makes ", y, " of ", x), text("one batch and the channels of the weights ", w));
    require_weights(w[0], 0, 2, 3);
    const Shape windows = windows_of(y, w[1], w[2], x[3]);
    if (windows != x) throw refusal(text("makes ", y, " of ", x), text(y, " of ", windows, ", as follows from its options"));
  }

  void fully_connected() const {
    require_inputs(2, 3);
    require_rank(1, 2);
    const Shape &x = input(0).shape, &w = input(1).shape;
    const bool keep = operation.options.keep_num_dims;
    const std::int64_t elements = element_count(x);
    if (elements % w[1] != 0 || (keep && (x.empty() || x.back() != w[1])))
      throw refusal(text(input_label(1), " has the shape ", w), text("weights for the input ", x));
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
};

}  // namespace

bool check_weights(Model& model, std::size_t index) {
  Check check{{model, index}};
  switch (check.operation.op) {
    case Op::conv_2d: check.convolution(); return true;
    case Op::depthwise_conv_2d: check.depthwise_convolution(); return true;
    case Op::transpose_conv: check.transpose_convolution(); return true;
    case Op::fully_connected: check.fully_connected(); return true;
    case Op::average_pool_2d:
    case Op::max_pool_2d: check.pooling(); return true;
    default: return false;
  }
}

}  // namespace tools::tflite
