// SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM, which keep a state from run to run.
#include <algorithm>

#include "evaluate.hpp"
#include "tables.hpp"

namespace reference {

namespace {

// x [batch][inputs]; W [filters][inputs]; V [filters][memory]; biases [units]; state [batch][filters x memory], the newest last.
void svdf(Call& call) {
  const Array& x = call.in(0);
  Array& state = call.state(4);
  const bool floats = is_float(x.type);
  const auto batches = static_cast<std::size_t>(x.shape[0]), inputs = static_cast<std::size_t>(x.shape[1]);
  const auto filters = static_cast<std::size_t>(call.in(1).shape[0]), memory = static_cast<std::size_t>(call.in(2).shape[1]);
  const auto units_rank = static_cast<std::size_t>(call.number("rank"));
  const auto quotient = [](float a, float b, float c) { return factor(static_cast<double>(a * b / c)); };
  const Factor to_state =
      floats ? Factor{} : quotient(scale_float(call.tensor(0)), scale_float(call.tensor(1)), scale_float(call.tensor(4)));
  const Factor to_output =
      floats ? Factor{} : quotient(scale_float(call.tensor(4)), scale_float(call.tensor(2)), scale_float(call.result()));
  const Integer zero_state = floats ? 0 : zero(call.tensor(4));
  Array y = call.out();
  for (std::size_t b = 0; b < batches; ++b)
    for (std::size_t f = 0; f < filters; ++f) {
      const std::size_t first = (b * filters + f) * memory;
      for (std::size_t m = 0; m + 1 < memory; ++m) state.copy(first + m, state, first + m + 1);
      if (floats) {
        double sum = 0;
        for (std::size_t i = 0; i < inputs; ++i) sum += x.real[b * inputs + i] * call.in(1).real[f * inputs + i];
        state.real[first + memory - 1] = to_float(sum);
      } else {
        Integer sum = 0;
        for (std::size_t i = 0; i < inputs; ++i)
          sum += (x.code[b * inputs + i] - zero(call.tensor(0))) * call.in(1).code[f * inputs + i];
        const Range range = range_of(state.type);
        const Integer code = clamped(scaled(word(sum), to_state), range.least, range.most) + zero_state;
        // Clamped before the zero point is added: it may wrap.
        state.code[first + memory - 1] =
            state.type == Type::int8 ? static_cast<std::int8_t>(code) : static_cast<std::int16_t>(code);
      }
    }
  const std::size_t units = filters / units_rank;
  for (std::size_t b = 0; b < batches; ++b)
    for (std::size_t u = 0; u < units; ++u) {
      double real = floats && call.has(3) ? call.in(3).real[u] : 0;
      Integer sum = !floats && call.has(3) ? call.in(3).code[u] : 0;
      for (std::size_t r = 0; r < units_rank * memory; ++r) {
        const std::size_t w = u * units_rank * memory + r, s = b * filters * memory + w;
        if (floats)
          real += state.real[s] * call.in(2).real[w];
        else
          sum += (state.code[s] - zero_state) * call.in(2).code[w];
      }
      if (floats)
        y.real[b * units + u] = to_float(activated(real, call.number("activation")));
      else
        y.code[b * units + u] = clamped(scaled(word(sum), to_output) + zero(call.result()), -128, 127);
    }
  call.set(y);
}

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// Of codes that become ones of 1/12288 by a factor and a shift to the right.
Integer squashed(Integer x, bool tanh, Integer number = 3, int shift = 0) {
  return tables::interpolated((x * number + (shift > 0 ? power(shift - 1) : 0)) >> shift, tanh);
}

enum Gate { input_gate, forget_gate, cell_gate, output_gate };

// Inputs: x; weights of x for the four gates, 1 to 4; recurrent weights, 5 to 8; biases, 12 to 15; the output's state, 18; the
// cell's, 19.
class Lstm {
 public:
  explicit Lstm(Call& of) : call{of}, x{of.in(0)}, hidden{of.state(18)}, cell{of.state(19)}, floats{is_float(x.type)} {
    if (call.has(9) || call.has(10) || call.has(11) || call.has(16) || !call.has(1))
      throw Unknown{"an LSTM with peepholes, a projection or coupled gates"};
  }

  void run() {
    const bool time_major = call.number("time_major") != 0;
    const int steps = x.shape[time_major ? 0 : 1], batches = x.shape[time_major ? 1 : 0];
    Array y = call.out();
    for (int t = 0; t < steps; ++t)
      for (int b = 0; b < batches; ++b) {
        const std::size_t row = static_cast<std::size_t>(time_major ? t * batches + b : b * steps + t);
        step(row, static_cast<std::size_t>(b));
        for (std::size_t u = 0; u < units(); ++u) y.copy(row * units() + u, hidden, static_cast<std::size_t>(b) * units() + u);
      }
    call.set(y);
  }

