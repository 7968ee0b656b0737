// Functions of one element, and changes of its type or quantization.
#include <algorithm>
#include <array>

#include "evaluate.hpp"
#include "fixed_functions.hpp"
#include "tables.hpp"

namespace reference {

namespace {

void reals(Call& call, const std::function<double(double)>& of) {
  Array y = call.out();
  for (std::size_t i = 0; i < y.size(); ++i) y.real[i] = to_float(of(call.in(0).real[i]));
  call.set(y);
}

// Of the distance from the zero point; the result's is added, and it is clamped to the type.
void codes(Call& call, Range range, const std::function<Integer(Integer)>& of) {
  Array y = call.out();
  for (std::size_t i = 0; i < y.size(); ++i)
    y.code[i] = clamped(of(call.in(0).code[i] - zero(call.tensor(0))) + zero(call.result()), range.least, range.most);
  call.set(y);
}

double quotient_of_floats(const Call& call, float times = 1) {
  return static_cast<double>(scale_float(call.tensor(0)) * times / scale_float(call.result()));
}
double quotient(const Call& call) { return scale(call.tensor(0)) / scale(call.result()); }

void relu(Call& call) {
  if (is_float(call.type())) {
    const int activation = call.op() == Op::relu ? 1 : call.op() == Op::relu6 ? 3 : 2;
    return reals(call, [&](double x) { return activated(x, activation); });
  }
  const Range range = range_of(call.type());
  if (call.op() == Op::relu) {
    const Factor by = factor(quotient_of_floats(call));
    return codes(call, {std::max(range.least, zero(call.result())), range.most}, [&](Integer x) { return scaled(x, by); });
  }
  if (call.op() != Op::relu6) throw Unknown{"RELU_N1_TO_1 of integers"};
  // Codes of the input, between its zero point and its 6.
  const Integer least = zero(call.tensor(0));
  const double six = std::round(static_cast<double>(6 / scale_float(call.tensor(0)))) + static_cast<double>(least);
  const Integer most = six < static_cast<double>(range.most) ? static_cast<Integer>(six) : range.most;
  Array y = call.out();
  for (std::size_t i = 0; i < y.size(); ++i) y.code[i] = clamped(call.in(0).code[i], least, most);
  call.set(y);
}

void leaky_relu(Call& call) {
  const auto alpha = static_cast<float>(call.real("alpha"));
  if (is_float(call.type())) return reals(call, [&](double x) { return x > 0 ? x : x * static_cast<double>(alpha); });
  const Factor positive = factor(quotient_of_floats(call)), negative = factor(quotient_of_floats(call, alpha));
  codes(call, range_of(call.type()), [&](Integer x) { return scaled(x, x >= 0 ? positive : negative); });
}

void prelu(Call& call) {
  Array y = call.out();
  const Shape& shape = call.in(1).shape;
  if (is_float(call.type())) {
    for_each(y.shape, [&](const Index& at, std::size_t i) {
      const double x = call.in(0).real[broadcast(call.in(0).shape, at)];
      y.real[i] = to_float(x >= 0 ? x : x * call.in(1).real[broadcast(shape, at)]);
    });
    return call.set(y);
  }
  const Factor positive = factor(quotient(call)),
               negative = factor(scale(call.tensor(0)) * scale(call.tensor(1)) / scale(call.result()));
  const Range range = range_of(y.type);
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const Integer x = call.in(0).code[broadcast(call.in(0).shape, at)] - zero(call.tensor(0));
    const Integer alpha = call.in(1).code[broadcast(shape, at)] - zero(call.tensor(1));
    y.code[i] =
        clamped((x >= 0 ? scaled(x, positive) : scaled(x * alpha, negative)) + zero(call.result()), range.least, range.most);
  });
  call.set(y);
}

// 16 bits of a factor.
Integer upper_half(const Factor& of) { return of.number >= power(31) - 1 - power(15) ? 32767 : (of.number + power(15)) >> 16; }

