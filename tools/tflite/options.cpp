// What the options of operators are called, from the tables of TensorFlow Lite's schema: a field's number, our attribute, its
// form.
#include <algorithm>
#include <array>

#include "tools/tflite/builtin.hpp"

namespace tools::tflite {

namespace {

using enum Form;

constexpr Option conv_2d[]{{0, "padding", padding}, {1, "stride_w", whole}, {2, "stride_h", whole}, {3, "activation", activation},
                           {4, "dilation_w", whole, 1}, {5, "dilation_h", whole, 1}};
constexpr Option depthwise_conv_2d[]{{0, "padding", padding},        {1, "stride_w", whole},        {2, "stride_h", whole},
                                     {3, "depth_multiplier", whole}, {4, "activation", activation}, {5, "dilation_w", whole, 1},
                                     {6, "dilation_h", whole, 1}};
constexpr Option pool_2d[]{{0, "padding", padding}, {1, "stride_w", whole}, {2, "stride_h", whole},
                           {3, "filter_w", whole},  {4, "filter_h", whole}, {5, "activation", activation}};
constexpr Option transpose_conv[]{
    {0, "padding", padding}, {1, "stride_w", whole}, {2, "stride_h", whole}, {3, "activation", activation}};
constexpr Option fully_connected[]{{0, "activation", activation}, {1, "weights_format", byte}, {2, "keep_num_dims", flag}};
constexpr Option concatenation[]{{0, "axis", whole}, {1, "activation", activation}};
constexpr Option fused[]{{0, "activation", activation}};
constexpr Option svdf[]{{0, "rank", whole}, {1, "activation", activation}};
constexpr Option lstm[]{{0, "activation", activation}, {1, "cell_clip", real}, {2, "proj_clip", real}, {3, "time_major", flag},
                        {5, "diagonal_recurrent_tensors", flag}};
constexpr Option softmax[]{{0, "beta", real}};
constexpr Option leaky_relu[]{{0, "alpha", real}};
constexpr Option resize_bilinear[]{{2, "align_corners", flag}, {3, "half_pixel_centers", flag}};
constexpr Option resize_nearest[]{{0, "align_corners", flag}, {1, "half_pixel_centers", flag}};
constexpr Option strided_slice[]{{0, "begin_mask", whole},    {1, "end_mask", whole},         {2, "ellipsis_mask", whole},
                                 {3, "new_axis_mask", whole}, {4, "shrink_axis_mask", whole}, {5, "offset", flag}};
constexpr Option splits[]{{0, "num_splits", whole}};
constexpr Option reducer[]{{0, "keep_dims", flag}};
constexpr Option reshape[]{{0, "new_shape", wholes}};
constexpr Option squeeze[]{{0, "squeeze_dims", wholes}};
constexpr Option block[]{{0, "block_size", whole}};
constexpr Option gather[]{{0, "axis", whole}, {1, "batch_dims", whole}};
constexpr Option cast[]{{0, "in_data_type", byte}, {1, "out_data_type", byte}};
constexpr Option arg[]{{0, "output_type", byte}};
constexpr Option shape[]{{0, "out_type", byte}};
constexpr Option pack[]{{0, "values_count", whole}, {1, "axis", whole}};
constexpr Option unpack[]{{0, "num", whole}, {1, "axis", whole}};
constexpr Option mirror_pad[]{{0, "mode", byte}};
constexpr Option batch_matmul[]{{0, "adj_x", flag}, {1, "adj_y", flag}};
constexpr Option cumsum[]{{0, "exclusive", flag}, {1, "reverse", flag}};
constexpr Option gelu[]{{0, "approximate", flag}};
constexpr Option call_once[]{{0, "init_subgraph_index", whole}};
constexpr Option var_handle[]{{0, "container", string}, {1, "shared_name", string}};
constexpr Option one_hot[]{{0, "axis", whole}};

struct OfOperator {
  std::int32_t code;
  Options options;
};

// In the order of codes. The second number is that of the kind of options.
constexpr OfOperator all[]{
    {0, {11, fused, true}},             // ADD
    {1, {5, pool_2d, true}},            // AVERAGE_POOL_2D
    {2, {10, concatenation, true}},     // CONCATENATION
    {3, {1, conv_2d, true}},            // CONV_2D
    {4, {2, depthwise_conv_2d, true}},  // DEPTHWISE_CONV_2D
    {5, {94, block, true}},             // DEPTH_TO_SPACE
    {9, {8, fully_connected, true}},    // FULLY_CONNECTED
    {11, {12, fused}},                  // L2_NORMALIZATION
    {12, {5, pool_2d, true}},           // L2_POOL_2D
    {17, {5, pool_2d, true}},           // MAX_POOL_2D
    {18, {21, fused, true}},            // MUL
    {22, {17, reshape}},                // RESHAPE
    {23, {15, resize_bilinear}},        // RESIZE_BILINEAR
    {25, {9, softmax, true}},           // SOFTMAX
    {26, {19, block, true}},            // SPACE_TO_DEPTH
    {27, {6, svdf, true}},              // SVDF
    {36, {23, gather}},                 // GATHER
    {40, {27, reducer, true}},          // MEAN
    {41, {28, fused, true}},            // SUB
    {42, {29, fused}},                  // DIV
    {43, {30, squeeze}},                // SQUEEZE
    {44, {71, lstm, true}},             // UNIDIRECTIONAL_SEQUENCE_LSTM
    {45, {32, strided_slice, true}},    // STRIDED_SLICE
    {49, {35, splits, true}},           // SPLIT
    {53, {37, cast}},                   // CAST
    {56, {40, arg}},                    // ARG_MAX
    {67, {49, transpose_conv, true}},   // TRANSPOSE_CONV
    {74, {27, reducer, true}},          // SUM
    {77, {55, shape}},                  // SHAPE
    {79, {57, arg}},                    // ARG_MIN
    {81, {27, reducer, true}},          // REDUCE_PROD
    {82, {27, reducer, true}},          // REDUCE_MAX
    {83, {59, pack, true}},             // PACK
    {85, {61, one_hot}},                // ONE_HOT
    {88, {64, unpack, true}},           // UNPACK
    {89, {27, reducer, true}},          // REDUCE_MIN
    {91, {27, reducer, true}},          // REDUCE_ANY
    {97, {74, resize_nearest}},         // RESIZE_NEAREST_NEIGHBOR
    {98, {75, leaky_relu, true}},       // LEAKY_RELU
    {100, {77, mirror_pad, true}},      // MIRROR_PAD
    {102, {79, splits, true}},          // SPLIT_V
    {126, {101, batch_matmul}},         // BATCH_MATMUL
    {128, {102, cumsum}},               // CUMSUM
    {129, {103, call_once, true}},      // CALL_ONCE
    {140, {27, reducer, true}},         // REDUCE_ALL
    {142, {111, var_handle, true}},     // VAR_HANDLE
    {150, {116, gelu}},                 // GELU
};
static_assert(std::ranges::is_sorted(all, {}, &OfOperator::code));

}  // namespace

Options options_of(std::int32_t code) {
  const auto* found = std::ranges::lower_bound(all, code, {}, &OfOperator::code);
  return found != std::end(all) && found->code == code ? found->options : Options{};
}

}  // namespace tools::tflite
