// Recurrent layers on int8 that begin anew with each run, by the target's kernels and by the portable ones, against their rules
// written out unit by unit in wide integers, as the core lays them out if it does: sizes that are no multiples of four, both
// directions, batches, sums at the limits, scales that are not simple, and zero points.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core_kernels.hpp"
#include "expect.hpp"
#include "gate_rule.hpp"
#include "nn/int8/gru_sequence.hpp"
#include "nn/int8/lstm_sequence.hpp"
#include "nn/int8/rnn_sequence.hpp"
#include "nn/random.hpp"

namespace {

using namespace gate_rule;
using nn::int8::Gate;

constexpr std::size_t most_size = 33, most_steps = 4, most_batch = 2;
constexpr std::array<std::int32_t, 8> sizes{1, 2, 3, 7, 13, 15, 17, 33};
enum Kind { gru_behind, gru_before, rnn_tanh, rnn_relu, lstm, kinds };

nn::Random stream{7};
std::size_t below(std::size_t bound) { return stream.below(static_cast<std::uint32_t>(bound)); }
std::int32_t drawn(std::int32_t least, std::int32_t most) {
  return least + static_cast<std::int32_t>(below(static_cast<std::size_t>(most - least + 1)));
}

std::array<std::int8_t, 4 * most_size * most_size> weight, recurrent;
std::array<std::int32_t, 4 * most_size> bias, recurrent_bias;
std::array<std::int8_t, most_steps * most_batch * most_size> x, portable, fast, exact;
alignas(8) std::array<std::byte, 40 * most_size> scratch;

std::size_t wide(std::int32_t number) { return static_cast<std::size_t>(number); }

struct Case {
  Kind kind;
  nn::graph::Recurrence shape;
  std::array<Gate, 4> gates;
  Scale output;
  std::int32_t zero, cell_bits;

  explicit Case(std::size_t number) : kind{static_cast<Kind>(number % kinds)} {
    shape = {drawn(1, most_steps), drawn(1, most_batch), sizes[below(sizes.size())],
             sizes[below(sizes.size())], below(2) == 0, below(2) == 0};
    const bool simple = below(4) != 0, extreme = below(4) == 0;  // the others: sums where the functions are steep
    const auto code = [&] { return static_cast<std::int8_t>(extreme ? (below(8) == 0 ? 127 : -128) : drawn(-128, 127)); };
    zero = drawn(-128, 127);
    cell_bits = drawn(5, 15);
    output = {0x40000000 + drawn(0, 1 << 20), -drawn(16, 23)};
    std::ranges::generate(x, code);
    const int least = below(4) == 0 ? -128 : -127;  // tools write no weight of -128
    const auto weight_code = [&] { return static_cast<std::int8_t>(std::max<int>(code(), least)); };
    std::ranges::generate(weight, weight_code);
    std::ranges::generate(recurrent, weight_code);
    const auto number_of = [&] { return static_cast<std::int32_t>(stream.next()) >> (!simple ? 4 : extreme ? 14 : 18); };
    std::ranges::generate(bias, number_of);
    std::ranges::generate(recurrent_bias, number_of);
    for (std::size_t g = 0; g < 4; ++g) {
      const auto scale = [&] {
        return Scale{0x40000000 + drawn(0, 0x3fffffff), !simple ? drawn(-1, 1) : extreme ? -drawn(1, 8) : -drawn(2, 6)};
      };
      gates[g] = {{weight.data() + g * units() * inputs(), recurrent.data() + g * units() * units(), bias.data() + g * units()},
                  scale(), scale(), recurrent_bias.data() + g * units(), simple};
    }
  }
  std::size_t inputs() const { return wide(shape.inputs); }
  std::size_t units() const { return wide(shape.units); }
  std::size_t rows() const { return wide(shape.last_only ? shape.batch : shape.steps * shape.batch); }
  nn::int16::SigmoidInput cell_input() const {
    return cell_bits <= 12 ? nn::int16::SigmoidInput{3 << (12 - cell_bits), 0} : nn::int16::SigmoidInput{3, cell_bits - 12};
  }

  nn::int8::Lstm one_step() const {
    nn::int8::Lstm made{};
    made.shape = {shape.batch, true, 1, shape.inputs, shape.units};
    made.gates = {gates[0], gates[1], gates[2], gates[3]};
    made.cell_bits = cell_bits;
    made.output_scale = output;
    made.cell_input = cell_input();
    made.clip = 32768;
    made.zero = zero;
    made.table = table.data();
    return made;
  }

  nn::int8::GruSequence gru() const {
    return {shape, gates[0], gates[1], gates[2], kind == gru_before, output, zero, table.data()};
  }

  template <class Kernels, class Operator>
  static void apply(const Operator& of, std::int8_t* y) {
    expect(of.template scratch<Kernels>() <= static_cast<std::int32_t>(scratch.size()));
    of.template run<Kernels>({scratch.data()}, y, x.data());
  }
  // As the core lays it out, if it does.
  template <class Operator>
  static bool run_laid_out(Operator of, std::int8_t* y) {
    if constexpr (requires { target::Kernels::int8_lay_out(of.matrix(), y); }) {
      alignas(16) static std::array<std::int8_t, 13'680> room;
      const std::int32_t bytes = target::Kernels::int8_laid_out_bytes(of.matrix());
      expect(bytes % 16 == 0 && bytes <= static_cast<std::int32_t>(room.size()));
      if (bytes == 0) return false;
      target::Kernels::int8_lay_out(of.matrix(), room.data());
      of.laid_out = room.data();
      of.forget_constants();
      apply<CoreKernels::LaidOut>(of, y);
      return true;
    }
    return false;
  }
  bool run_laid_out(std::int8_t* y) const {
    if (kind == lstm) return run_laid_out(nn::int8::LstmSequence{shape, one_step()}, y);
    return (kind == gru_behind || kind == gru_before) && run_laid_out(gru(), y);
  }

