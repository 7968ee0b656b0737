// Operators of one or two tensors, element by element; reductions.
#include <algorithm>

#include "builder.hpp"

namespace reference {

namespace {

double code_size(Type type) { return type == int16_ ? 16000 : 64; }

// A result whose codes are of a real size about `size`; now and then they are clamped or lost.
int result(Builder& b, Type type, Shape shape, double size) {
  if (is_float(type) || type == int32_) return b.tensor(type, std::move(shape));
  const double spread = b.random.one_in(8) ? std::exp(b.random.real(-6, 6)) : std::exp(b.random.real(-1, 1));
  return b.tensor(type, std::move(shape), b.scale_near(size / code_size(type) * spread), b.zero_point(type));
}

double size_of(const Builder& b, int t) {
  return b.at(t).scale.empty() ? 1 : static_cast<double>(b.at(t).scale[0]) * code_size(b.type(t));
}

// Another operand, the same shape or broadcast, and the shape of the result.
struct Pair {
  int first, second;
  Shape shape;
};
Pair pair(Builder& b, const Wanted& wanted) {
  const int x = b.take(wanted);
  Shape shape = b.shape(x), other = shape;
  if (b.random.one_in(8)) return {x, x, shape};
  if (b.random.one_in(2)) {
    for (std::size_t d = 0; d < other.size(); ++d) {
      if (b.random.one_in(2))
        other[d] = 1;
      else if (shape[d] == 1 && count(shape) < 100 && b.random.one_in(3))
        other[d] = shape[d] = b.random.number(2, 3);
    }
    while (!other.empty() && other[0] == 1 && b.random.one_in(2)) other.erase(other.begin());
    if (other.empty()) other = {1};
  }
  for (std::size_t d = 0; d < other.size(); ++d) {
    int& extent = shape[shape.size() - other.size() + d];
    extent = std::max(extent, other[d]);
  }
  const int y = b.random.one_in(3) ? b.random_constant(b.type(x), other) : b.like(b.type(x), other, wanted.exact);
  // A constant may stand first, too.
  if (b.random.one_in(2)) return {y, x, shape};
  return {x, y, shape};
}

void arithmetic(Builder& b, Op op, const std::vector<Type>& types = {int8_, int16_, float_, int32_}) {
  const Pair p = pair(b, {types});
  const double first = size_of(b, p.first), second = size_of(b, p.second);
  const double size = op == Op::mul                  ? first * second
                      : op == Op::squared_difference ? std::max(first, second) * std::max(first, second)
                                                     : std::max(first, second);
  const int y = result(b, b.type(p.first), p.shape, size);
  b.run(op, {p.first, p.second}, {y}, {{"activation", op == Op::squared_difference ? 0 : b.random.number(0, 3)}});
}

// By a tensor or constant without 0.
void div(Builder& b) {
  const int x = b.take({{int8_, float_, int32_}});
  Shape other = b.shape(x);
  for (int& extent : other)
    if (b.random.one_in(3)) extent = 1;
  const int second = b.floats(x) ? b.input(float_, other, true) : b.tensor(b.type(x), other);
  if (!b.floats(x)) {
    const std::int64_t zero = b.type(x) == int8_ ? b.at(second).zero_point[0] : 0;
    const auto [least, most] = Builder::limits(b.type(x));
    const bool above = zero < most && (zero == least || b.random.one_in(2));
    b.bound(second, above ? zero + 1 : least, above ? most : zero - 1);
    if (b.random.one_in(2))
      b.graph().inputs.push_back(second);
    else
      b.graph().tensors[static_cast<std::size_t>(second)].data = encode(b.random_array(second));
  }
  const int y = result(b, b.type(x), b.shape(x), b.floats(x) ? 1 : size_of(b, x) / size_of(b, second));
  b.run(Op::div, {x, second}, {y}, {{"activation", b.random.number(0, 3)}});
}

// One of two tensors of one quantization.
void extreme(Builder& b, Op op) {
  Pair p = pair(b, {{int8_, int16_, float_, int32_, Type::uint8}});
  if (!b.floats(p.first)) {
    for (int t : {p.first, p.second}) {
      const auto& inputs = b.graph().inputs;
      if (t != p.first && std::find(inputs.begin(), inputs.end(), t) == inputs.end() && b.at(t).data.empty())
        p.second = p.first, p.shape = b.shape(p.first);
    }
    if (p.second != p.first) {
      // A new operand with the first one's quantization.
      const int second = b.same(p.first, b.shape(p.second));
      b.graph().tensors[static_cast<std::size_t>(second)].data = encode(b.random_array(second));
      p.second = second;
    }
  }
  const int y = b.same(p.first, p.shape);
  b.run(op, {p.first, p.second}, {y});
}

const std::vector<Op> comparisons{Op::less, Op::less_equal, Op::greater, Op::greater_equal, Op::equal, Op::not_equal};

int compared(Builder& b, const Pair& p) {
  const int y = b.tensor(Type::boolean, p.shape);
  b.run(b.random.pick(comparisons), {p.first, p.second}, {y});
  return y;
}

void comparison(Builder& b) { compared(b, pair(b, {{int8_, float_, int32_}, 1, 4, true})); }

void select(Builder& b) {
  const Pair p = pair(b, {{int8_, float_}, 1, 4, true});
  const int condition = compared(b, p);
  const Type type = b.random.pick(movable);
  Shape small = p.shape;
  if (b.random.one_in(2))
    for (int& extent : small)
      if (b.random.one_in(2)) extent = 1;
  const int first = b.like(type, p.shape), second = b.same(first, small);
  b.graph().tensors[static_cast<std::size_t>(second)].data = encode(b.random_array(second));
  const int y = b.same(first, p.shape);
  b.run(Op::select_v2, {condition, first, second}, {y});
}

void same_shape(Builder& b, Op op, const Wanted& wanted, double growth = 1, std::map<std::string, double> number = {}) {
  const int x = b.take(wanted);
  const int y = result(b, b.type(x), b.shape(x), size_of(b, x) * growth);
  if (op == Op::abs || op == Op::neg) b.keep_exact(x, y);
  b.run(op, {x}, {y}, std::move(number));
}

void relu6(Builder& b) {
  const int x = b.take({});
  b.run(Op::relu6, {x}, {b.same(x, b.shape(x))});
}

void leaky_relu(Builder& b) {
  double alpha = static_cast<double>(static_cast<float>(b.random.real(0, 2)));
  if (b.dyadic) alpha = std::ldexp(1.0, b.random.number(-3, 1));
  if (b.random.one_in(3)) alpha = -alpha;
  same_shape(b, Op::leaky_relu, {}, 1, {{"alpha", alpha}});
}

void prelu(Builder& b) {
  const int x = b.take({{int8_, float_}, 2, 5});
  Shape shape = b.shape(x);
  shape.erase(shape.begin());
  for (std::size_t d = 0; d + 1 < shape.size(); ++d)
    if (b.random.one_in(2)) shape[d] = 1;
  const int alpha = b.random_constant(b.type(x), shape);
  const int y = result(b, b.type(x), b.shape(x), size_of(b, x));
  b.run(Op::prelu, {x, alpha}, {y});
}

// The reference builds the result's quantization in.
void sigmoid(Builder& b, Op op) {
  const int x = b.take({});
  const bool logistic = op == Op::logistic;
  const int y = b.floats(x)          ? b.tensor(float_, b.shape(x))
                : b.type(x) == int8_ ? b.tensor(int8_, b.shape(x), logistic ? 1.0f / 256 : 1.0f / 128, logistic ? -128 : 0)
                                     : b.tensor(int16_, b.shape(x), 1.0f / 32768, 0);
  b.run(op, {x}, {y});
}

void softmax(Builder& b) {
  const int x = b.take({});
  const Type type = b.type(x) == int8_ && b.random.one_in(4) ? int16_ : b.type(x);
  const int y = b.floats(x)          ? b.tensor(float_, b.shape(x))
                : type == int8_      ? b.tensor(int8_, b.shape(x), 1.0f / 256, -128)
                : b.type(x) == int8_ ? b.tensor(int16_, b.shape(x), 1.0f / 65536, -32768)
                                     : b.tensor(int16_, b.shape(x), 1.0f / 32768, 0);
  b.run(Op::softmax, {x}, {y},
        {{"beta", b.random.one_in(2) ? 1.0 : static_cast<double>(static_cast<float>(b.random.real(0.1, 3)))}});
}

void log_softmax(Builder& b) {
  const int x = b.take({{float_, int8_}});
  b.run(Op::log_softmax, {x}, {b.floats(x) ? b.tensor(float_, b.shape(x)) : b.tensor(int8_, b.shape(x), 16.0f / 256, 127)});
}

void real_function(Builder& b, Op op, bool positive) {
  const int x = b.take({{float_}, 1, 5, false, positive});
  b.run(op, {x}, {b.tensor(float_, b.shape(x))});
}

void rsqrt(Builder& b) {
  const bool floats = b.random.one_in(2);
  const int x = b.take({{floats ? float_ : int8_}, 1, 5, false, true});
  const int y =
      floats
          ? b.tensor(float_, b.shape(x))
          : b.tensor(int8_, b.shape(x),
                     static_cast<float>(0.01 / std::sqrt(static_cast<double>(b.at(x).scale[0])) * std::exp(b.random.real(-1, 1))),
                     b.zero_point(int8_));
  b.run(Op::rsqrt, {x}, {y});
}

void quantize(Builder& b) {
  const bool wide = b.random.one_in(8);
  const int x = wide ? b.input(int32_, b.random_shape(1, 4)) : b.take({{int8_, int16_, float_, Type::uint8}, 1, 5, true});
  if (wide) {
    Tensor& of = b.graph().tensors[static_cast<std::size_t>(x)];
    of.scale = {b.scale_near(std::exp(b.random.real(-8, 0)))},
    of.zero_point = {b.random.one_in(2) ? 0 : b.random.number(-500, 500)};
  }
  std::vector<Type> to{int8_, int16_};
  if (b.type(x) == int8_ || b.type(x) == int16_) to.push_back(int32_);
  if (b.type(x) == int8_) to.push_back(Type::uint8);
  if (b.type(x) == Type::uint8) to = {int8_};
  const Type type = b.random.pick(to);
  double size = b.floats(x) ? 3 : size_of(b, x);
  const int y = type == int32_ ? b.tensor(int32_, b.shape(x), b.scale_near(size * std::exp(b.random.real(-14, -4))), 0)
                               : result(b, type, b.shape(x), size);
  b.run(Op::quantize, {x}, {y});
}

void dequantize(Builder& b) {
  const int x = b.take({{int8_, int16_, Type::uint8}});
  b.run(Op::dequantize, {x}, {b.tensor(float_, b.shape(x))});
}

void cast(Builder& b) {
  const int x = b.take({{int8_, int16_, int32_, float_}, 1, 5, true});
  const int y = b.add({.type = b.floats(x) ? int32_ : float_, .shape = b.shape(x)});
  b.keep_exact(x, y);
  b.run(Op::cast, {x}, {y}, {{"in_type", static_cast<int>(b.type(x))}, {"out_type", static_cast<int>(b.type(y))}});
}

// Over any axes, some counted from the end.
void reduce(Builder& b, Op op) {
  const int x = b.take({});
  const Shape& shape = b.shape(x);
  const bool keeps = b.random.one_in(2);
  std::vector<int> axes;
  Shape out;
  int number = 1;
  for (int d = 0; d < rank(shape); ++d) {
    const int extent = shape[static_cast<std::size_t>(d)];
    if (b.random.one_in(2) || (axes.empty() && d == rank(shape) - 1)) {
      axes.push_back(b.random.one_in(4) ? d - rank(shape) : d);
      number *= extent;
      if (keeps) out.push_back(1);
    } else {
      out.push_back(extent);
    }
  }
  if (b.random.one_in(4)) std::reverse(axes.begin(), axes.end());
  const int list = axes.size() == 1 && b.random.one_in(2) ? b.integers(axes, Shape{}) : b.integers(axes);
  const double size = size_of(b, x) * (op == Op::sum ? std::sqrt(number) : 1 / std::sqrt(number));
  const int y = op == Op::reduce_max                 ? b.same(x, out)
                : b.random.one_in(3) && !b.floats(x) ? b.same(x, out)
                                                     : result(b, b.type(x), out, size);
  b.run(op, {x, list}, {y}, {{"keep_dims", keeps}});
}

void arg_extreme(Builder& b) {
  const int x = b.take({{int8_, float_}, 1, 4, true});
  Shape out = b.shape(x);
  const int axis = b.random.number(0, rank(out) - 1), written = b.random.one_in(2) ? axis : axis - rank(out);
  out.erase(out.begin() + axis);
  const int y = b.add({.type = int32_, .shape = out});
  b.run(b.random.one_in(2) ? Op::arg_max : Op::arg_min, {x, b.integers({written}, b.random.one_in(2) ? Shape{} : Shape{1})}, {y},
        {{"output_type", 2}});
}

}  // namespace

void add_element_generators(std::vector<Named>& to) {
  to.insert(to.end(), {{"add", [](Builder& b) { arithmetic(b, Op::add); }},
                       {"sub", [](Builder& b) { arithmetic(b, Op::sub); }},
                       {"mul", [](Builder& b) { arithmetic(b, Op::mul); }},
                       {"div", div},
                       {"squared_difference", [](Builder& b) { arithmetic(b, Op::squared_difference); }},
                       {"maximum", [](Builder& b) { extreme(b, Op::maximum); }},
                       {"minimum", [](Builder& b) { extreme(b, Op::minimum); }},
                       {"comparison", comparison},
                       {"select_v2", select},
                       {"relu", [](Builder& b) { same_shape(b, Op::relu, {}); }},
                       {"relu6", relu6},
                       {"relu_n1_to_1", [](Builder& b) { same_shape(b, Op::relu_n1_to_1, {{float_}}); }},
                       {"leaky_relu", leaky_relu},
                       {"prelu", prelu},
                       {"hard_swish",
                        [](Builder& b) {
                          same_shape(b, Op::hard_swish, {{int8_, float_}});
                        }},
                       {"elu",
                        [](Builder& b) {
                          same_shape(b, Op::elu, {{int8_, float_}});
                        }},
                       {"logistic", [](Builder& b) { sigmoid(b, Op::logistic); }},
                       {"tanh", [](Builder& b) { sigmoid(b, Op::tanh); }},
                       {"softmax", softmax},
                       {"log_softmax", log_softmax},
                       {"abs", [](Builder& b) { same_shape(b, Op::abs, {}); }},
                       {"neg", [](Builder& b) { same_shape(b, Op::neg, {{float_}}); }},
                       {"square", [](Builder& b) { real_function(b, Op::square, false); }},
                       {"sqrt", [](Builder& b) { real_function(b, Op::sqrt, true); }},
                       {"exp", [](Builder& b) { real_function(b, Op::exp, true); }},
                       {"log", [](Builder& b) { real_function(b, Op::log, true); }},
                       {"rsqrt", rsqrt},
                       {"quantize", quantize},
                       {"dequantize", dequantize},
                       {"cast", cast},
                       {"mean", [](Builder& b) { reduce(b, Op::mean); }},
                       {"sum", [](Builder& b) { reduce(b, Op::sum); }},
                       {"reduce_max", [](Builder& b) { reduce(b, Op::reduce_max); }},
                       {"arg_extreme", arg_extreme}});
}

}  // namespace reference
