// The numbers of TensorFlow Lite's file format, version 3: the fields of its tables that we read, the values of its
// enumerations. github.com/tensorflow/tflite-micro, tensorflow/lite/schema/schema.fbs.
#pragma once

#include <cstdint>

#include "tools/tflite/flatbuffer.hpp"

namespace tools::tflite::schema {

inline constexpr std::uint32_t version = 3;
inline constexpr char identifier[] = "TFL3";

namespace model {
inline constexpr Field version{0, "version"}, operator_codes{1, "list of operator codes"},
    subgraphs{2, "list of subgraphs"}, buffers{4, "list of buffers"};
}
namespace subgraph {
inline constexpr Field tensors{0, "list of tensors"}, inputs{1, "list of inputs"}, outputs{2, "list of outputs"},
    operators{3, "list of operators"};
}
namespace tensor {
inline constexpr Field shape{0, "shape"}, type{1, "type"}, buffer{2, "buffer"}, name{3, "name"}, quantization{4, "quantization"},
    is_variable{5, "variable flag"}, sparsity{6, "sparsity"}, shape_signature{7, "shape signature"};
}
namespace quantization {
inline constexpr Field scale{2, "list of scales"}, zero_point{3, "list of zero points"}, details_type{4, "kind of quantization"},
    dimension{6, "quantized dimension"};
}
namespace buffer {
inline constexpr Field data{0, "data"}, offset{1, "offset of external data"}, size{2, "size of external data"};
}
namespace operator_code {
inline constexpr Field short_code{0, "short code"}, custom_code{1, "custom code"}, builtin_code{3, "builtin code"};
}
namespace operation {
inline constexpr Field code{0, "operator code"}, inputs{1, "list of inputs"}, outputs{2, "list of outputs"},
    options_type{3, "kind of options"}, options{4, "options"};
}

// Which table the options of an operator are.
enum class OptionsType : std::uint8_t {
  none = 0, conv_2d = 1, depthwise_conv_2d = 2, pool_2d = 5, svdf = 6, fully_connected = 8, softmax = 9, concatenation = 10,
  add = 11, resize_bilinear = 15, mul = 21, reducer = 27, sub = 28, strided_slice = 32, split = 35, transpose_conv = 49,
  unidirectional_sequence_lstm = 71, resize_nearest_neighbor = 74, leaky_relu = 75
};

namespace conv_2d {
inline constexpr Field padding{0, "padding"}, stride_w{1, "stride across"}, stride_h{2, "stride down"}, activation{3, "activation"},
    dilation_w{4, "dilation across"}, dilation_h{5, "dilation down"};
}
namespace depthwise_conv_2d {
inline constexpr Field padding{0, "padding"}, stride_w{1, "stride across"}, stride_h{2, "stride down"},
    depth_multiplier{3, "depth multiplier"}, activation{4, "activation"}, dilation_w{5, "dilation across"}, dilation_h{6, "dilation down"};
}
namespace pool_2d {
inline constexpr Field padding{0, "padding"}, stride_w{1, "stride across"}, stride_h{2, "stride down"}, filter_w{3, "filter width"},
    filter_h{4, "filter height"}, activation{5, "activation"};
}
namespace transpose_conv {
inline constexpr Field padding{0, "padding"}, stride_w{1, "stride across"}, stride_h{2, "stride down"}, activation{3, "activation"};
}
namespace fully_connected {
inline constexpr Field activation{0, "activation"}, weights_format{1, "format of weights"}, keep_num_dims{2, "keep_num_dims"};
}
namespace concatenation {
inline constexpr Field axis{0, "axis"}, activation{1, "activation"};
}
namespace arithmetic {  // ADD, SUB and MUL
inline constexpr Field activation{0, "activation"};
}
namespace svdf {
inline constexpr Field rank{0, "rank"}, activation{1, "activation"};
}
namespace unidirectional_sequence_lstm {
inline constexpr Field activation{0, "activation"}, cell_clip{1, "cell clip"}, time_major{3, "time_major"}, diagonal{5, "diagonal flag"};
}
namespace softmax {
inline constexpr Field beta{0, "beta"};
}
namespace leaky_relu {
inline constexpr Field alpha{0, "alpha"};
}
namespace resize_bilinear {
inline constexpr Field align_corners{2, "align_corners"}, half_pixel_centers{3, "half_pixel_centers"};
}
namespace resize_nearest_neighbor {
inline constexpr Field align_corners{0, "align_corners"}, half_pixel_centers{1, "half_pixel_centers"};
}
namespace strided_slice {
inline constexpr Field begin_mask{0, "begin mask"}, end_mask{1, "end mask"}, ellipsis_mask{2, "ellipsis mask"},
    new_axis_mask{3, "new axis mask"}, shrink_axis_mask{4, "shrink axis mask"}, offset{5, "offset flag"};
}
namespace split {
inline constexpr Field splits{0, "number of splits"};
}
namespace reducer {
inline constexpr Field keep_dims{0, "keep_dims"};
}

}  // namespace tools::tflite::schema
