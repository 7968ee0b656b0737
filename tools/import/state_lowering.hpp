// StateLowering: the operators on int8 that keep a state from run to run.
#pragma once

#include "tools/import/int16_lowering.hpp"

namespace tools::importer {

class StateLowering : public Int16Lowering {
 protected:
  using Int16Lowering::Int16Lowering;

  void svdf() {
    const std::vector<int>& shape = in(1).shape;  // filters, inputs
    const std::int32_t units = shape[0] / options().rank;
    const std::vector<std::int8_t>& feature = weights(in(1));
    require_weights(in(2));
    std::vector<std::uint32_t> sum(static_cast<std::size_t>(shape[0]), 0);
    subtract_zero(sum, feature);
    const std::vector<std::int32_t>& projected = result.words.emplace_back(sum.begin(), sum.end());
    std::vector<std::int32_t>& bias = result.words.emplace_back(static_cast<std::size_t>(units), 0);
    if (operation().inputs[3] >= 0) {
      require_constant(in(3), "biases");
      bias = numbers<std::int32_t>(in(3));
    }
    const auto lowered = [&]<class Number>(const std::vector<Number>& time) {  // the quotients of scales are in float
      const Scale first = fixed_scale(static_cast<double>(scale(in(0)) * scale(in(1)) / scale(in(4))));
      const Scale second = fixed_scale(static_cast<double>(scale(in(4)) * scale(in(2)) / scale(out())));
      apply(Svdf<Number>{in(0).shape[0], shape[1], units, options().rank, in(2).shape[1], feature.data(), projected.data(), time.data(),
                         bias.data(), first, second, zero(in(4)), whole_range()});
    };
    if (in(2).type == Type::int8)
      lowered(result.bytes.emplace_back(numbers<std::int8_t>(in(2))));
    else
      lowered(result.halves.emplace_back(numbers<std::int16_t>(in(2))));
  }

  void lstm() {
    require(!options().time_major, "has its steps before its batch", "the batch first");
    const float cell = scale(in(19));
    const int power = static_cast<int>(std::lround(std::log2(cell)));  // 1/4096 is as the gates have it
    require(-20 <= power && power <= 0 && cell == std::ldexp(1.0f, power) && zero(in(19)) == 0, "has a cell of another scale",
            "a power of 2 from 2^-20 to 1, and the zero point 0");
    require(scale(in(18)) == scale(out()) && zero(in(18)) == zero(out()),
            "has an output of another scale than its state", "the same");
    const double finest = std::ldexp(1.0, -30);
    Lstm lowered{in(0).shape[0], in(0).shape[1], in(0).shape[2], out().shape[2], gate(0), gate(1), gate(2), gate(3),
                 {}, {}, {}, {}, 32767, whole_range(), {}};
    lowered.forget_scale = fixed_scale(std::ldexp(1.0, -15));
    lowered.input_scale = fixed_scale(finest / static_cast<double>(cell));
    lowered.output_scale = fixed_scale(finest / static_cast<double>(scale(out())));
    lowered.cell_input = power >= -12 ? nn::int16::SigmoidInput{3 << (12 + power), 0} : nn::int16::SigmoidInput{3, -12 - power};
    if (options().cell_clip > 0)
      lowered.clip = static_cast<std::int32_t>(std::min(static_cast<double>(options().cell_clip) / static_cast<double>(cell), 32767.0));
    lowered.table = result.unsigned_halves.emplace_back(sigmoid_table()).data();
    apply(lowered);
  }

 private:
  // Takes zero·Σ w of its weights from each sum; sums wrap.
  void subtract_zero(std::vector<std::uint32_t>& sum, const std::vector<std::int8_t>& weight) const {
    const std::size_t depth = weight.size() / sum.size();
    for (std::size_t i = 0; i < weight.size(); ++i) sum[i / depth] -= static_cast<std::uint32_t>(zero(in(0)) * weight[i]);
  }

  // Gate `g` of input, forget, cell and output.
  LstmGate gate(std::size_t g) {
    const tflite::Tensor &w = in(1 + g), &r = in(5 + g), &b = in(12 + g);
    const std::vector<std::int8_t>& weight = weights(w);
    const std::vector<std::int8_t>& recurrent = weights(r);
    require_type(b, "biases", Type::int32);
    require_constant(b, "biases");
    const std::vector<std::int32_t> stored = numbers<std::int32_t>(b);
    std::vector<std::uint32_t> sum(stored.begin(), stored.end());
    subtract_zero(sum, weight);
    const auto scale_of = [](float product) { return fixed_scale(static_cast<double>(product) * 4096); };
    return {weight.data(), recurrent.data(), result.words.emplace_back(sum.begin(), sum.end()).data(),
            scale_of(scale(in(0)) * scale(w)), scale_of(scale(in(18)) * scale(r))};
  }
};

}  // namespace tools::importer
