// Builder: grows a random model, operator by operator.
#pragma once

#include <map>
#include <optional>
#include <set>

#include "array.hpp"
#include "random.hpp"

namespace reference {

inline constexpr Type int8_ = Type::int8, int16_ = Type::int16, float_ = Type::float32, int32_ = Type::int32;

// The types of what only moves.
inline const std::vector<Type> movable{int8_, int8_, int16_, int16_, float_, float_, int32_, Type::uint8, Type::boolean};

// What a generator asks of a tensor that it reads.
struct Wanted {
  std::vector<Type> types{int8_, int16_, float_};
  int least_rank = 1, most_rank = 5;
  bool exact = false;     // no rounding of floats behind it: it is compared or cut into codes
  bool positive = false;  // floats above 0
};

class Builder {
 public:
  Builder(std::uint64_t seed, bool fans_out) : random{seed}, dyadic{random.one_in(4)}, reuses{fans_out} {
    model.graphs.resize(1);
  }

  Random random;
  Model model;
  const bool dyadic;  // all scales are powers of two, so that many results lie between two codes

  Graph& graph() { return model.graphs[0]; }
  const Tensor& at(int tensor) const { return model.graphs[0].tensors.at(static_cast<std::size_t>(tensor)); }
  Type type(int tensor) const { return at(tensor).type; }
  const Shape& shape(int tensor) const { return at(tensor).shape; }
  bool floats(int tensor) const { return is_float(type(tensor)); }

  // A tensor to read: one that is there, or a new input.
  int take(const Wanted& wanted) {
    if (reuses && !wanted.positive && !random.one_in(3)) {
      std::vector<int> fitting;
      for (int t : alive)
        if (fits(t, wanted)) fitting.push_back(t);
      if (!fitting.empty()) return random.pick(fitting);
    }
    const Type type = random.pick(wanted.types);
    return input(type, random_shape(wanted.least_rank, wanted.most_rank), wanted.positive);
  }
  int image(const std::vector<Type>& types = {int8_, int16_, float_}) { return take({types, 4, 4}); }
  // One more of a type and shape.
  int like(Type of, const Shape& shape_of, bool exact = false) {
    if (reuses && !random.one_in(3))
      for (int t : alive)
        if (type(t) == of && shape(t) == shape_of && (!exact || exacts.contains(t))) return t;
    return input(of, shape_of);
  }

  int input(Type of, Shape extents, bool positive = false) {
    const int t = tensor(of, std::move(extents));
    graph().inputs.push_back(t);
    alive.push_back(t);
    exacts.insert(t);
    if (positive) positives.insert(t);
    return t;
  }

  // A new tensor, quantized at random where its type can be.
  int tensor(Type of, Shape extents) {
    Tensor tensor{.type = of, .shape = std::move(extents)};
    if (of == int8_ || of == int16_ || of == Type::uint8) {
      tensor.scale = {scale()};
      tensor.zero_point = {zero_point(of)};
    }
    return add(std::move(tensor));
  }
  int tensor(Type of, Shape extents, float with_scale, std::int64_t zero) {
    return add({.type = of, .shape = std::move(extents), .scale = {with_scale}, .zero_point = {zero}});
  }
  // Quantized as another.
  int same(int as, Shape extents) {
    Tensor tensor = at(as);
    tensor.shape = std::move(extents);
    tensor.data.clear();
    const int t = add(std::move(tensor));
    if (exacts.contains(as)) exacts.insert(t);
    return t;
  }
  int add(Tensor tensor) {
    graph().tensors.push_back(std::move(tensor));
    return static_cast<int>(graph().tensors.size()) - 1;
  }

  int constant(Array array, std::vector<float> scales = {}, std::vector<std::int64_t> zeros = {}, int dimension = 0) {
    Tensor tensor{.type = array.type,
                  .shape = array.shape,
                  .scale = std::move(scales),
                  .zero_point = std::move(zeros),
                  .dimension = dimension};
    tensor.data = encode(array);
    return add(std::move(tensor));
  }
  int integers(const std::vector<int>& numbers, std::optional<Shape> extents = std::nullopt) {
    Array array{int32_, extents.value_or(Shape{static_cast<int>(numbers.size())})};
    for (std::size_t i = 0; i < numbers.size(); ++i) array.code[i] = numbers[i];
    return constant(array);
  }
  // Of a tensor's kind, with random contents.
  int random_constant(Type of, Shape extents) {
    const int t = tensor(of, std::move(extents));
    graph().tensors.back().data = encode(random_array(t));
    exacts.insert(t);
    return t;
  }

  // What an input may hold, if not all of its type: numbers that point to something.
  void bound(int t, std::int64_t least, std::int64_t most) { bounds[t] = {least, most}; }

