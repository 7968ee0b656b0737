#include "tools/tflite/options.hpp"

#include <cmath>

namespace tools::tflite {

namespace {

// Reads numbers of one table of options, and refuses those that mean nothing.
struct Reader {
  const Flatbuffer& file;
  const Table& table;

  int enumeration(Field field, int last) const {
    const int value = table.number<std::int8_t>(field, 0);
    if (value < 0 || value > last) throw file.refusal(text("its ", field.name, " is number ", value), text("0 to ", last));
    return value;
  }

  Padding padding(Field field) const { return enumeration(field, 1) == 0 ? Padding::same : Padding::valid; }

  Activation activation(Field field) const {
    switch (enumeration(field, 5)) {
      case 0: return Activation::none;
      case 1: return Activation::relu;
      case 2: return Activation::relu_n1_to_1;
      case 3: return Activation::relu6;
      default: return Activation::other;  // tanh, sign bit
    }
  }

  // A size: at least 1; far from the ends of int, so that sums of a few products of extents and sizes fit 64 bits.
  int size(Field field, int otherwise) const {
    constexpr int most = 65535;
    const int value = table.number<std::int32_t>(field, otherwise);
    if (value < 1 || value > most) throw file.refusal(text("its ", field.name, " is ", value), text("1 to ", most));
    return value;
  }

  float real(Field field) const {
    const float value = table.number<float>(field, 0);
    if (!std::isfinite(value)) throw file.refusal(text("its ", field.name, " is not finite"), "a number");
    return value;
  }

  bool flag(Field field) const { return table.number<std::uint8_t>(field, 0) != 0; }
};

void read_strides(const Reader& read, Field across, Field down, Options& options) {
  options.stride_w = read.size(across, 0);
  options.stride_h = read.size(down, 0);
}

void read_dilations(const Reader& read, Field across, Field down, Options& options) {
  options.dilation_w = read.size(across, 1);
  options.dilation_h = read.size(down, 1);
}

}  // namespace

Options read_options(const Flatbuffer& file, schema::OptionsType type, const Table& table) {
  using schema::OptionsType;
  const Reader read{file, table};
  Options options;
  switch (type) {
    case OptionsType::conv_2d: {
      using namespace schema::conv_2d;
      options.padding = read.padding(padding);
      options.activation = read.activation(activation);
      read_strides(read, stride_w, stride_h, options);
      read_dilations(read, dilation_w, dilation_h, options);
      break;
    }
    case OptionsType::depthwise_conv_2d: {
      using namespace schema::depthwise_conv_2d;
      options.padding = read.padding(padding);
      options.activation = read.activation(activation);
      read_strides(read, stride_w, stride_h, options);
      read_dilations(read, dilation_w, dilation_h, options);
      options.depth_multiplier = table.number<std::int32_t>(depth_multiplier, 0);
      break;
    }
    case OptionsType::pool_2d: {
      using namespace schema::pool_2d;
      options.padding = read.padding(padding);
      options.activation = read.activation(activation);
      read_strides(read, stride_w, stride_h, options);
      options.filter_w = read.size(filter_w, 0);
      options.filter_h = read.size(filter_h, 0);
      break;
    }
    case OptionsType::transpose_conv: {
      using namespace schema::transpose_conv;
      options.padding = read.padding(padding);
      options.activation = read.activation(activation);
      read_strides(read, stride_w, stride_h, options);
      break;
    }
    case OptionsType::fully_connected: {
      using namespace schema::fully_connected;
      options.activation = read.activation(activation);
      options.keep_num_dims = read.flag(keep_num_dims);
      if (table.number<std::int8_t>(weights_format, 0) != 0)
        throw file.refusal("its weights are stored shuffled", "weights in order");
      break;
    }
    case OptionsType::concatenation: {
      using namespace schema::concatenation;
      options.activation = read.activation(activation);
      options.axis = table.number<std::int32_t>(axis, 0);
      break;
    }
    case OptionsType::add:
    case OptionsType::mul:
    case OptionsType::sub:
      options.activation = read.activation(schema::arithmetic::activation);
      break;
    case OptionsType::svdf:
      options.rank = read.size(schema::svdf::rank, 0);
      options.activation = read.activation(schema::svdf::activation);
      break;
    case OptionsType::unidirectional_sequence_lstm: {
      using namespace schema::unidirectional_sequence_lstm;
      if (const int function = read.enumeration(activation, 5); function != 4)
        throw file.refusal(text("its activation is number ", function), "4, tanh");
      options.cell_clip = read.real(cell_clip);
      if (options.cell_clip < 0) throw file.refusal(text("its cell clip is ", options.cell_clip), "at least 0");
      options.time_major = read.flag(time_major);
      if (read.flag(diagonal)) throw file.refusal("its recurrent weights are diagonals", "whole matrices");
      break;
    }
    case OptionsType::softmax:
      options.beta = read.real(schema::softmax::beta);
      break;
    case OptionsType::leaky_relu:
      options.alpha = read.real(schema::leaky_relu::alpha);
      break;
    case OptionsType::resize_bilinear:
      options.align_corners = read.flag(schema::resize_bilinear::align_corners);
      options.half_pixel_centers = read.flag(schema::resize_bilinear::half_pixel_centers);
      break;
    case OptionsType::resize_nearest_neighbor:
      options.align_corners = read.flag(schema::resize_nearest_neighbor::align_corners);
      options.half_pixel_centers = read.flag(schema::resize_nearest_neighbor::half_pixel_centers);
      break;
    case OptionsType::strided_slice: {
      using namespace schema::strided_slice;
      options.begin_mask = table.number<std::int32_t>(begin_mask, 0);
      options.end_mask = table.number<std::int32_t>(end_mask, 0);
      options.shrink_mask = table.number<std::int32_t>(shrink_axis_mask, 0);
      for (Field field : {ellipsis_mask, new_axis_mask})
        if (const auto mask = table.number<std::int32_t>(field, 0); mask != 0)
          throw file.refusal(text("its ", field.name, " is ", mask), "0");
      if (read.flag(offset)) throw file.refusal("its ends are distances from its beginnings", "ends that are indices");
      break;
    }
    case OptionsType::split:
      options.splits = table.number<std::int32_t>(schema::split::splits, 0);
      break;
    case OptionsType::reducer:
      options.keep_dims = read.flag(schema::reducer::keep_dims);
      break;
    case OptionsType::none:
      break;
  }
  return options;
}

}  // namespace tools::tflite
