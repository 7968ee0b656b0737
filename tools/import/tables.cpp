#include "tools/import/tables.hpp"

#include <algorithm>
#include <cmath>

#include "nn/int8/exponential.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

using namespace nn::int8;
using tflite::Op;

std::int8_t bounded(std::int64_t value, std::int32_t least = -128, std::int32_t most = 127) {
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(value, least, most));
}

// Of x in Q4: 1 / (1 + e^-x), Q0.
std::int32_t logistic(std::int32_t x) {
  if (x == 0) return 1 << 30;
  const std::int32_t positive = saturated_shift(twice_reciprocal_of_one_plus(exp_of_negative<4>(x > 0 ? -x : x)), 1);
  return x > 0 ? positive : 0x7fffffff - positive;
}

// Of x in Q4; Q0. (1 - e^-2x) / (1 + e^-2x), where 2x in Q5 has the bits of x in Q4.
std::int32_t tanh(std::int32_t x) {
  if (x == 0) return 0;
  const std::int32_t positive = saturated_shift(twice_reciprocal_of_one_plus(exp_of_negative<5>(x > 0 ? -x : x)) - (1 << 29), 2);
  return x > 0 ? positive : -positive;
}

// gemmlowp's products of 16 bits: rounded, and cut off.
std::int32_t rounded_product(std::int32_t a, std::int32_t b) { return a == -32768 && b == -32768 ? 32767 : (a * b + (1 << 14)) >> 15; }
std::int32_t cut_product(std::int32_t a, std::int32_t b) { return a == -32768 && b == -32768 ? 32767 : a * b / (1 << 15); }

// x·2^by within 16 bits.
std::int32_t saturated_16(std::int32_t x, std::int32_t by) {
  return static_cast<std::int32_t>(std::clamp<std::int64_t>(std::int64_t{x} * (std::int64_t{1} << by), -32768, 32767));
}

// DownScaleInt32ToInt16Multiplier.
std::int32_t high_16(std::int32_t multiplier) { return multiplier >= 0x7fffffff - (1 << 15) ? 32767 : (multiplier + (1 << 15)) >> 16; }

// x·relu6(x + 3) / 6 of a difference of codes, not yet bounded: HardSwish of TensorFlow Lite's reference kernels. `output`: 1/128 of
// the input's scale by the output's; `reluish`: the same by 3 / 2^15.
std::int32_t hard_swish(std::int32_t difference, Scale output, Scale reluish) {
  const std::int32_t x = difference * 128;
  std::int32_t gate = reluish.shift > 0 ? saturated_16(x, reluish.shift - 1) : x;
  gate = rounded_product(gate, high_16(reluish.multiplier));
  if (reluish.shift > 0) gate = saturated_16(gate, 1);
  if (reluish.shift < 0) gate = rounded_shift(gate, -reluish.shift);
  gate = (gate + (1 << 15)) >> 1;
  const std::int32_t product = cut_product(gate, rounded_product(x, high_16(output.multiplier)));
  return output.shift < 0 ? rounded_shift(product, -output.shift) : product;
}

}  // namespace

std::optional<std::array<std::int8_t, 256>> table(const tflite::Operator& operation, const tflite::Tensor& x, const tflite::Tensor& y) {
  const float x_scale = x.quantization.scale[0];
  const float y_scale = y.quantization.scale[0];
  const std::int32_t x_zero = static_cast<std::int32_t>(x.quantization.zero_point[0]);
  const std::int32_t y_zero = static_cast<std::int32_t>(y.quantization.zero_point[0]);
  std::array<std::int8_t, 256> values{};
  const auto fill = [&](auto of) {
    for (std::int32_t code = -128; code < 128; ++code) values[static_cast<std::size_t>(code + 128)] = of(code);
    return values;
  };

  switch (operation.op) {
    case Op::relu: {
      const Scale scale = fixed_scale(static_cast<double>(x_scale / y_scale));
      return fill([&](std::int32_t code) { return bounded(y_zero + requantize(code - x_zero, scale), std::max(-128, y_zero), 127); });
    }
    case Op::relu6: {
      const std::int8_t six = bounded(code_of(6, x_scale, x_zero));
      return fill([&](std::int32_t code) { return bounded(code, x_zero, six); });
    }
    case Op::leaky_relu: {
      const Scale positive = fixed_scale(static_cast<double>(x_scale / y_scale));
      const Scale negative = fixed_scale(static_cast<double>(x_scale * operation.options.alpha / y_scale));
      return fill([&](std::int32_t code) {
        return bounded(y_zero + requantize(code - x_zero, code >= x_zero ? positive : negative));
      });
    }
    case Op::hard_swish: {
      const float fine = 1.0f / 128 * x_scale;
      const Scale output = fixed_scale(static_cast<double>(fine / y_scale));
      const Scale reluish = fixed_scale(static_cast<double>(fine / (3.0f / 32768)));
      if (output.shift > 0 || output.shift < -15 || reluish.shift < -15 || reluish.shift > 15) return std::nullopt;
      return fill([&](std::int32_t code) { return bounded(std::int64_t{y_zero} + hard_swish(code - x_zero, output, reluish)); });
    }
    case Op::elu: {  // in float
      const float inverse = 1 / y_scale;
      return fill([&](std::int32_t code) {
        const float real = x_scale * static_cast<float>(code - x_zero);
        const float quotient = std::round((real < 0 ? std::exp(real) - 1 : real) * inverse) + static_cast<float>(y_zero);
        return bounded(quotient < -1000 ? -1000 : quotient < 1000 ? static_cast<std::int64_t>(quotient) : 1000);
      });
    }
    case Op::quantize: {
      const Scale scale = fixed_scale(static_cast<double>(x_scale) / static_cast<double>(y_scale));
      return fill([&](std::int32_t code) { return bounded(y_zero + std::int64_t{requantize(code - x_zero, scale)}); });
    }
    case Op::logistic:
    case Op::tanh: {
      const Scale scale = fixed_scale(static_cast<double>(x_scale) * (1 << 27));
      const std::int32_t radius = input_radius(4, scale.shift);
      return fill([&](std::int32_t code) {
        const std::int32_t input = code - x_zero;
        if (input <= -radius) return std::int8_t{-128};
        if (input >= radius) return std::int8_t{127};
        const std::int32_t q4 = requantize(input, scale);
        return operation.op == Op::logistic ? bounded(rounded_shift(logistic(q4), 23) - 128) : bounded(rounded_shift(tanh(q4), 24));
      });
    }
    default: return std::nullopt;
  }
}

}  // namespace tools::importer
