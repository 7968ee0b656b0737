#include "schema.hpp"

namespace reference {

namespace schema {

namespace {

using enum Kind;
using F = std::vector<Field>;

const F activation{{"activation", 0, byte}};
const F keep_dims{{"keep_dims", 0, flag}};
const F pooling{{"padding", 0, byte},  {"stride_w", 1, word}, {"stride_h", 2, word},
                {"filter_w", 3, word}, {"filter_h", 4, word}, {"activation", 5, byte}};

const std::vector<Row>& rows() {
  static const std::vector<Row> all{
      {Op::add, "ADD", 11, activation},
      {Op::average_pool_2d, "AVERAGE_POOL_2D", 5, pooling},
      {Op::concatenation, "CONCATENATION", 10, F{{"axis", 0, word}, {"activation", 1, byte}}},
      {Op::conv_2d, "CONV_2D", 1,
       F{{"padding", 0, byte},
         {"stride_w", 1, word},
         {"stride_h", 2, word},
         {"activation", 3, byte},
         {"dilation_w", 4, word, 1},
         {"dilation_h", 5, word, 1}}},
      {Op::depthwise_conv_2d, "DEPTHWISE_CONV_2D", 2,
       F{{"padding", 0, byte},
         {"stride_w", 1, word},
         {"stride_h", 2, word},
         {"depth_multiplier", 3, word},
         {"activation", 4, byte},
         {"dilation_w", 5, word, 1},
         {"dilation_h", 6, word, 1}}},
      {Op::depth_to_space, "DEPTH_TO_SPACE", 94, F{{"block_size", 0, word}}},
      {Op::dequantize, "DEQUANTIZE", 0},
      {Op::fully_connected, "FULLY_CONNECTED", 8,
       F{{"activation", 0, byte}, {"weights_format", 1, byte}, {"keep_num_dims", 2, flag}}},
      {Op::logistic, "LOGISTIC", 0},
      {Op::max_pool_2d, "MAX_POOL_2D", 5, pooling},
      {Op::mul, "MUL", 21, activation},
      {Op::relu, "RELU", 0},
      {Op::relu_n1_to_1, "RELU_N1_TO_1", 0},
      {Op::relu6, "RELU6", 0},
      {Op::reshape, "RESHAPE", 17, F{{"new_shape", 0, list}}},
      {Op::resize_bilinear, "RESIZE_BILINEAR", 15, F{{"align_corners", 2, flag}, {"half_pixel_centers", 3, flag}}},
      {Op::softmax, "SOFTMAX", 9, F{{"beta", 0, real}}},
      {Op::space_to_depth, "SPACE_TO_DEPTH", 19, F{{"block_size", 0, word}}},
      {Op::svdf, "SVDF", 6, F{{"rank", 0, word}, {"activation", 1, byte}}},
      {Op::tanh, "TANH", 0},
      {Op::pad, "PAD", 22},
      {Op::gather, "GATHER", 23, F{{"axis", 0, word}, {"batch_dims", 1, word}}},
      {Op::batch_to_space_nd, "BATCH_TO_SPACE_ND", 24},
      {Op::space_to_batch_nd, "SPACE_TO_BATCH_ND", 25},
      {Op::transpose, "TRANSPOSE", 26},
      {Op::mean, "MEAN", 27, keep_dims},
      {Op::sub, "SUB", 28, activation},
      {Op::div, "DIV", 29, activation},
      {Op::squeeze, "SQUEEZE", 30, F{{"squeeze_dims", 0, list}}},
      {Op::lstm, "UNIDIRECTIONAL_SEQUENCE_LSTM", 71,
       F{{"activation", 0, byte}, {"cell_clip", 1, real}, {"projection_clip", 2, real}, {"time_major", 3, flag}}},
      {Op::strided_slice, "STRIDED_SLICE", 32,
       F{{"begin_mask", 0, word},
         {"end_mask", 1, word},
         {"ellipsis_mask", 2, word},
         {"new_axis_mask", 3, word},
         {"shrink_axis_mask", 4, word}}},
      {Op::exp, "EXP", 33},
      {Op::split, "SPLIT", 35, F{{"num_splits", 0, word}}},
      {Op::log_softmax, "LOG_SOFTMAX", 36},
      {Op::cast, "CAST", 37, F{{"in_type", 0, byte}, {"out_type", 1, byte}}},
      {Op::prelu, "PRELU", 0},
      {Op::maximum, "MAXIMUM", 39},
      {Op::arg_max, "ARG_MAX", 40, F{{"output_type", 0, byte}}},
      {Op::minimum, "MINIMUM", 39},
      {Op::less, "LESS", 41},
      {Op::neg, "NEG", 42},
      {Op::pad_v2, "PADV2", 43},
      {Op::greater, "GREATER", 44},
      {Op::greater_equal, "GREATER_EQUAL", 45},
      {Op::less_equal, "LESS_EQUAL", 46},
      {Op::select, "SELECT", 47},
      {Op::slice, "SLICE", 48},
      {Op::transpose_conv, "TRANSPOSE_CONV", 49,
       F{{"padding", 0, byte}, {"stride_w", 1, word}, {"stride_h", 2, word}, {"activation", 3, byte}}},
      {Op::expand_dims, "EXPAND_DIMS", 52},
      {Op::equal, "EQUAL", 53},
      {Op::not_equal, "NOT_EQUAL", 54},
      {Op::log, "LOG", 0},
      {Op::sum, "SUM", 27, keep_dims},
      {Op::sqrt, "SQRT", 0},
      {Op::rsqrt, "RSQRT", 0},
      {Op::shape, "SHAPE", 55, F{{"out_type", 0, byte}}},
      {Op::arg_min, "ARG_MIN", 57, F{{"output_type", 0, byte}}},
      {Op::reduce_max, "REDUCE_MAX", 27, keep_dims},
      {Op::pack, "PACK", 59, F{{"values_count", 0, word}, {"axis", 1, word}}},
      {Op::unpack, "UNPACK", 64, F{{"num", 0, word}, {"axis", 1, word}}},
      {Op::square, "SQUARE", 66},
      {Op::resize_nearest_neighbor, "RESIZE_NEAREST_NEIGHBOR", 74,
       F{{"align_corners", 0, flag}, {"half_pixel_centers", 1, flag}}},
      {Op::leaky_relu, "LEAKY_RELU", 75, F{{"alpha", 0, real}}},
      {Op::squared_difference, "SQUARED_DIFFERENCE", 76},
      {Op::mirror_pad, "MIRROR_PAD", 77, F{{"mode", 0, byte}}},
      {Op::abs, "ABS", 78},
      {Op::split_v, "SPLIT_V", 79, F{{"num_splits", 0, word}}},
      {Op::reverse_v2, "REVERSE_V2", 81},
      {Op::elu, "ELU", 0},
      {Op::quantize, "QUANTIZE", 89},
      {Op::hard_swish, "HARD_SWISH", 91},
      {Op::select_v2, "SELECT_V2", 98},
      {Op::batch_matmul, "BATCH_MATMUL", 101, F{{"adj_x", 0, flag}, {"adj_y", 1, flag}}},
      {Op::call_once, "CALL_ONCE", 103, F{{"init_subgraph_index", 0, word}}},
      {Op::var_handle, "VAR_HANDLE", 111, F{{"container", 0, text}, {"shared_name", 1, text}}},
      {Op::read_variable, "READ_VARIABLE", 112},
      {Op::assign_variable, "ASSIGN_VARIABLE", 113},
  };
  return all;
}

}  // namespace

const Row* find(int code) {
  for (const Row& row : rows())
    if (static_cast<int>(row.op) == code) return &row;
  return nullptr;
}

const Row& row(Op op) {
  const Row* const found = find(static_cast<int>(op));
  if (found == nullptr) throw Unknown{"the operator " + std::to_string(static_cast<int>(op))};
  return *found;
}

}  // namespace schema

const char* name(Op op) { return schema::row(op).name; }

}  // namespace reference
