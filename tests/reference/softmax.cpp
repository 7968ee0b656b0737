// SOFTMAX and LOG_SOFTMAX over the last dimension.
#include <algorithm>

#include "evaluate.hpp"
#include "fixed_functions.hpp"
#include "tables.hpp"

namespace reference {

namespace {

// Calls of(first) for the place of each row's first element.
void rows(const Array& x, const std::function<void(std::size_t, std::size_t)>& of) {
  const auto depth = static_cast<std::size_t>(x.shape.back());
  for (std::size_t first = 0; first < x.size(); first += depth) of(first, depth);
}

void of_reals(Call& call, double beta, bool logarithm) {
  const Array& x = call.in(0);
  Array y = call.out();
  rows(x, [&](std::size_t first, std::size_t depth) {
    const double most = *std::max_element(x.real.begin() + static_cast<std::ptrdiff_t>(first),
                                          x.real.begin() + static_cast<std::ptrdiff_t>(first + depth));
    double sum = 0;
    for (std::size_t c = first; c < first + depth; ++c) sum += std::exp((x.real[c] - most) * beta);
    for (std::size_t c = first; c < first + depth; ++c)
      y.real[c] = to_float(logarithm ? x.real[c] - most - std::log(sum) : std::exp((x.real[c] - most) * beta) / sum);
  });
  call.set(y);
}

Integer most_of(const Array& x, std::size_t first, std::size_t depth) {
  return *std::max_element(x.code.begin() + static_cast<std::ptrdiff_t>(first),
                           x.code.begin() + static_cast<std::ptrdiff_t>(first + depth));
}

void of_int16(Call& call) {
  static const auto exponential = tables::of(10.0f / 65535, 32767, 2.0f / 65535, [](float x) { return std::exp(x); });
  static const auto reciprocal = tables::of(1.0f / 65535, -32768, 2.0f / 65535, [](float x) { return 1 / (1 + x); });
  const Factor by = factor(scale(call.tensor(0)) * call.real("beta") / (10.0 / 65535.0));
  const Array& x = call.in(0);
  Array y = call.out();
  rows(x, [&](std::size_t first, std::size_t depth) {
    const Integer most = most_of(x, first, depth);
    std::vector<Integer> powers;
    Integer sum = 0;
    for (std::size_t c = first; c < first + depth; ++c) {
      powers.push_back(tables::look_up(exponential, clamped(scaled(x.code[c] - most, by) + 32767, -32768, 32767)));
      sum += powers.back();
    }
    const int headroom = leading_zeros(static_cast<std::uint32_t>(word(sum)));
    const Integer shifted = (sum * power(headroom - 1) + power(13)) >> 14;
    const Integer inverse = tables::look_up(reciprocal, clamped(shifted - power(15) - power(16), -32768, 32767));
    const int right = 31 - headroom;
    for (std::size_t c = 0; c < depth; ++c)
      y.code[first + c] = clamped((powers[c] * inverse + power(right - 1)) >> right, 0, 32767);
  });
  call.set(y);
}

// Differences with 5 bits before the point, their sum with 12.
void of_int8(Call& call) {
  const double real =
      std::min(call.real("beta") * scale(call.tensor(0)) * static_cast<double>(power(26)), static_cast<double>(power(31) - 1));
  const Factor by = factor(real);
  if (by.shift < 0 || real <= 1) throw Undefined{"SOFTMAX of a very small scale"};
  const Integer least_difference = -input_radius(5, by.shift);
  const Array& x = call.in(0);
  Array y = call.out();
  const Range range = range_of(y.type);
  const int bits = y.type == Type::int16 ? 16 : 8;
  rows(x, [&](std::size_t first, std::size_t depth) {
    const Integer most = most_of(x, first, depth);
    Integer sum = 0;
    for (std::size_t c = first; c < first + depth; ++c)
      if (x.code[c] - most >= least_difference)
        sum += fixed::rescaled(fixed::exp_of_negative(scaled(x.code[c] - most, by), 5), 0, 12);
    const int headroom = leading_zeros(static_cast<std::uint32_t>(word(sum)));
    const int over_unit = 12 - headroom;
    const Integer inverse = fixed::one_over_one_plus(sum * power(headroom) - power(31));
    if (over_unit + 31 - bits > 31) throw Undefined{"SOFTMAX of too many classes"};
    for (std::size_t c = first; c < first + depth; ++c) {
      y.code[c] = range.least;
      if (x.code[c] - most < least_difference) continue;
      const Integer exponential = fixed::exp_of_negative(scaled(x.code[c] - most, by), 5);
      y.code[c] =
          clamped(divided(high_product(inverse, exponential), over_unit + 31 - bits) + range.least, range.least, range.most);
    }
  });
  call.set(y);
}

// Differences with 5 bits before the point, the result with 4: codes of 1/16 below the zero point 127.
void log_of_int8(Call& call) {
  const double real = std::min(scale(call.tensor(0)) * static_cast<double>(power(26)), static_cast<double>(power(31) - 1));
  const Factor by = factor(real);
  if (by.shift < 0 || real <= 1) throw Undefined{"LOG_SOFTMAX of a very small scale"};
  const Integer least_difference = -input_radius(5, by.shift);
  const Factor back = factor(static_cast<double>(power(31 - by.shift)) / static_cast<double>(by.number));
  const Array& x = call.in(0);
  Array y = call.out();
  rows(x, [&](std::size_t first, std::size_t depth) {
    const Integer most = most_of(x, first, depth);
    Integer sum = 0;
    for (std::size_t c = first; c < first + depth; ++c)
      if (x.code[c] - most >= least_difference)
        sum += fixed::rescaled(fixed::exp_of_negative(scaled(x.code[c] - most, by), 5), 0, 12);
    const Integer log_sum = fixed::log_of_one_or_more(word(sum), 12, 5);
    const Integer least = std::max(least_difference - 1, scaled(log_sum - power(31), back));
    for (std::size_t c = first; c < first + depth; ++c) {
      y.code[c] = -128;
      if (x.code[c] - most > least) y.code[c] = clamped(divided(scaled(x.code[c] - most, by) - log_sum, 22) + 127, -128, 127);
    }
  });
  call.set(y);
}

}  // namespace

void add_softmax(Rules& to) {
  to[Op::softmax] = [](Call& call) {
    if (is_float(call.type())) return of_reals(call, call.real("beta"), false);
    return call.type() == Type::int16 ? of_int16(call) : of_int8(call);
  };
  to[Op::log_softmax] = [](Call& call) { return is_float(call.type()) ? of_reals(call, 1, true) : log_of_int8(call); };
}

}  // namespace reference
