// Operators of two tensors, element by element, one broadcast to the other; and those that choose.
#include <algorithm>

#include "evaluate.hpp"
#include "fixed_functions.hpp"

namespace reference {

namespace {

void reals(Call& call, const std::function<double(double, double)>& of) {
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const double result = of(call.in(0).real[broadcast(call.in(0).shape, at)], call.in(1).real[broadcast(call.in(1).shape, at)]);
    y.real[i] = to_float(activated(to_float(result), call.number("activation")));
  });
  call.set(y);
}

// Of whole numbers without a scale.
void integers(Call& call, const std::function<Integer(Integer, Integer)>& of) {
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Integer a = call.in(0).code[broadcast(call.in(0).shape, at)], b = call.in(1).code[broadcast(call.in(1).shape, at)];
    y.code[i] = static_cast<Integer>(activated(static_cast<double>(word(of(a, b))), call.number("activation")));
  });
  call.set(y);
}

void codes(Call& call, const std::function<Integer(Integer, Integer)>& of) {
  Array y = call.out();
  const Range range = activation_range(call.result(), call.number("activation"));
  const Integer zero_0 = zero(call.tensor(0)), zero_1 = zero(call.tensor(1));
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Integer a = call.in(0).code[broadcast(call.in(0).shape, at)], b = call.in(1).code[broadcast(call.in(1).shape, at)];
    y.code[i] = clamped(of(a - zero_0, b - zero_1) + zero(call.result()), range.least, range.most);
  });
  call.set(y);
}

// A factor below 1, applied without a shift to the left.
Factor below_one(double real) {
  if (!(real < 1)) throw Undefined{"a factor of 1 or more, where less is expected"};
  const Factor by = factor(real);
  return by.shift > 0 ? throw Undefined{"a factor of 1 or more, where less is expected"} : by;
}

// ADD forms its factors in double, SUB in float32.
void add(Call& call) {
  const bool minus = call.op() == Op::sub;
  if (is_float(call.type())) return reals(call, [&](double a, double b) { return minus ? a - b : a + b; });
  if (call.type() == Type::int32) return integers(call, [&](Integer a, Integer b) { return minus ? a - b : a + b; });
  const int left = call.type() == Type::int16 ? 15 : 20;
  const Tensor &first = call.tensor(0), &second = call.tensor(1), &out = call.result();
  double factors[3];
  if (minus) {
    const float twice = 2 * std::max(scale_float(first), scale_float(second));
    factors[0] = static_cast<double>(scale_float(first) / twice);
    factors[1] = static_cast<double>(scale_float(second) / twice);
    factors[2] = static_cast<double>(twice / (static_cast<float>(power(left)) * scale_float(out)));
  } else {
    const double twice = 2 * std::max(scale(first), scale(second));
    factors[0] = scale(first) / twice;
    factors[1] = scale(second) / twice;
    factors[2] = twice / (static_cast<double>(power(left)) * scale(out));
  }
  const Factor by_0 = below_one(factors[0]), by_1 = below_one(factors[1]), by = below_one(factors[2]);
  codes(call, [&](Integer a, Integer b) {
    const Integer x = scaled(a * power(left), by_0), y = scaled(b * power(left), by_1);
    return scaled(minus ? x - y : x + y, by);
  });
}

void mul(Call& call) {
  if (is_float(call.type())) return reals(call, [](double a, double b) { return a * b; });
  if (call.type() == Type::int32) return integers(call, [](Integer a, Integer b) { return a * b; });
  const Factor by = factor(scale(call.tensor(0)) * scale(call.tensor(1)) / scale(call.result()));
  codes(call, [&](Integer a, Integer b) { return scaled(a * b, by); });
}

Integer over(Integer a, Integer b) { return b != 0 ? a / b : throw Undefined{"a division by 0"}; }

