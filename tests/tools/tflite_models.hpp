// Small models made by hand, which between them have every operator that tools/tflite checks in a way of its own. All can be
// imported but mixed().
#pragma once

#include <utility>

#include <cctype>

#include "tools/import/model.hpp"

namespace models {

using tools::importer::Attributes;
using tools::importer::Model;
using tools::importer::Operator;
using tools::importer::Quantization;
using tools::importer::Tensor;
using tools::importer::Type;

// A tensor without data is computed; constants have the zero point 0.
inline Tensor int8(const char* name, std::vector<int> shape, std::size_t bytes = 0) {
  const Quantization quantization{.scale = {0.5f}, .zero_point = {bytes > 0 ? 0 : -3}, .dimension = 0};
  return {name, Type::int8, std::move(shape), quantization, std::vector<std::uint8_t>(bytes, 7), false};
}
inline Tensor float32(const char* name, std::vector<int> shape, std::size_t elements = 0) {
  return {name, Type::float32, std::move(shape), {}, std::vector<std::uint8_t>(4 * elements, 0x3f), false};
}
inline Tensor int32(const char* name, std::vector<int> shape, const std::vector<std::int32_t>& values) {
  Tensor tensor{name, Type::int32, std::move(shape), {}, {}, false};
  for (std::int32_t value : values)
    for (int shift = 0; shift < 32; shift += 8) tensor.data.push_back(static_cast<std::uint8_t>(value >> shift));
  return tensor;
}

// Adds tensors and operators in order, and gives the index of each new tensor.
struct Builder {
  Model model{.file = "made", .tensors = {}, .operators = {}, .inputs = {}, .outputs = {}};

  int add(Tensor tensor) {
    model.tensors.push_back(std::move(tensor));
    return static_cast<int>(model.tensors.size()) - 1;
  }
  int run(const char* name, std::vector<int> inputs, Tensor output, Attributes attributes = {}) {
    const int index = add(std::move(output));
    model.operators.push_back(operation(name, std::move(inputs), {index}, std::move(attributes)));
    return index;
  }

