// QuantizedLowering: what the operators on int8 and on int16 share.
#pragma once

#include "tools/import/float_lowering.hpp"

namespace tools::importer {

class QuantizedLowering : public FloatLowering {
 protected:
  using FloatLowering::FloatLowering;

  void require_weights(const tflite::Tensor& tensor) const {
    require_constant(tensor, "weights");
    for (std::int64_t zero_point : tensor.quantization.zero_point)
      require(zero_point == 0, "has weights with the zero point " + std::to_string(zero_point), "0");
  }

  // int4 becomes int8.
  std::vector<std::int8_t>& weights(const tflite::Tensor& tensor) {
    require_weights(tensor);
    std::vector<std::int8_t>& values = result.bytes.emplace_back();
    if (tensor.type == Type::int8) {
      values = numbers<std::int8_t>(tensor);
    } else {
      for (std::int32_t i = 0; i < elements(tensor.shape); ++i) {
        const std::uint8_t pair = tensor.data[static_cast<std::size_t>(i / 2)];
        values.push_back(static_cast<std::int8_t>(static_cast<std::int8_t>(i % 2 == 0 ? pair << 4 : pair & 0xf0) >> 4));
      }
    }
    return values;
  }

  // One for each output channel, or one for all: then the step is 0. Of FULLY_CONNECTED with one for all, the product of the input's
  // and the weights' is rounded to float first.
  struct Scales {
    const Scale* scale;
    std::int32_t step;
  };
  Scales scales() {
    const std::vector<float>& of_weights = in(1).quantization.scale;
    const bool rounded = operation().op == Op::fully_connected && of_weights.size() == 1;
    std::vector<Scale>& list = result.scales.emplace_back();
    for (float weight : of_weights) {
      const double product = static_cast<double>(scale(in(0))) * static_cast<double>(weight);
      const double taken = rounded ? static_cast<double>(static_cast<float>(product)) : product;
      list.push_back(fixed_scale(taken / static_cast<double>(scale(out()))));
    }
    return {list.data(), list.size() == 1 ? 0 : 1};
  }

  template <class Code>
  void add() {
    const bool subtracts = operation().op == Op::sub;
    AddOf<Code> lowered{broadcast(), subtracts ? -1 : 1, zero(in(0)), zero(in(1)), {}, {}, {}, output_range()};
    if (subtracts) {  // in float
      const float twice = 2 * std::max(scale(in(0)), scale(in(1)));
      lowered.a_scale = fixed_scale(static_cast<double>(scale(in(0)) / twice));
      lowered.b_scale = fixed_scale(static_cast<double>(scale(in(1)) / twice));
      lowered.scale = fixed_scale(static_cast<double>(twice / ((1 << AddOf<Code>::more_bits) * scale(out()))));
    } else {
      const double twice = 2 * static_cast<double>(std::max(scale(in(0)), scale(in(1))));
      lowered.a_scale = fixed_scale(static_cast<double>(scale(in(0))) / twice);
      lowered.b_scale = fixed_scale(static_cast<double>(scale(in(1))) / twice);
      lowered.scale = fixed_scale(twice / ((1 << AddOf<Code>::more_bits) * static_cast<double>(scale(out()))));
    }
    apply(lowered, 2);
  }

  template <class Code>
  void mul() {
    const double product = static_cast<double>(scale(in(0))) * static_cast<double>(scale(in(1)));
    const Scale to = fixed_scale(product / static_cast<double>(scale(out())));
    apply(MulOf<Code>{broadcast(), zero(in(0)), zero(in(1)), to, output_range()}, 2);
  }

  // Of logits of int8.
  struct SoftmaxScale {
    Scale scale;
    std::int32_t least_difference;
  };
  SoftmaxScale softmax_scale() const {
    const double real = static_cast<double>(options().beta) * static_cast<double>(scale(in(0))) * (1 << 26);
    const Scale scale_of_logits = fixed_scale(std::min(real, 2147483647.0));
    require(scale_of_logits.shift >= 0, "has inputs of a very small scale", "a scale of at least 2^-26");
    return {scale_of_logits, -input_radius(5, scale_of_logits.shift)};
  }

  // A sum of so many codes has 32 bits.
  void require_sum(std::int64_t count) const {
    const std::int64_t most = (1 << 30) / (highest(in(0).type) + 1);
    require(count <= most, "sums up " + std::to_string(count) + " numbers", "at most " + std::to_string(most));
  }

  Window averaged() const {
    require_same_quantization();
    const Window read = window(options().filter_h, options().filter_w);
    require_sum(std::int64_t{std::min(read.kernel.height, read.input.height)} * std::min(read.kernel.width, read.input.width));
    return read;
  }

  template <class Code>
  void mean() {
    const Window read = reduced();
    const std::int32_t count = read.kernel.height * read.kernel.width;
    require_sum(count);
    Scale lowered = fixed_scale(static_cast<double>(scale(in(0))) / static_cast<double>(scale(out())));
    if (operation().op == Op::mean) {
      const int whole = static_cast<int>(std::bit_width(static_cast<std::uint32_t>(count))) - 1;
      const int shift = std::min(whole, 31 + lowered.shift);
      lowered = {static_cast<std::int32_t>((std::int64_t{lowered.multiplier} << shift) / count), lowered.shift - shift};
    }
    apply(MeanOf<Code>{read, -zero(in(0)) * count, lowered, whole_range()});
  }
};

}  // namespace tools::importer