  Array random_array(int t) {
    Array array{type(t), shape(t)};
    const bool positive = positives.contains(t);
    const double size = random.pick(std::vector<double>{0.1, 1, 1, 3, 3, 8});
    const int manner = random.number(0, 5);
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (is_float(array.type)) {
        double x = random.real(-size, size);
        if (manner == 0) x = random.number(-3, 3);
        array.real[i] = static_cast<double>(static_cast<float>(positive ? std::abs(x) + 0.01 : x));
        continue;
      }
      const auto own = bounds.find(t);
      const auto [least, most] = own != bounds.end() ? own->second : limits(array.type);
      if (own != bounds.end()) {
        array.code[i] = random.between(least, most);
        continue;
      }
      const std::int64_t zero = at(t).zero_point.empty() ? 0 : at(t).zero_point[0];
      array.code[i] = manner == 0 ? random.pick(std::vector<std::int64_t>{least, most, zero}) : random.between(least, most);
      if (positive) array.code[i] = std::max(array.code[i], zero);
    }
    return array;
  }

  // Adds an operator; its results can be read by others.
  void run(Op op, std::vector<int> inputs, std::vector<int> outputs, std::map<std::string, double> number = {},
           std::map<std::string, std::vector<int>> list = {}) {
    for (int output : outputs) alive.push_back(output);
    for (int t : inputs) consumed.insert(t);
    graph().operators.push_back({op, std::move(inputs), std::move(outputs), std::move(number), std::move(list)});
  }
  void keep_exact(int from, int to) {
    if (exacts.contains(from)) exacts.insert(to);
  }
  bool exact(int t) const { return exacts.contains(t); }

  // The outputs: what nobody reads, and now and then what somebody does.
  Model finished() {
    const std::set<int> inputs(graph().inputs.begin(), graph().inputs.end());
    for (int t : alive)
      if (!inputs.contains(t) && (!consumed.contains(t) || random.one_in(6))) graph().outputs.push_back(t);
    return model;
  }

  Shape random_shape(int least_rank, int most_rank) {
    Shape shape(static_cast<std::size_t>(random.number(least_rank, most_rank)));
    int product = 1;
    for (int& extent : shape) {
      extent = random.one_in(4) ? 1 : random.number(1, product > 60 ? 2 : 6);
      product *= extent;
    }
    if (shape.size() > 1 && random.one_in(2)) shape[0] = 1;
    return shape;
  }

  // Mostly those of networks, now and then powers of two, tiny and huge ones.
  float scale() {
    if (dyadic) return static_cast<float>(std::ldexp(1.0, random.number(-9, -1)));
    if (random.one_in(8)) return static_cast<float>(std::ldexp(1.0, random.number(-14, 1)));
    if (random.one_in(16)) return static_cast<float>(std::exp(random.real(std::log(1e-7), std::log(1e3))));
    return static_cast<float>(std::exp(random.real(std::log(0.002), std::log(0.3))));
  }
  // The scale of a result that is to be about `wanted`.
  float scale_near(double wanted) const { return static_cast<float>(dyadic ? std::exp2(std::round(std::log2(wanted))) : wanted); }
  std::int64_t zero_point(Type of) {
    const auto [least, most] = limits(of);
    if (of == int16_) return 0;
    return random.one_in(4) ? least : random.one_in(6) ? most : random.one_in(4) ? 0 : random.between(least, most);
  }

  static std::pair<std::int64_t, std::int64_t> limits(Type of) {
    switch (of) {
      case Type::int8:
        return {-128, 127};
      case Type::uint8:
        return {0, 255};
      case Type::int16:
        return {-32768, 32767};
      case Type::boolean:
        return {0, 1};
      default:
        return {-1000, 1000};
    }
  }

 private:
  bool fits(int t, const Wanted& wanted) const {
    const int r = rank(shape(t));
    return std::find(wanted.types.begin(), wanted.types.end(), type(t)) != wanted.types.end() && wanted.least_rank <= r &&
           r <= wanted.most_rank && count(shape(t)) <= 600 && (!wanted.exact || exacts.contains(t));
  }

  bool reuses;
  std::vector<int> alive;  // inputs and results
  std::set<int> consumed, exacts, positives;
  std::map<int, std::pair<std::int64_t, std::int64_t>> bounds;
};

// What grows a model by one operator, or a pattern of a few.
using Generator = void (*)(Builder&);
struct Named {
  const char* name;
  Generator generate;
};
void add_product_generators(std::vector<Named>& to);
void add_element_generators(std::vector<Named>& to);
void add_movement_generators(std::vector<Named>& to);
void add_state_generators(std::vector<Named>& to);

struct Generated {
  Model model;
  std::vector<std::string> names;         // of its generators
  std::vector<std::vector<Array>> cases;  // inputs
};
// A model and inputs for it; `only`: of generators whose name it is.
Generated generate(std::uint64_t seed, const std::string& only = "");
std::vector<std::string> generator_names();

}  // namespace reference