  // `name` as TensorFlow Lite has it.
  static Operator operation(const std::string& name, std::vector<int> inputs, std::vector<int> outputs,
                            Attributes attributes = {}) {
    Operator made{.kind = name,
                  .name = name,
                  .inputs = std::move(inputs),
                  .outputs = std::move(outputs),
                  .attributes = std::move(attributes)};
    for (char& c : made.kind) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return made;
  }
};

inline Quantization per_channel(std::size_t channels, int dimension) {
  Quantization quantization{std::vector<float>(channels), std::vector<std::int64_t>(channels, 0), dimension};
  for (std::size_t i = 0; i < channels; ++i) quantization.scale[i] = 0.25f + static_cast<float>(i);
  return quantization;
}

// int8: conv 3x2 -> depthwise -> average pool -> reshape -> dense -> softmax
inline Model chain() {
  Builder b;
  const int x = b.add(int8("x", {1, 6, 5, 2}));
  const int w = b.add({"conv/w", Type::int8, {4, 3, 2, 2}, per_channel(4, 0), std::vector<std::uint8_t>(48, 1), false});
  const int bias = b.add(int32("conv/b", {4}, {1, -2, 3, -4}));
  const int conv = b.run("CONV_2D", {x, w, bias}, int8("conv", {1, 3, 2, 4}),
                         {{"padding", "same"}, {"activation", "relu"}, {"stride_h", 2}, {"stride_w", 3}});
  const int dw = b.add({"depthwise/w", Type::int8, {1, 2, 2, 8}, per_channel(8, 3), std::vector<std::uint8_t>(32, 2), false});
  const int depthwise =
      b.run("DEPTHWISE_CONV_2D", {conv, dw, -1}, int8("depthwise", {1, 1, 2, 8}),
            {{"padding", "same"}, {"activation", "relu6"}, {"stride_h", 3}, {"dilation_h", 2}, {"depth_multiplier", 2}});
  const int pool = b.run("AVERAGE_POOL_2D", {depthwise}, int8("pool", {1, 1, 1, 8}),
                         {{"padding", "valid"}, {"filter_h", 1}, {"filter_w", 2}});
  const int shape = b.add(int32("shape", {2}, {-1, 8}));
  const int flat = b.run("RESHAPE", {pool, shape}, int8("flat", {1, 8}));
  const int dense_w = b.add(int8("dense/w", {3, 8}, 24));
  const int dense_b = b.add(int32("dense/b", {3}, {5, 6, 7}));
  const int dense = b.run("FULLY_CONNECTED", {flat, dense_w, dense_b}, int8("dense", {1, 3}),
                          {{"activation", "relu_n1_to_1"}});
  const Tensor shares{"y", Type::int8, {1, 3}, {.scale = {1.0f / 256}, .zero_point = {-128}, .dimension = 0}, {}, false};
  const int y = b.run("SOFTMAX", {dense}, shares, {{"beta", 0.5f}});
  b.model.inputs = {x};
  b.model.outputs = {y};
  return b.model;
}

// float32: pad -> max pool; the sum with what it began with; that beside itself times a factor; mean over the image -> dense
inline Model branches() {
  Builder b;
  const int x = b.add(float32("x", {2, 3, 4, 2}));
  const int padding = b.add(int32("padding", {4, 2}, {0, 0, 1, 0, 0, 1, 0, 0}));
  const int padded = b.run("PAD", {x, padding}, float32("padded", {2, 4, 5, 2}));
  const int pooled = b.run("MAX_POOL_2D", {padded}, float32("pooled", {2, 3, 4, 2}),
                           {{"padding", "valid"}, {"filter_h", 2}, {"filter_w", 2}});
  const int sum = b.run("ADD", {pooled, x}, float32("sum", {2, 3, 4, 2}), {{"activation", "relu"}});
  const int factor = b.add(float32("factor", {2}, 2));
  const int scaled = b.run("MUL", {sum, factor}, float32("scaled", {2, 3, 4, 2}));
  const int both = b.run("CONCATENATION", {sum, scaled}, float32("both", {2, 3, 4, 4}), {{"axis", 3}});
  const int axes = b.add(int32("axes", {2}, {1, -2}));
  const int mean = b.run("MEAN", {both, axes}, float32("mean", {2, 1, 1, 4}), {{"keep_dims", true}});
  const int squeezed = b.run("SQUEEZE", {mean}, float32("squeezed", {2, 4}));
  const int leaky = b.run("LEAKY_RELU", {squeezed}, float32("leaky", {2, 4}), {{"alpha", 0.125f}});
  const int w = b.add(float32("dense/w", {1, 4}, 4));
  const int y = b.run("FULLY_CONNECTED", {leaky, w}, float32("y", {2, 1}));
  b.model.inputs = {x};
  b.model.outputs = {y, mean};
  return b.model;
}

// float32 outside, int16 within: quantize -> conv with int64 bias -> logistic -> dequantize; with a variable, a scalar, an
// operator that is not checked, and a tensor of another type that nothing uses
inline Model mixed() {
  Builder b;
  const auto int16 = [](const char* name, bool variable = false) {
    return Tensor{name, Type::int16, {1, 2, 2, 1}, {.scale = {1.0f / 32768}, .zero_point = {0}, .dimension = 0}, {}, variable};
  };
  const int x = b.add(float32("x", {1, 2, 2, 1}));
  const int quantized = b.run("QUANTIZE", {x}, int16("quantized"));
  const int w = b.add(int8("w", {1, 1, 1, 1}, 1));
  const int bias = b.add({"b", Type::int64, {1}, {}, std::vector<std::uint8_t>(8, 0xff), false});
  const int conv = b.run("CONV_2D", {quantized, w, bias}, int16("conv"), {{"padding", "valid"}});
  const int logistic = b.run("LOGISTIC", {conv}, int16("logistic"));
  const int state = b.add(int16("state", true));
  const int axis = b.add(int32("axis", {}, {1}));
  const int sum = b.run("CUMSUM", {logistic, axis, state}, int16("sum"));
  const int y = b.run("DEQUANTIZE", {sum}, float32("y", {1, 2, 2, 1}));
  b.add({"nobody's", Type::other, {7}, {}, {}, false});
  b.model.inputs = {x};
  b.model.outputs = {y};
  return b.model;
}

// int8: split -> slice -> transpose; the slice made larger twice -> transposed convolution -> slopes; of the other half, a
// strided slice
inline Model movement() {
  Builder b;
  const int x = b.add(int8("x", {1, 4, 6, 4}));
  const int axis = b.add(int32("axis", {}, {3}));
  const int left = b.run("SPLIT", {axis, x}, int8("left", {1, 4, 6, 2}), {{"num_splits", 2}});
  const int right = b.add(int8("right", {1, 4, 6, 2}));
  b.model.operators.back().outputs.push_back(right);
  const int begin = b.add(int32("begin", {4}, {0, 1, 0, 0}));
  const int size = b.add(int32("size", {4}, {1, -1, 3, 2}));
  const int slice = b.run("SLICE", {left, begin, size}, int8("slice", {1, 3, 3, 2}), {});
  const int permutation = b.add(int32("permutation", {4}, {0, 3, 1, 2}));
  const int transposed = b.run("TRANSPOSE", {slice, permutation}, int8("transposed", {1, 2, 3, 3}), {});
  const int begins = b.add(int32("begins", {4}, {9, -2, 5, -1}));
  const int ends = b.add(int32("ends", {4}, {9, 0, -9, 0}));
  const int steps = b.add(int32("steps", {4}, {7, 1, -2, 1}));
  const int strided = b.run("STRIDED_SLICE", {right, begins, ends, steps}, int8("strided", {1, 2, 3}),
                            {{"begin_mask", 1}, {"end_mask", 3}, {"shrink_axis_mask", 8}});
  const int to = b.add(int32("to", {2}, {5, 7}));
  const int nearest =
      b.run("RESIZE_NEAREST_NEIGHBOR", {slice, to}, int8("nearest", {1, 5, 7, 2}), {{"half_pixel_centers", true}});
  const int larger = b.add(int32("larger", {2}, {6, 9}));
  const int bilinear = b.run("RESIZE_BILINEAR", {nearest, larger}, int8("bilinear", {1, 6, 9, 2}), {{"align_corners", true}});
  const int shape = b.add(int32("shape", {4}, {1, 12, 18, 3}));
  const int w = b.add({"conv/w", Type::int8, {3, 3, 3, 2}, per_channel(3, 0), std::vector<std::uint8_t>(54, 1), false});
  const int bias = b.add(int32("conv/b", {3}, {1, -2, 3}));
  const int conv = b.run("TRANSPOSE_CONV", {shape, w, bilinear, bias}, int8("conv", {1, 12, 18, 3}),
                         {{"padding", "same"}, {"stride_h", 2}, {"stride_w", 2}});
  const int slopes = b.add(int8("slopes", {3}, 3));
  const int y = b.run("PRELU", {conv, slopes}, int8("y", {1, 12, 18, 3}));
  b.model.inputs = {x};
  b.model.outputs = {y, transposed, strided};
  return b.model;
}

// int8: two SVDF behind each other, the second without bias and with a state of 16 bits, then an LSTM
inline Model stream() {
  Builder b;
  const auto int16 = [](const char* name, std::vector<int> shape, std::size_t elements, bool variable) {
    return Tensor{name, Type::int16, std::move(shape), {.scale = {1.0f / 2048}, .zero_point = {0}, .dimension = 0},
                  std::vector<std::uint8_t>(2 * elements, 1), variable};
  };
  const int x = b.add(int8("x", {2, 5}));
  const int feature = b.add(int8("feature", {6, 5}, 30));
  const int time = b.add(int8("time", {6, 4}, 24));
  const int bias = b.add(int32("bias", {3}, {1, -2, 3}));
  const int state = b.add(int8("state", {2, 24}));
  b.model.tensors.back().variable = true;
  const int first = b.run("SVDF", {x, feature, time, bias, state}, int8("first", {2, 3}), {{"rank", 2}});
  const int feature_16 = b.add(int8("feature_16", {4, 3}, 12));
  const int time_16 = b.add(int16("time_16", {4, 2}, 8, false));
  const int state_16 = b.add(int16("state_16", {2, 8}, 0, true));
  const int y = b.run("SVDF", {first, feature_16, time_16, -1, state_16}, int8("y", {2, 4}), {{"rank", 1}});
  const int sequence = b.run("RESHAPE", {y}, int8("sequence", {1, 2, 4}));
  std::vector<int> inputs(24, -1);
  inputs[0] = sequence;
  for (std::size_t i = 1; i < 5; ++i) inputs[i] = b.add(int8("lstm/w", {3, 4}, 12));
  for (std::size_t i = 5; i < 9; ++i) inputs[i] = b.add(int8("lstm/r", {3, 3}, 9));
  for (std::size_t i = 12; i < 16; ++i) inputs[i] = b.add(int32("lstm/b", {3}, {1, 2, -3}));
  inputs[18] = b.add(int8("hidden", {1, 3}));
  b.model.tensors.back().variable = true;
  inputs[19] = b.add(int16("cell", {1, 3}, 0, true));
  const int last =
      b.run("UNIDIRECTIONAL_SEQUENCE_LSTM", inputs, int8("last", {1, 2, 3}), {{"activation", "tanh"}, {"cell_clip", 2.0f}});
  b.model.inputs = {x};
  b.model.outputs = {last};
  return b.model;
}

// int16 within: quantize -> conv; the input gated by its logistic, shifted by constants and put beside others -> softmax ->
// dequantize
inline Model gated() {
  Builder b;
  const auto int16 = [](const char* name, int channels, std::size_t elements = 0, float scale = 1.0f / 4096) {
    return Tensor{name,
                  Type::int16,
                  {1, 2, 2, channels},
                  {.scale = {scale}, .zero_point = {0}, .dimension = 0},
                  std::vector<std::uint8_t>(2 * elements, 3),
                  false};
  };
  const int x = b.add(float32("x", {1, 2, 2, 2}));
  const int quantized = b.run("QUANTIZE", {x}, int16("quantized", 2));
  const int w = b.add(int8("w", {2, 1, 1, 2}, 4));
  const int bias = b.add({"b", Type::int64, {2}, {}, std::vector<std::uint8_t>(16, 0xff), false});
  const int conv = b.run("CONV_2D", {quantized, w, bias}, int16("conv", 2), {{"padding", "valid"}});
  const int gate = b.run("LOGISTIC", {conv}, int16("gate", 2, 0, 1.0f / 32768));
  const int product = b.run("MUL", {quantized, gate}, int16("product", 2));
  Tensor offsets = int16("offsets", 2, 2);
  offsets.shape = {2};
  const int sum = b.run("ADD", {b.add(offsets), product}, int16("sum", 2));
  const int beside = b.add(int16("beside", 1, 4));
  const int both = b.run("CONCATENATION", {sum, beside}, int16("both", 3), {{"axis", 3}});
  const int shares = b.run("SOFTMAX", {both}, int16("shares", 3, 0, 1.0f / 32768), {{"beta", 1.0f}});
  const int y = b.run("DEQUANTIZE", {shares}, float32("y", {1, 2, 2, 3}));
  b.model.inputs = {x};
  b.model.outputs = {y};
  return b.model;
}

inline std::vector<std::pair<const char*, Model>> all() {
  return {{"chain", chain()},       {"branches", branches()}, {"mixed", mixed()},
          {"movement", movement()}, {"stream", stream()},     {"gated", gated()}};
}

}  // namespace models
