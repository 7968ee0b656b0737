// An LSTM on int8, by the target's kernels, as the core lays it out if it does, and by the portable ones, against the rule
// written out unit by unit in wide integers: sizes that are no multiples of four, batches, sums at the limits, scales that are
// not simple, zero points and clipping.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "core_kernels.hpp"
#include "expect.hpp"
#include "nn/int8/lstm.hpp"
#include "nn/random.hpp"

namespace {

using nn::int8::Scale;

nn::Random stream{3};

template <class Kernels>
concept LaysOut = requires(const nn::int8::Lstm& lstm) { Kernels::int8_lstm_scratch(lstm); };

// A rising line of the table's kind; TensorFlow Lite's own is tested with its models.
constexpr std::array<std::uint16_t, 256> table = [] {
  std::array<std::uint16_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(32768 + i * 257 / 2);
  return values;
}();

using Wide = std::int64_t;

Wide limited(Wide x, Wide least, Wide most) { return x < least ? least : x > most ? most : x; }

// round(round(x·2^left·m / 2^31) / 2^right), the first half up, the second away from 0.
Wide scaled(Wide x, Scale scale) {
  if (scale.shift > 0) x = static_cast<std::int32_t>(static_cast<std::uint32_t>(x) << scale.shift);
  const Wide product = (x * scale.multiplier + (Wide{1} << 30)) >> 31;
  if (scale.shift >= 0) return product;
  const Wide half = Wide{1} << (-scale.shift - 1);
  return product < 0 ? -((half - product) >> -scale.shift) : (product + half) >> -scale.shift;
}

Wide curve(Wide position, int bits, Wide beyond) {
  const auto whole = static_cast<std::size_t>(position >> bits);
  if (whole >= 255) return beyond;
  const Wide rest = position % (1 << bits);
  return Wide{table[whole]} * (1 << bits) + rest * (Wide{table[whole + 1]} - table[whole]);
}
Wide logistic(Wide v) {
  const Wide value = curve(v < 0 ? -v : v, 9, 0x7fff << 10);
  return (v < 0 ? (1 << 25) - value + 511 : value + 512) >> 10;
}
Wide hyperbolic(Wide v) {
  const Wide value = curve(v < 0 ? -v : v, 8, 0xffff << 8) - (1 << 23);
  return (v < 0 ? 127 - value : value + 128) >> 8;
}

template <std::int32_t Inputs, std::int32_t Units, std::int32_t Batch, std::int32_t Steps>
struct Case {
  static constexpr std::size_t wide_inputs = Inputs, wide_units = Units;
  std::array<std::array<std::int8_t, wide_units * wide_inputs>, 4> weight;
  std::array<std::array<std::int8_t, wide_units * wide_units>, 4> recurrent;
  std::array<std::array<std::int32_t, wide_units>, 4> bias, recurrent_bias;
  std::array<std::int8_t, Batch * Steps * wide_inputs> x;
  nn::int8::Lstm lstm{};

  static std::int8_t code(bool extreme) {
    return static_cast<std::int8_t>(!extreme ? stream.next() >> 24 : stream.below(8) == 0 ? 127u : 128u);
  }
  // As TensorFlow Lite writes them: none is -128.
  static std::int8_t weight_code(bool extreme) { return std::max<std::int8_t>(code(extreme), -127); }

  explicit Case(std::uint32_t kind) {
    const bool extreme = kind % 3 == 2, simple = kind % 4 != 3, even = kind % 5 != 4;
    lstm = {.shape = {Batch, kind % 2 == 1, Steps, Inputs, Units},
            .gates = {},
            .cell_bits = static_cast<std::int32_t>(9 + stream.below(12)),
            .output_scale = {0x40000000 + static_cast<std::int32_t>(stream.below(1 << 20)),
                             -static_cast<std::int32_t>(20 + stream.below(4))},
            .cell_input = {3, 0},
            .clip = kind % 2 == 0 ? 32768 : 9000,
            .zero = static_cast<std::int32_t>(stream.below(256)) - 128,
            .table = table.data()};
    lstm.cell_input = lstm.cell_bits <= 12 ? nn::int16::SigmoidInput{3 << (12 - lstm.cell_bits), 0}
                                           : nn::int16::SigmoidInput{3, lstm.cell_bits - 12};
    nn::int8::LstmGateOf<std::int8_t>* const gates[]{&lstm.gates.input, &lstm.gates.forget, &lstm.gates.cell, &lstm.gates.output};
    for (std::size_t g = 0; g < 4; ++g) {
      for (auto& w : weight[g]) w = even ? weight_code(extreme) : code(extreme);
      for (auto& w : recurrent[g]) w = even ? weight_code(extreme) : code(extreme);
      for (std::size_t u = 0; u < wide_units; ++u) {
        bias[g][u] = static_cast<std::int32_t>(stream.next()) >> (simple ? 14 : 4);
        recurrent_bias[g][u] = 0;
        for (std::size_t i = 0; i < wide_units; ++i) recurrent_bias[g][u] -= lstm.zero * recurrent[g][u * wide_units + i];
      }
      const auto scale = [&] {
        return Scale{0x40000000 + static_cast<std::int32_t>(stream.next() >> 2),
                     simple ? -static_cast<std::int32_t>(1 + stream.below(8)) : static_cast<std::int32_t>(stream.below(3)) - 1};
      };
      *gates[g] = {{weight[g].data(), recurrent[g].data(), bias[g].data()}, scale(), scale(), recurrent_bias[g].data(), simple};
    }
    for (auto& each : x) each = code(extreme);
  }

