// Quantized layers whose codes have 16 bits, with the bits of TensorFlow Lite's reference kernels for int16x8: weights of int8,
// sums of 64 bits. They stand in the same nn::Graph as those of int8. Codes are symmetric: 0 stands for the real 0.
//
// Checked against outputs of the reference: all but Conv2d, AveragePool2d, Mean, Pad, Dequantize, ReLU6 and sums of 32 bits,
// which follow its source (unverified).
#pragma once

#include "nn/int16/absolute.hpp"
#include "nn/int16/batch_matmul.hpp"
#include "nn/int16/conv_2d.hpp"
#include "nn/int16/depthwise_conv_2d.hpp"
#include "nn/int16/fully_connected.hpp"
#include "nn/int16/rescale.hpp"
#include "nn/int16/sigmoid.hpp"
#include "nn/int16/softmax.hpp"
#include "nn/int16/transpose_conv_2d.hpp"
#include "nn/int8/int8.hpp"

namespace nn::int16 {

using Add = int8::AddOf<std::int16_t>;
using AveragePool2d = int8::AveragePool2dOf<std::int16_t>;
using Dequantize = int8::DequantizeFrom<std::int16_t>;
using MaxPool2d = int8::MaxPool2dOf<std::int16_t>;
using Mean = int8::MeanOf<std::int16_t>;
using Mul = int8::MulOf<std::int16_t>;
using Quantize = int8::QuantizeTo<std::int16_t>;
using SoftmaxOfInt8 = int8::SoftmaxTo<std::int16_t>;

}  // namespace nn::int16