void hard_swish(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; });
  const float fine = (1.0f / 128) * scale_float(call.tensor(0));
  const Factor output = factor(static_cast<double>(fine / scale_float(call.result())));
  const Factor gate = factor(static_cast<double>(fine / (3.0f / 32768.0f)));
  if (output.shift > 0) throw Undefined{"HARD_SWISH with a much finer output"};
  const auto narrow = [](Integer x) { return clamped(x, -32768, 32767); };
  codes(call, range_of(call.type()), [&](Integer x) {
    x *= 128;
    if (x != narrow(x)) throw Undefined{"HARD_SWISH beyond 16 bits"};
    const Integer on_output = high_product_16(x, upper_half(output));
    Integer relu = x;
    if (gate.shift > 0) relu = narrow(relu * power(gate.shift - 1));
    relu = high_product_16(relu, upper_half(gate));
    if (gate.shift > 0) relu = narrow(relu * 2);
    if (gate.shift < 0) relu = divided(relu, -gate.shift);
    relu = (relu + 32768) >> 1;
    return divided(relu * on_output / 32768, -output.shift);  // cut off towards 0
  });
}

// By a table of float32.
void elu(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return x < 0 ? std::expm1(x) : x; });
  const float inverse = 1 / scale_float(call.result());
  codes(call, range_of(call.type()), [&](Integer x) {
    const float real = scale_float(call.tensor(0)) * static_cast<float>(x);
    const float rounded = std::round((real < 0 ? std::exp(real) - 1 : real) * inverse);
    return static_cast<Integer>(std::clamp(static_cast<double>(rounded), -1e9, 1e9));
  });
}

struct SigmoidInput {
  Factor by;
  Integer radius;
};
SigmoidInput sigmoid_input(double scale) {
  int shift = 0;
  const double fraction = std::frexp(scale * static_cast<double>(power(27)), &shift);
  const auto number = static_cast<Integer>(std::round(fraction * 2147483648.0));
  return {{number, shift}, input_radius(4, shift)};
}

// int16: a table of 256 steps of 1/24 with linear interpolation, on codes of 1/12288.
void sigmoid_of_int16(Call& call) {
  const bool tanh = call.op() == Op::tanh;
  const auto whole = tables::whole_log2(scale_float(call.tensor(0)));
  const int left = whole.value_or(0) + 12;
  Integer number = 0;
  int shift = 0;
  if (whole && (left == 0 || (tanh && left == 1))) {
    number = 3 * power(left);
  } else {
    double real = scale(call.tensor(0)) * 4096 * 3;
    for (; real <= 32767.0 / 2 && shift <= 30; ++shift) real *= 2;
    number = static_cast<Integer>(real);
  }
  Array y = call.out();
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Integer x = word(word(call.in(0).code[i] * number) + (shift > 0 ? power(shift - 1) : 0)) >> shift;
    y.code[i] = tables::interpolated(x, tanh);
  }
  call.set(y);
}

void logistic(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return 1 / (1 + std::exp(-x)); });
  if (call.type() == Type::int16) return sigmoid_of_int16(call);
  const SigmoidInput input = sigmoid_input(scale(call.tensor(0)));
  codes(call, range_of(call.type()), [&](Integer x) -> Integer {
    if (x <= -input.radius) return -128 - zero(call.result());
    if (x >= input.radius) return 127 - zero(call.result());
    return divided(fixed::logistic(scaled(x, input.by), 4), 23) - 128 - zero(call.result());
  });
}

void tanh(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return std::tanh(x); });
  if (call.type() == Type::int16) return sigmoid_of_int16(call);
  const SigmoidInput input = sigmoid_input(scale(call.tensor(0)));
  codes(call, range_of(call.type()), [&](Integer x) -> Integer {
    if (x <= -input.radius) return -128 - zero(call.result());
    if (x >= input.radius) return 127 - zero(call.result());
    return std::min<Integer>(divided(fixed::tanh(scaled(x, input.by), 4), 24), 127) - zero(call.result());
  });
}

void abs(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return std::abs(x); });
  const Factor by = factor(quotient(call));
  const bool same = scale_float(call.tensor(0)) == scale_float(call.result());
  codes(call, range_of(call.type()), [&](Integer x) { return same ? std::abs(x) : scaled(std::abs(x), by); });
}