  struct Run {
    std::array<std::int8_t, Batch * Steps * wide_units> y{};
    alignas(8) std::array<std::byte, (3 * Batch * wide_units + 7) / 8 * 8> state{};
  };
  // As the core lays it out, if it does.
  bool run_laid_out(Run& to) const {
    if constexpr (LaysOut<CoreKernels::LaidOut>) {
      alignas(16) static std::array<std::int8_t, 11'400> laid_out;
      const std::int32_t bytes = target::Kernels::int8_laid_out_bytes(lstm.matrix());
      expect(bytes % 16 == 0 && bytes <= static_cast<std::int32_t>(laid_out.size()));
      if (bytes == 0) return false;
      target::Kernels::int8_lay_out(lstm.matrix(), laid_out.data());
      auto copy = lstm;
      copy.forget_constants();
      copy.laid_out = laid_out.data();
      run<CoreKernels::LaidOut>(to, copy);
      return true;
    }
    return false;
  }
  template <class Kernels>
  void run(Run& to) const {
    run<Kernels>(to, lstm);
  }
  template <class Kernels>
  void run(Run& to, const nn::int8::Lstm& on_core) const {
    alignas(8) std::array<std::byte, 18 * wide_units + 4 * wide_inputs + 80> scratch{};
    expect(on_core.template scratch<Kernels>() <= static_cast<std::int32_t>(scratch.size()));
    on_core.template run<Kernels>({scratch.data(), false, to.state.data()}, to.y.data(), x.data());
  }

  // The same, unit by unit: all c, then all h, less its zero point.
  void expected(Run& to) const {
    auto* const cells = reinterpret_cast<std::int16_t*>(to.state.data());
    auto* const outputs = reinterpret_cast<std::int8_t*>(to.state.data() + 2 * Batch * wide_units);
    for (std::size_t row = 0; row < Batch * Steps; ++row) {
      const auto b = static_cast<std::size_t>(lstm.shape.sequence(static_cast<std::int32_t>(row)));
      std::array<std::int8_t, wide_units> next{};
      for (std::size_t u = 0; u < wide_units; ++u) {
        const auto sum = [&](std::size_t g, const nn::int8::LstmGateOf<std::int8_t>& gate) {
          Wide in = bias[g][u], out = 0;
          for (std::size_t i = 0; i < wide_inputs; ++i) in += Wide{weight[g][u * wide_inputs + i]} * x[row * wide_inputs + i];
          for (std::size_t i = 0; i < wide_units; ++i)
            out += Wide{recurrent[g][u * wide_units + i]} *
                   (static_cast<std::int8_t>(outputs[b * wide_units + i] + lstm.zero) - lstm.zero);
          const auto within = [](Wide value) { return limited(value, -32768, 32767); };
          return within(within(scaled(in, gate.scale)) + within(scaled(out, gate.recurrent_scale)));
        };
        const Wide i = logistic(3 * sum(0, lstm.gates.input)), f = logistic(3 * sum(1, lstm.gates.forget)),
                   g = hyperbolic(3 * sum(2, lstm.gates.cell)), o = logistic(3 * sum(3, lstm.gates.output));
        std::int16_t& c = cells[b * wide_units + u];
        const Wide kept = scaled(f * c, {1 << 30, -14}),
                   added = limited(scaled(i * g, {1 << 30, lstm.cell_bits - 29}), -32768, 32767);
        c = static_cast<std::int16_t>(limited(limited(kept + added, -32768, 32767), -lstm.clip, lstm.clip));
        next[u] = static_cast<std::int8_t>(
            limited(scaled(hyperbolic(lstm.cell_input(c)) * o, lstm.output_scale) + lstm.zero, -128, 127));
      }
      for (std::size_t u = 0; u < wide_units; ++u) {
        to.y[row * wide_units + u] = next[u];
        outputs[b * wide_units + u] = static_cast<std::int8_t>(next[u] - lstm.zero);
      }
    }
  }
};

int cases_laid_out = 0;

// Of one case after another: a small board has no room for all.
alignas(8) std::array<std::byte, 9'800> memory;

template <std::int32_t Inputs, std::int32_t Units, std::int32_t Batch = 1, std::int32_t Steps = 3>
void check() {
  for (std::uint32_t kind = 0; kind < 12; ++kind) {
    using Each = Case<Inputs, Units, Batch, Steps>;
    static_assert(sizeof(Each) <= sizeof memory);
    const Each* const made = std::construct_at(reinterpret_cast<Each*>(memory.data()), kind);
    typename Each::Run portable, fast, laid_out, exact;
    for (int again = 0; again < 2; ++again) {  // from the states that the first run left
      made->template run<nn::Portable>(portable);
      made->template run<target::Kernels>(fast);
      made->expected(exact);
      expect(portable.y == exact.y && portable.state == exact.state);
      expect(fast.y == exact.y && fast.state == exact.state);
      if (!made->run_laid_out(laid_out)) continue;
      expect(laid_out.y == exact.y && laid_out.state == exact.state);
      ++cases_laid_out;
    }
  }
}

}  // namespace

int main() {
  check<28, 20>();
  check<32, 32, 1, 1>();
  check<8, 4, 2>();
  check<4, 5>();
  check<3, 7, 2>();
  check<12, 3>();
  check<5, 1, 3, 2>();
  if (LaysOut<CoreKernels::LaidOut>) expect(cases_laid_out >= 98);
  return expectations_failed();
}