  template <class Kernels>
  void run(std::int8_t* y) const {
    if (kind == lstm)
      apply<Kernels>(nn::int8::LstmSequence{shape, one_step()}, y);
    else if (kind == gru_behind || kind == gru_before)
      apply<Kernels>(gru(), y);
    else
      apply<Kernels>(nn::int8::RnnSequence{shape, gates[0], kind == rnn_relu, output, zero, table.data()}, y);
  }

  // The parts of x and of h, and their sum.
  struct Parts {
    Wide input, output;
    Wide sum() const { return short_number(input + output); }
  };
  Parts parts(std::size_t g, std::size_t u, const std::int8_t* frame, const std::int8_t* h) const {
    Wide in = gates[g].weights.bias[u], out = gates[g].recurrent_bias[u];
    for (std::size_t i = 0; i < inputs(); ++i) in += Wide{gates[g].weights.weight[u * inputs() + i]} * frame[i];
    for (std::size_t i = 0; i < units(); ++i) out += Wide{gates[g].weights.recurrent[u * units() + i]} * h[i];
    return {short_number(scaled(in, gates[g].scale)), short_number(scaled(out, gates[g].recurrent_scale))};
  }
  std::int8_t code(Wide real) const { return static_cast<std::int8_t>(limited(scaled(real, output) + zero, -128, 127)); }

  void expected() const {
    for (std::size_t b = 0; b < wide(shape.batch); ++b) {
      std::array<std::int8_t, most_size> h, next{}, left{};
      std::array<Wide, most_size> state{};
      h.fill(static_cast<std::int8_t>(zero));
      for (std::size_t done = 0; done < wide(shape.steps); ++done) {
        const std::size_t t = shape.reversed ? wide(shape.steps) - 1 - done : done;
        const std::int8_t* const frame = x.data() + (t * wide(shape.batch) + b) * inputs();
        const auto sigma = [&](std::size_t g, std::size_t u) { return logistic(3 * parts(g, u, frame, h.data()).sum()); };
        for (std::size_t u = 0; u < units(); ++u) left[u] = code(kind == gru_before ? sigma(1, u) * state[u] : 0);
        for (std::size_t u = 0; u < units(); ++u) {
          if (kind == lstm) {
            const Wide added =
                short_number(scaled(sigma(0, u) * hyperbolic(3 * parts(2, u, frame, h.data()).sum()), {1 << 30, cell_bits - 29}));
            state[u] = short_number(scaled(sigma(1, u) * state[u], {1 << 30, -14}) + added);
            next[u] = code(hyperbolic(cell_input()(static_cast<std::int32_t>(state[u]))) * sigma(3, u));
          } else if (kind == rnn_relu) {
            const Wide sum = parts(0, u, frame, h.data()).sum();
            next[u] = static_cast<std::int8_t>(limited((sum < 0 ? 0 : sum / 128 + sum % 128 / 64) + zero, -128, 127));
          } else if (kind == rnn_tanh) {
            next[u] = code(hyperbolic(3 * parts(0, u, frame, h.data()).sum()) * 32768);
          } else {
            const Parts of = parts(2, u, frame, kind == gru_before ? left.data() : h.data());
            const Wide z = sigma(0, u), product = sigma(1, u) * of.output + 8192;
            const Wide left_of_h = product < 0 ? -((16383 - product) / 16384) : product / 16384;
            const Wide n = hyperbolic(3 * (kind == gru_before ? of.sum() : short_number(of.input + left_of_h)));
            const Wide mixed = (32768 - z) * n + z * state[u] + 16384;
            state[u] = mixed < 0 ? -((32767 - mixed) / 32768) : mixed / 32768;
            next[u] = code(state[u] * 32768);
          }
        }
        h = next;
        std::copy_n(h.begin(), units(),
                    exact.begin() + static_cast<std::ptrdiff_t>(((shape.last_only ? 0 : t) * wide(shape.batch) + b) * units()));
      }
    }
  }
};

}  // namespace

template <class Kernels>
concept LaysOut = requires(const nn::int8::Lstm& lstm) { Kernels::int8_lstm_scratch(lstm); };

int main() {
  std::array<int, kinds> laid_out{};
  for (std::size_t number = 0; number < 300; ++number) {
    const Case made{number};
    made.expected();
    made.run<nn::Portable>(portable.data());
    made.run<target::Kernels>(fast.data());
    const auto count = static_cast<std::ptrdiff_t>(made.rows() * made.units());
    expect(std::equal(exact.begin(), exact.begin() + count, portable.begin()));
    expect(std::equal(exact.begin(), exact.begin() + count, fast.begin()));
    if (!made.run_laid_out(fast.data())) continue;
    expect(std::equal(exact.begin(), exact.begin() + count, fast.begin()));
    ++laid_out[made.kind];
  }
  if (LaysOut<CoreKernels::LaidOut>) expect(laid_out[lstm] >= 25 && laid_out[gru_behind] >= 12 && laid_out[gru_before] >= 12);
  return expectations_failed();
}