void rsqrt(Call& call) {
  if (is_float(call.type())) return reals(call, [](double x) { return 1 / std::sqrt(x); });
  const Factor by = factor(1 / (std::sqrt(scale(call.tensor(0))) * scale(call.result())));
  const Range range = range_of(call.type());
  codes(call, range, [&](Integer x) -> Integer {
    if (x < 0) throw Undefined{"RSQRT of a negative number"};
    if (x == 0) return range.most - zero(call.result());
    const Factor root = fixed::one_over_sqrt(x);
    return scaled(scaled(1, {root.number, root.shift + 20}), {by.number, by.shift - 20});
  });
}

void quantize(Call& call) {
  const Range range = range_of(call.result().type);
  if (is_float(call.type())) {
    Array y = call.out();
    for (std::size_t i = 0; i < y.size(); ++i) {
      const double rounded = std::round(static_cast<double>(static_cast<float>(call.in(0).real[i]) / scale_float(call.result())));
      if (!(std::abs(rounded) < 2147483648.0)) throw Undefined{"QUANTIZE of a number beyond 32 bits"};
      y.code[i] = clamped(word(static_cast<Integer>(rounded) + zero(call.result())), range.least, range.most);
    }
    return call.set(y);
  }
  const Factor by = factor(quotient(call));
  codes(call, range, [&](Integer x) { return scaled(x, by); });
}

void dequantize(Call& call) {
  if (call.type() == Type::float16) return call.set(call.in(0));
  Array y = call.out();
  const Tensor& from = call.tensor(0);
  for_each(y.shape, [&](const Index& at, std::size_t i) {
    const std::size_t channel =
        from.scale.size() > 1 ? static_cast<std::size_t>(at[static_cast<std::size_t>(from.dimension)]) : 0;
    y.real[i] = to_float(static_cast<double>(from.scale.at(channel)) *
                         static_cast<double>(call.in(0).code[i] - from.zero_point.at(channel)));
  });
  call.set(y);
}

void cast(Call& call) {
  Array y = call.out();
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Array& x = call.in(0);
    if (is_float(y.type))
      y.real[i] = is_float(x.type) ? x.real[i] : to_float(static_cast<double>(x.code[i]));
    else if (is_float(x.type))
      y.code[i] = y.type == Type::boolean ? x.real[i] != 0 : word(static_cast<Integer>(std::clamp(x.real[i], -1e10, 1e10)));
    else
      y.code[i] = y.type == Type::boolean ? x.code[i] != 0 : x.code[i];
    if (y.type != Type::boolean && !is_float(y.type) && y.type != Type::int64 &&
        clamped(y.code[i], range_of(y.type).least, range_of(y.type).most) != y.code[i])
      throw Undefined{"CAST to a type that does not hold the number"};
  }
  call.set(y);
}

Rule real_function(double (*of)(double)) {
  return [of](Call& call) {
    if (!is_float(call.type())) throw Unknown{std::string{name(call.op())} + " of integers"};
    reals(call, of);
  };
}

}  // namespace

void add_activations(Rules& to) {
  to[Op::relu] = to[Op::relu6] = to[Op::relu_n1_to_1] = relu;
  to[Op::leaky_relu] = leaky_relu;
  to[Op::prelu] = prelu;
  to[Op::hard_swish] = hard_swish;
  to[Op::elu] = elu;
  to[Op::logistic] = logistic;
  to[Op::tanh] = tanh;
  to[Op::abs] = abs;
  to[Op::rsqrt] = rsqrt;
  to[Op::quantize] = quantize;
  to[Op::dequantize] = dequantize;
  to[Op::cast] = cast;
  to[Op::neg] = real_function([](double x) { return -x; });
  to[Op::square] = real_function([](double x) { return x * x; });
  to[Op::sqrt] = real_function([](double x) { return std::sqrt(x); });
  to[Op::exp] = real_function([](double x) { return std::exp(x); });
  to[Op::log] = real_function([](double x) { return std::log(x); });
}

}  // namespace reference