 private:
  std::size_t units() const { return static_cast<std::size_t>(call.in(5).shape[0]); }
  std::size_t inputs() const { return static_cast<std::size_t>(x.shape[2]); }

  double gate_real(std::size_t gate, std::size_t u, std::size_t row, std::size_t b) const {
    double sum = call.has(12 + gate) ? call.in(12 + gate).real[u] : 0;
    for (std::size_t i = 0; i < inputs(); ++i) sum += x.real[row * inputs() + i] * call.in(1 + gate).real[u * inputs() + i];
    for (std::size_t i = 0; i < units(); ++i) sum += hidden.real[b * units() + i] * call.in(5 + gate).real[u * units() + i];
    return sum;
  }

  // Each side is brought to 2^-12 and saturates, then their sum.
  Integer gate_code(std::size_t gate, std::size_t u, std::size_t row, std::size_t b) const {
    const auto side = [&](const Array& of, std::size_t first, std::size_t number, std::size_t w, Integer sum, float scale_x,
                          Integer zero_x) {
      for (std::size_t i = 0; i < number; ++i)
        sum += (of.code[first + i] - zero_x) * (call.in(w).code[u * number + i] - zero(call.tensor(w)));
      const Factor by = factor(static_cast<double>(scale_x * scale_float(call.tensor(w))) / std::ldexp(1.0, -12));
      return clamped(x.type == Type::int16 ? scaled_wide(sum, by) : scaled(word(sum), by), -32768, 32767);
    };
    const Integer bias = call.has(12 + gate) ? call.in(12 + gate).code[u] : 0;
    return clamped(side(x, row * inputs(), inputs(), 1 + gate, bias, scale_float(call.tensor(0)), zero(call.tensor(0))) +
                       side(hidden, b * units(), units(), 5 + gate, 0, scale_float(call.tensor(18)), zero(call.tensor(18))),
                   -32768, 32767);
  }

  void step(std::size_t row, std::size_t b) {
    Array next = hidden;
    const float clip = static_cast<float>(call.real("cell_clip"));
    for (std::size_t u = 0; u < units(); ++u) {
      const std::size_t at = b * units() + u;
      if (floats) {
        double c = sigmoid(gate_real(forget_gate, u, row, b)) * cell.real[at] +
                   sigmoid(gate_real(input_gate, u, row, b)) * std::tanh(gate_real(cell_gate, u, row, b));
        if (clip > 0) c = std::clamp(c, -static_cast<double>(clip), static_cast<double>(clip));
        cell.real[at] = to_float(c);
        next.real[at] = to_float(sigmoid(gate_real(output_gate, u, row, b)) * std::tanh(c));
        continue;
      }
      const auto sigma = [&](std::size_t gate) { return squashed(gate_code(gate, u, row, b), false); };
      const Integer forgotten = sigma(forget_gate), written = sigma(input_gate), shown = sigma(output_gate);
      const Integer candidate = squashed(gate_code(cell_gate, u, row, b), true);
      const float cell_scale = scale_float(call.tensor(19)), unit = 1.0f / 32768;
      const auto product = [](Integer p, Integer q, float scale_p, float scale_q, float scale_y) {
        return scaled(p * q, factor(static_cast<double>(scale_p * scale_q / scale_y)));
      };
      Integer c = clamped(product(forgotten, cell.code[at], unit, cell_scale, cell_scale), -32768, 32767) +
                  clamped(product(written, candidate, unit, unit, cell_scale), -32768, 32767);
      c = clamped(c, -32768, 32767);
      if (clip > 0) {
        const auto limit = static_cast<Integer>(std::clamp(clip / cell_scale, -32768.0f, 32767.0f));
        c = clamped(c, -limit, limit);
      }
      cell.code[at] = c;
      // tanh of codes of 2^p: times 3 * 2^(p + 12), by shifts.
      const auto log2 = tables::whole_log2(cell_scale);
      if (!log2) throw Undefined{"an LSTM whose cell's scale is no power of two"};
      const int left = *log2 + 12;
      const Integer of_cell = left < 0 ? squashed(c, true, 3, -left) : squashed(c, true, 3 * power(left));
      const Range range = range_of(hidden.type);
      next.code[at] = clamped(product(shown, of_cell, unit, unit, scale_float(call.tensor(18))) + zero(call.tensor(18)),
                              range.least, range.most);
    }
    // Only this batch has moved on.
    hidden = next;
  }

  Call& call;
  const Array& x;
  Array& hidden;
  Array& cell;
  const bool floats;
};

}  // namespace

void add_recurrent(Rules& to) {
  to[Op::svdf] = svdf;
  to[Op::lstm] = [](Call& call) { Lstm{call}.run(); };
}

}  // namespace reference
