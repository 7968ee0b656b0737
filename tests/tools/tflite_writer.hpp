// TensorFlow Lite models, written: the reverse of tools/tflite, for tests.
#pragma once

#include <algorithm>
#include <utility>

#include "flatbuffer_writer.hpp"
#include "tools/tflite/model.hpp"
#include "tools/tflite/schema.hpp"

namespace writer {

namespace schema = tools::tflite::schema;
using tools::tflite::Activation;
using tools::tflite::Model;
using tools::tflite::Op;
using tools::tflite::Operator;
using tools::tflite::Options;
using tools::tflite::Padding;
using tools::tflite::Tensor;
using tools::tflite::Type;
using schema::OptionsType;

inline std::int8_t number_of(Type type) {
  switch (type) {
    case Type::float32: return 0;
    case Type::int32: return 2;
    case Type::uint8: return 3;
    case Type::int64: return 4;
    case Type::boolean: return 6;
    case Type::int16: return 7;
    case Type::int8: return 9;
    case Type::int4: return 17;
    default: return 1;
  }
}

// Of the operators that tests use: code, and kind of options.
inline std::pair<std::int32_t, OptionsType> code_of(Op op) {
  switch (op) {
    case Op::add: return {0, OptionsType::add};
    case Op::average_pool_2d: return {1, OptionsType::pool_2d};
    case Op::concatenation: return {2, OptionsType::concatenation};
    case Op::conv_2d: return {3, OptionsType::conv_2d};
    case Op::depthwise_conv_2d: return {4, OptionsType::depthwise_conv_2d};
    case Op::dequantize: return {6, OptionsType::none};
    case Op::fully_connected: return {9, OptionsType::fully_connected};
    case Op::logistic: return {14, OptionsType::none};
    case Op::max_pool_2d: return {17, OptionsType::pool_2d};
    case Op::mul: return {18, OptionsType::mul};
    case Op::relu: return {19, OptionsType::none};
    case Op::reshape: return {22, OptionsType::none};
    case Op::resize_bilinear: return {23, OptionsType::resize_bilinear};
    case Op::softmax: return {25, OptionsType::softmax};
    case Op::svdf: return {27, OptionsType::svdf};
    case Op::pad: return {34, OptionsType::none};
    case Op::transpose: return {39, OptionsType::none};
    case Op::mean: return {40, OptionsType::reducer};
    case Op::sub: return {41, OptionsType::sub};
    case Op::squeeze: return {43, OptionsType::none};
    case Op::unidirectional_sequence_lstm: return {44, OptionsType::unidirectional_sequence_lstm};
    case Op::strided_slice: return {45, OptionsType::strided_slice};
    case Op::split: return {49, OptionsType::split};
    case Op::prelu: return {54, OptionsType::none};
    case Op::slice: return {65, OptionsType::none};
    case Op::transpose_conv: return {67, OptionsType::transpose_conv};
    case Op::resize_nearest_neighbor: return {97, OptionsType::resize_nearest_neighbor};
    case Op::leaky_relu: return {98, OptionsType::leaky_relu};
    case Op::quantize: return {114, OptionsType::none};
    default: return {128, OptionsType::none};  // CUMSUM, a code too large for the short field
  }
}

inline std::int8_t number_of(Activation activation) {
  return activation == Activation::other ? std::int8_t{4} : static_cast<std::int8_t>(activation);
}

inline Table options_of(OptionsType type, const Options& options) {
  Table to;
  // Not every model has all fields; these have.
  const auto window = [&](auto padding, auto stride_w, auto stride_h, auto activation) {
    to.set(padding, static_cast<std::int8_t>(options.padding));
    to.set(stride_w, options.stride_w);
    to.set(stride_h, options.stride_h);
    to.set(activation, number_of(options.activation));
  };
  switch (type) {
    case OptionsType::conv_2d:
      using namespace schema;
      window(conv_2d::padding, conv_2d::stride_w, conv_2d::stride_h, conv_2d::activation);
      to.set(conv_2d::dilation_w, options.dilation_w);
      to.set(conv_2d::dilation_h, options.dilation_h);
      break;
    case OptionsType::depthwise_conv_2d:
      window(depthwise_conv_2d::padding, depthwise_conv_2d::stride_w, depthwise_conv_2d::stride_h, depthwise_conv_2d::activation);
      to.set(depthwise_conv_2d::depth_multiplier, options.depth_multiplier);
      to.set(depthwise_conv_2d::dilation_w, options.dilation_w);
      to.set(depthwise_conv_2d::dilation_h, options.dilation_h);
      break;
    case OptionsType::pool_2d:
      window(pool_2d::padding, pool_2d::stride_w, pool_2d::stride_h, pool_2d::activation);
      to.set(pool_2d::filter_w, options.filter_w);
      to.set(pool_2d::filter_h, options.filter_h);
      break;
    case OptionsType::transpose_conv:
      window(transpose_conv::padding, transpose_conv::stride_w, transpose_conv::stride_h, transpose_conv::activation);
      break;
    case OptionsType::fully_connected:
      to.set(schema::fully_connected::activation, number_of(options.activation));
      to.set(schema::fully_connected::keep_num_dims, std::uint8_t{options.keep_num_dims});
      break;
    case OptionsType::concatenation:
      to.set(schema::concatenation::axis, options.axis);
      to.set(schema::concatenation::activation, number_of(options.activation));
      break;
    case OptionsType::softmax: to.set(schema::softmax::beta, options.beta); break;
    case OptionsType::leaky_relu: to.set(schema::leaky_relu::alpha, options.alpha); break;
    case OptionsType::resize_bilinear:
      to.set(schema::resize_bilinear::align_corners, std::uint8_t{options.align_corners});
      to.set(schema::resize_bilinear::half_pixel_centers, std::uint8_t{options.half_pixel_centers});
      break;
    case OptionsType::resize_nearest_neighbor:
      to.set(schema::resize_nearest_neighbor::align_corners, std::uint8_t{options.align_corners});
      to.set(schema::resize_nearest_neighbor::half_pixel_centers, std::uint8_t{options.half_pixel_centers});
      break;
    case OptionsType::strided_slice:
      to.set(schema::strided_slice::begin_mask, options.begin_mask);
      to.set(schema::strided_slice::end_mask, options.end_mask);
      to.set(schema::strided_slice::shrink_axis_mask, options.shrink_mask);
      break;
    case OptionsType::svdf:
      to.set(schema::svdf::rank, options.rank);
      to.set(schema::svdf::activation, number_of(options.activation));
      break;
    case OptionsType::unidirectional_sequence_lstm:
      to.set(schema::unidirectional_sequence_lstm::activation, std::int8_t{4});
      to.set(schema::unidirectional_sequence_lstm::cell_clip, options.cell_clip);
      to.set(schema::unidirectional_sequence_lstm::time_major, std::uint8_t{options.time_major});
      break;
    case OptionsType::split: to.set(schema::split::splits, options.splits); break;
    case OptionsType::reducer: to.set(schema::reducer::keep_dims, std::uint8_t{options.keep_dims}); break;
    default: to.set(schema::arithmetic::activation, number_of(options.activation));
  }
  return to;
}

inline Table operator_code(std::int32_t code) {
  Table to;
  to.set(schema::operator_code::short_code, static_cast<std::int8_t>(std::min(code, 127)));
  to.set(schema::operator_code::builtin_code, code);
  return to;
}

// Buffer 0 is empty, as is usual; each constant has one of its own behind it.
inline Table table_of(const Model& model) {
  std::vector<Table> tensors, buffers{Table{}}, operators, codes;
  for (const Tensor& from : model.tensors) {
    Table& to = tensors.emplace_back();
    to.set(schema::tensor::shape, from.shape);
    to.set(schema::tensor::type, number_of(from.type));
    to.set(schema::tensor::name, std::string_view{from.name});
    if (from.variable) to.set(schema::tensor::is_variable, std::uint8_t{1});
    if (!from.quantization.scale.empty()) {
      Table quantization;
      quantization.set(schema::quantization::scale, from.quantization.scale);
      quantization.set(schema::quantization::zero_point, from.quantization.zero_point);
      quantization.set(schema::quantization::dimension, from.quantization.dimension);
      to.set(schema::tensor::quantization, quantization);
    }
    if (from.data.empty()) continue;
    to.set(schema::tensor::buffer, static_cast<std::uint32_t>(buffers.size()));
    buffers.emplace_back().set(schema::buffer::data, from.data);
  }
  for (const Operator& from : model.operators) {
    const auto [code, type] = code_of(from.op);
    Table& to = operators.emplace_back();
    to.set(schema::operation::code, static_cast<std::uint32_t>(codes.size()));
    to.set(schema::operation::inputs, from.inputs);
    to.set(schema::operation::outputs, from.outputs);
    if (type != OptionsType::none) {
      to.set(schema::operation::options_type, static_cast<std::uint8_t>(type));
      to.set(schema::operation::options, options_of(type, from.options));
    }
    codes.push_back(operator_code(code));
  }
  Table subgraph, root;
  subgraph.set(schema::subgraph::tensors, tensors);
  subgraph.set(schema::subgraph::inputs, model.inputs);
  subgraph.set(schema::subgraph::outputs, model.outputs);
  subgraph.set(schema::subgraph::operators, operators);
  root.set(schema::model::version, schema::version);
  root.set(schema::model::operator_codes, codes);
  root.set(schema::model::subgraphs, std::vector<Table>{subgraph});
  root.set(schema::model::buffers, buffers);
  return root;
}

inline Bytes bytes_of(const Table& root) { return File{root, schema::identifier}.bytes; }
inline Bytes bytes_of(const Model& model) { return bytes_of(table_of(model)); }

}  // namespace writer
