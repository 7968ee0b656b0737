#include "tools/tflite/builtin.hpp"

#include <array>

namespace tools::tflite {

namespace {

constexpr std::array<const char*, last_operator + 1> names{
    "ADD", "AVERAGE_POOL_2D", "CONCATENATION", "CONV_2D", "DEPTHWISE_CONV_2D", "DEPTH_TO_SPACE", "DEQUANTIZE",
    "EMBEDDING_LOOKUP", "FLOOR", "FULLY_CONNECTED", "HASHTABLE_LOOKUP", "L2_NORMALIZATION", "L2_POOL_2D",
    "LOCAL_RESPONSE_NORMALIZATION", "LOGISTIC", "LSH_PROJECTION", "LSTM", "MAX_POOL_2D", "MUL", "RELU", "RELU_N1_TO_1", "RELU6",
    "RESHAPE", "RESIZE_BILINEAR", "RNN", "SOFTMAX", "SPACE_TO_DEPTH", "SVDF", "TANH", "CONCAT_EMBEDDINGS", "SKIP_GRAM", "CALL",
    "CUSTOM", "EMBEDDING_LOOKUP_SPARSE", "PAD", "UNIDIRECTIONAL_SEQUENCE_RNN", "GATHER", "BATCH_TO_SPACE_ND",
    "SPACE_TO_BATCH_ND", "TRANSPOSE", "MEAN", "SUB", "DIV", "SQUEEZE", "UNIDIRECTIONAL_SEQUENCE_LSTM", "STRIDED_SLICE",
    "BIDIRECTIONAL_SEQUENCE_RNN", "EXP", "TOPK_V2", "SPLIT", "LOG_SOFTMAX", "DELEGATE", "BIDIRECTIONAL_SEQUENCE_LSTM", "CAST",
    "PRELU", "MAXIMUM", "ARG_MAX", "MINIMUM", "LESS", "NEG", "PADV2", "GREATER", "GREATER_EQUAL", "LESS_EQUAL", "SELECT",
    "SLICE", "SIN", "TRANSPOSE_CONV", "SPARSE_TO_DENSE", "TILE", "EXPAND_DIMS", "EQUAL", "NOT_EQUAL", "LOG", "SUM", "SQRT",
    "RSQRT", "SHAPE", "POW", "ARG_MIN", "FAKE_QUANT", "REDUCE_PROD", "REDUCE_MAX", "PACK", "LOGICAL_OR", "ONE_HOT",
    "LOGICAL_AND", "LOGICAL_NOT", "UNPACK", "REDUCE_MIN", "FLOOR_DIV", "REDUCE_ANY", "SQUARE", "ZEROS_LIKE", "FILL",
    "FLOOR_MOD", "RANGE", "RESIZE_NEAREST_NEIGHBOR", "LEAKY_RELU", "SQUARED_DIFFERENCE", "MIRROR_PAD", "ABS", "SPLIT_V",
    "UNIQUE", "CEIL", "REVERSE_V2", "ADD_N", "GATHER_ND", "COS", "WHERE", "RANK", "ELU", "REVERSE_SEQUENCE", "MATRIX_DIAG",
    "QUANTIZE", "MATRIX_SET_DIAG", "ROUND", "HARD_SWISH", "IF", "WHILE", "NON_MAX_SUPPRESSION_V4", "NON_MAX_SUPPRESSION_V5",
    "SCATTER_ND", "SELECT_V2", "DENSIFY", "SEGMENT_SUM", "BATCH_MATMUL", "PLACEHOLDER_FOR_GREATER_OP_CODES", "CUMSUM",
    "CALL_ONCE", "BROADCAST_TO", "RFFT2D", "CONV_3D", "IMAG", "REAL", "COMPLEX_ABS", "HASHTABLE", "HASHTABLE_FIND",
    "HASHTABLE_IMPORT", "HASHTABLE_SIZE", "REDUCE_ALL", "CONV_3D_TRANSPOSE", "VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE",
    "BROADCAST_ARGS", "RANDOM_STANDARD_NORMAL", "BUCKETIZE", "RANDOM_UNIFORM", "MULTINOMIAL", "GELU", "DYNAMIC_UPDATE_SLICE",
    "RELU_0_TO_1", "UNSORTED_SEGMENT_PROD", "UNSORTED_SEGMENT_MAX", "UNSORTED_SEGMENT_SUM", "ATAN2", "UNSORTED_SEGMENT_MIN",
    "SIGN", "BITCAST", "BITWISE_XOR", "RIGHT_SHIFT"
};

}  // namespace

const char* builtin_name(std::int32_t code) { return names.at(static_cast<std::size_t>(code)); }

Builtin builtin(std::int32_t code) {
  using enum schema::OptionsType;
  switch (code) {
    case 0: return {Op::add, add};
    case 1: return {Op::average_pool_2d, pool_2d};
    case 2: return {Op::concatenation, concatenation};
    case 3: return {Op::conv_2d, conv_2d};
    case 4: return {Op::depthwise_conv_2d, depthwise_conv_2d};
    case 6: return {Op::dequantize};
    case 9: return {Op::fully_connected, fully_connected};
    case 14: return {Op::logistic};
    case 17: return {Op::max_pool_2d, pool_2d};
    case 18: return {Op::mul, mul};
    case 19: return {Op::relu};
    case 20: return {Op::relu_n1_to_1};
    case 21: return {Op::relu6};
    case 22: return {Op::reshape};
    case 23: return {Op::resize_bilinear, resize_bilinear, false};
    case 25: return {Op::softmax, softmax};
    case 27: return {Op::svdf, svdf};
    case 28: return {Op::tanh};
    case 34: return {Op::pad};
    case 39: return {Op::transpose};
    case 40: return {Op::mean, reducer};
    case 41: return {Op::sub, sub};
    case 43: return {Op::squeeze};
    case 44: return {Op::unidirectional_sequence_lstm, unidirectional_sequence_lstm};
    case 45: return {Op::strided_slice, strided_slice};
    case 49: return {Op::split, split};
    case 54: return {Op::prelu};
    case 55: return {Op::maximum};
    case 57: return {Op::minimum};
    case 60: return {Op::pad_v2};
    case 65: return {Op::slice};
    case 67: return {Op::transpose_conv, transpose_conv};
    case 70: return {Op::expand_dims};
    case 74: return {Op::sum, reducer};
    case 82: return {Op::reduce_max, reducer};
    case 97: return {Op::resize_nearest_neighbor, resize_nearest_neighbor, false};
    case 98: return {Op::leaky_relu, leaky_relu};
    case 111: return {Op::elu};
    case 114: return {Op::quantize};
    case 117: return {Op::hard_swish};
    default: return {};
  }
}

}  // namespace tools::tflite
