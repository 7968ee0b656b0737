#include "sequences.hpp"

#include "tables.hpp"

namespace reference {

namespace {

Integer short_number(Integer x) { return clamped(x, -32768, 32767); }
Integer sigma(Integer x) { return tables::interpolated(3 * x, false); }
Integer hyperbolic(Integer x) { return tables::interpolated(3 * x, true); }
// x / 2^bits, ties up.
Integer halves_up(Integer x, int bits) { return floor_division(x + power(bits - 1), power(bits)); }

class Unrolled {
 public:
  explicit Unrolled(const Sequence& sequence) : of{sequence} {}

  std::vector<Integer> run() {
    const std::size_t batch = size(of.batch), steps = size(of.steps);
    std::vector<Integer> y((of.last_only ? 1 : steps) * batch * units());
    for (std::size_t b = 0; b < batch; ++b) {
      h.assign(units(), of.h_zero);
      state.assign(units(), 0);
      for (std::size_t done = 0; done < steps; ++done) {
        const std::size_t t = of.reversed ? steps - 1 - done : done;
        frame = of.x.data() + (t * batch + b) * size(of.inputs);
        step();
        for (std::size_t u = 0; u < units(); ++u) y[((of.last_only ? 0 : t) * batch + b) * units() + u] = h[u];
      }
    }
    return y;
  }

 private:
  static std::size_t size(int number) { return static_cast<std::size_t>(number); }
  std::size_t units() const { return size(of.units); }

  // In so many units of 1, within 16 bits.
  Integer side(const std::vector<Integer>& weight, const std::vector<float>& scale, std::size_t g, std::size_t u,
               std::size_t count, const Integer* from, Integer zero_from, float scale_from, Integer sum, double many) const {
    for (std::size_t i = 0; i < count; ++i) sum += weight[(g * units() + u) * count + i] * (from[i] - zero_from);
    return short_number(scaled(word(sum), factor(static_cast<double>(scale_from * scale[g]) * many)));
  }
  Integer of_input(std::size_t g, std::size_t u, double many = 4096) const {
    return side(of.weight, of.weight_scale, g, u, size(of.inputs), frame, of.x_zero, of.x_scale, of.bias[g * units() + u], many);
  }
  Integer of_output(std::size_t g, std::size_t u, const std::vector<Integer>& from, Integer bias = 0, double many = 4096) const {
    return side(of.recurrent, of.recurrent_scale, g, u, units(), from.data(), of.h_zero, of.h_scale, bias, many);
  }
  Integer sum(std::size_t g, std::size_t u, double many = 4096) const {
    return short_number(of_input(g, u, many) + of_output(g, u, h, 0, many));
  }

  // Of a number in 2^-30.
  Integer code(Integer real) const {
    return clamped(scaled(real, factor(std::ldexp(1.0, -30) / static_cast<double>(of.h_scale))) + of.h_zero, -128, 127);
  }

  void step() {
    std::vector<Integer> next(units()), left(units());
    if (of.kind == Sequence::gru_before)
      for (std::size_t u = 0; u < units(); ++u) left[u] = code(sigma(sum(1, u)) * state[u]);
    for (std::size_t u = 0; u < units(); ++u) {
      switch (of.kind) {
        case Sequence::rnn_tanh: next[u] = code(hyperbolic(sum(0, u)) * 32768); break;
        case Sequence::rnn_relu: {
          const Integer positive = sum(0, u, 128 / static_cast<double>(of.h_scale));
          next[u] = clamped(halves_up(positive < 0 ? 0 : positive, 7) + of.h_zero, -128, 127);
          break;
        }
        case Sequence::lstm: {
          const Integer kept = scaled(sigma(sum(2, u)) * state[u], factor(std::ldexp(1.0, -15)));
          const Integer added = scaled(sigma(sum(0, u)) * hyperbolic(sum(3, u)), factor(std::ldexp(1.0, of.cell_bits - 30)));
          state[u] = short_number(short_number(kept) + short_number(added));
          const int left_shift = 12 - of.cell_bits;
          const Integer in_table = left_shift >= 0 ? state[u] * 3 * power(left_shift) : halves_up(state[u] * 3, -left_shift);
          next[u] = code(sigma(sum(1, u)) * tables::interpolated(in_table, true));
          break;
        }
        default: {
          const Integer z = sigma(sum(0, u));
          Integer candidate = of_input(2, u);
          if (of.kind == Sequence::gru_before) candidate += of_output(2, u, left);
          else candidate += halves_up(sigma(sum(1, u)) * of_output(2, u, h, of.bias[3 * units() + u], 2048), 14);
          state[u] = halves_up((32768 - z) * hyperbolic(short_number(candidate)) + z * state[u], 15);
          next[u] = code(state[u] * 32768);
        }
      }
    }
    h = next;
  }

  const Sequence& of;
  std::vector<Integer> h, state;
  const Integer* frame = nullptr;
};

}  // namespace

std::vector<Integer> outputs(const Sequence& of) { return Unrolled{of}.run(); }

}  // namespace reference
