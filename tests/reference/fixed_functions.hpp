// Functions of fixed-point numbers in 32 bits, as gemmlowp's fixedpoint.h defines them. A number with `bits` before the point has
// the value x / 2^(31 - bits).
#pragma once

#include <algorithm>

#include "arithmetic.hpp"

namespace reference::fixed {

// From `from` bits before the point to `to`.
inline Integer rescaled(Integer x, int from, int to) {
  return from >= to ? saturated(x * power(from - to)) : divided(x, to - from);
}

inline constexpr Integer one = 2147483647;  // 1 without bits before the point

// e^x for -1/4 <= x < 0, no bits before the point: four terms of the series about -1/8.
inline Integer exp_of_quarter(Integer x) {
  const Integer about = 1895147668;  // e^(-1/8)
  const Integer third = 715827883;
  const Integer d = x + power(28);
  const Integer d2 = high_product(d, d), d3 = high_product(d2, d), d4 = high_product(d2, d2);
  const Integer rest = divided(high_product(divided(d4, 2) + d3, third) + d2, 1);
  return about + high_product(about, d + rest);
}

// e^x for x <= 0 with `bits` before the point; the result has none.
inline Integer exp_of_negative(Integer x, int bits) {
  if (x == 0) return one;
  const int fraction = 31 - bits;
  const Integer quarter = power(fraction - 2);
  const Integer within = (x & (quarter - 1)) - quarter;
  Integer result = exp_of_quarter(rescaled(within, bits, 0));
  const Integer remainder = within - x;
  const Integer powers[]{1672461947, 1302514674, 790015084, 290630308,
                         39332535,   720401,     242};  // e^(-1/4), e^(-1/2), e^-1 … e^-16
  for (int i = 0; i < 7; ++i)
    if (bits > i - 2 && (remainder & power(fraction + i - 2)) != 0) result = high_product(result, powers[i]);
  if (bits > 5 && x < -power(36 - bits)) return 0;
  return result;
}

// 2 / (1 + x) with two bits before the point, 0 <= x <= 1: three steps of Newton and Raphson.
inline Integer two_over_one_plus(Integer x) {
  const Integer half = (x + one + 1) / 2;
  Integer y = 1515870810 + high_product(half, -1010580540);  // 48/17 - 32/17 half
  for (int i = 0; i < 3; ++i) y += rescaled(high_product(y, power(29) - high_product(half, y)), 4, 2);
  return y;
}
inline Integer one_over_one_plus(Integer x) { return rescaled(two_over_one_plus(x), 1, 0); }
inline Integer one_minus_over_one_plus(Integer x) { return rescaled(two_over_one_plus(x) - power(29), 2, 0); }

inline Integer logistic(Integer x, int bits) {
  if (x == 0) return power(30);
  const Integer positive = one_over_one_plus(exp_of_negative(x > 0 ? -x : x, bits));
  return x > 0 ? positive : one - positive;
}

inline Integer tanh(Integer x, int bits) {
  if (x == 0) return 0;
  const Integer positive = one_minus_over_one_plus(exp_of_negative(x > 0 ? -x : x, bits + 1));
  return x > 0 ? positive : -positive;
}

// ln x for x >= 1 with `in` bits before the point; the result has `out`. x is z 2^k, with z near sqrt(sqrt(1/2)); ln z is a
// quotient of two short series.
inline Integer log_of_one_or_more(Integer x, int in, int out) {
  const Integer log_2 = 1488522236, root = 1805811301 /* sqrt(sqrt(1/2)) */, half_root = 1518500250 /* sqrt(1/2) */;
  const Integer a_n = 117049297, a_d = 127690142, a_i = 1057819769, a_f = 638450708;
  const int wide = out + 1;
  const Integer quarter = rescaled(power(29), 0, wide);
  const auto whole = [&](Integer k) { return saturated(k * power(31 - wide)); };
  const int headroom_a = leading_zeros(static_cast<std::uint32_t>(x));
  const Integer r_a = saturated(high_product(saturated(x * power(headroom_a - 1)), half_root) * 2);
  const Integer k_a = saturated(whole(in - headroom_a) + quarter);
  const int headroom_b = leading_zeros(static_cast<std::uint32_t>(high_product(x, half_root))) - 1;
  const Integer r_b = saturated(x * power(headroom_b));
  const Integer k_b = saturated(whole(in - headroom_b) - quarter);
  const Integer r = std::min(r_a, r_b), k = std::max(k_a, k_b);
  const Integer sum = r + root, p = (sum + (sum >= 0 ? 1 : -1)) / 2;
  const Integer q = word(2 * (r - root));
  const Integer square = high_product(q, q);
  const Integer above = high_product(q, r) + high_product(high_product(q, square), a_n);
  const Integer below = high_product(p, word(a_i + q + high_product(a_d, square))) + high_product(a_f, q);
  const Integer tail = high_product(rescaled(above, 0, wide), one_over_one_plus(below));
  return rescaled(word(high_product(k, log_2) + tail), wide, out);
}

// 1 / sqrt(x) as a Factor, x > 0.
inline Factor one_over_sqrt(Integer x) {
  if (x <= 1) return {one, 0};
  int right = 11;
  for (; x >= power(29); ++right) x /= 4;
  const int pairs = (leading_zeros(static_cast<std::uint32_t>(x)) - 1) / 2 - 1;
  right -= pairs;
  x *= power(2 * pairs);
  const Integer half = divided(x >> 1, 1);
  Integer y = power(28);  // three bits before the point
  for (int i = 0; i < 5; ++i) {
    const Integer cube = rescaled(high_product(high_product(y, y), y), 9, 3);
    y = rescaled(high_product(power(28) + power(27), y) - high_product(half, cube), 6, 3);
  }
  y = high_product(y, 1518500250);  // sqrt(1/2)
  return right < 0 ? Factor{y * power(-right), 0} : Factor{y, -right};
}

}  // namespace reference::fixed