// int8: the reciprocal of b by one_over_one_plus; a is shifted as far left as it goes.
void div(Call& call) {
  if (is_float(call.type())) return reals(call, [](double a, double b) { return a / b; });
  if (call.type() == Type::int32) return integers(call, over);
  const Factor by =
      factor(static_cast<double>(scale_float(call.tensor(0)) / (scale_float(call.tensor(1)) * scale_float(call.result()))));
  codes(call, [&](Integer a, Integer b) {
    if (b == 0) throw Undefined{"a division by 0"};
    if (b < 0) a = -a, b = -b;
    const int digits = leading_zeros(static_cast<std::uint32_t>(b));
    const Integer inverse = fixed::one_over_one_plus(b * power(digits) - power(31));
    const int headroom = leading_zeros(static_cast<std::uint32_t>(a >= 0 ? a : -2 * a - 1)) - (a >= 0 ? 1 : 0);
    const int shift = by.shift - (31 - digits) - headroom;
    if (shift > 0) throw Undefined{"a much finer output"};
    return divided(high_product(high_product(a * power(headroom), inverse), by.number), -shift);
  });
}

void squared_difference(Call& call) {
  if (is_float(call.type())) return reals(call, [](double a, double b) { return to_float(a - b) * to_float(a - b); });
  if (call.type() == Type::int32) return integers(call, [](Integer a, Integer b) { return word(a - b) * (a - b); });
  const int left = call.type() == Type::int16 ? 0 : 7;
  const double twice = 2 * std::max(scale(call.tensor(0)), scale(call.tensor(1)));
  const Factor by_0 = below_one(scale(call.tensor(0)) / twice), by_1 = below_one(scale(call.tensor(1)) / twice);
  const Factor by = factor(twice * twice / static_cast<double>(static_cast<float>(power(2 * left)) * scale_float(call.result())));
  codes(call, [&](Integer a, Integer b) {
    const Integer difference = scaled(a * power(left), by_0) - scaled(b * power(left), by_1);
    return scaled(word(difference * difference), by);
  });
}

// The stored integers, as they are.
void extreme(Call& call) {
  const bool most = call.op() == Op::maximum;
  if (is_float(call.type())) return reals(call, [&](double a, double b) { return most ? std::max(a, b) : std::min(a, b); });
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Integer a = call.in(0).code[broadcast(call.in(0).shape, at)], b = call.in(1).code[broadcast(call.in(1).shape, at)];
    y.code[i] = most ? std::max(a, b) : std::min(a, b);
  });
  call.set(y);
}

template <class Number>
bool holds(Op op, Number a, Number b) {
  switch (op) {
    case Op::less:
      return a < b;
    case Op::less_equal:
      return a <= b;
    case Op::greater:
      return a > b;
    case Op::greater_equal:
      return a >= b;
    case Op::equal:
      return a == b;
    default:
      return a != b;
  }
}

// Codes are brought to a common scale of 1/256.
void compare(Call& call) {
  Array y = call.out();
  const bool quantized = call.type() == Type::int8;
  const Factor by_0 = quantized ? below_one(scale(call.tensor(0))) : Factor{0, 0},
               by_1 = quantized ? below_one(scale(call.tensor(1))) : Factor{0, 0};
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const std::size_t a = broadcast(call.in(0).shape, at), b = broadcast(call.in(1).shape, at);
    if (is_float(call.type())) {
      y.code[i] = holds(call.op(), call.in(0).real[a], call.in(1).real[b]);
    } else if (quantized) {
      y.code[i] = holds(call.op(), scaled((call.in(0).code[a] - zero(call.tensor(0))) * 256, by_0),
                        scaled((call.in(1).code[b] - zero(call.tensor(1))) * 256, by_1));
    } else {
      y.code[i] = holds(call.op(), call.in(0).code[a], call.in(1).code[b]);
    }
  });
  call.set(y);
}

void select(Call& call) {
  Array y = call.out();
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Array& from = call.in(call.in(0).code[broadcast(call.in(0).shape, at)] != 0 ? 1 : 2);
    y.copy(i, from, broadcast(from.shape, at));
  });
  call.set(y);
}

}  // namespace

void add_elements(Rules& to) {
  to[Op::add] = to[Op::sub] = add;
  to[Op::mul] = mul;
  to[Op::div] = div;
  to[Op::squared_difference] = squared_difference;
  to[Op::maximum] = to[Op::minimum] = extreme;
  for (Op op : {Op::less, Op::less_equal, Op::greater, Op::greater_equal, Op::equal, Op::not_equal}) to[op] = compare;
  to[Op::select] = to[Op::select_v2] = select;
}

}  // namespace reference
