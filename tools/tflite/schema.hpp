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
    subgraphs{2, "list of subgraphs"}, buffers{4, "list of buffers"},
    signatures{7, "list of signatures"};
}
namespace subgraph {
inline constexpr Field tensors{0, "list of tensors"}, inputs{1, "list of inputs"}, outputs{2, "list of outputs"},
    operators{3, "list of operators"}, name{4, "name"};
}
namespace signature {
inline constexpr Field name{2, "name of a signature"}, subgraph{4, "subgraph of a signature"};
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

}  // namespace tools::tflite::schema
