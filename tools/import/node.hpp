// Node: one operator of a model with its tensors, and what may be required of them. What is not as required ends in a Failure
// that names file and operator, says what is wrong and what was expected.
#pragma once

#include <cstring>
#include <initializer_list>

#include "tools/data/failure.hpp"
#include "tools/import/model.hpp"
#include "tools/import/names.hpp"

namespace tools::importer {

std::int64_t element_count(const Shape& shape);

template <class Number>
std::vector<Number> numbers(const Tensor& tensor) {
  std::vector<Number> values(tensor.data.size() / sizeof(Number));
  if (!values.empty()) std::memcpy(values.data(), tensor.data.data(), values.size() * sizeof(Number));
  return values;
}

// Of a constant, a bool whatever its byte.
template <class Number>
Number first_number(const Tensor& tensor) {
  if constexpr (std::is_same_v<Number, bool>) return tensor.data[0] != 0;
  Number value;
  std::memcpy(&value, tensor.data.data(), sizeof value);
  return value;
}

// Of int32 or int64.
std::vector<std::int64_t> whole_numbers(const Tensor& tensor);

// Thrown where a scale is needed that this tensor lacks; Node::with_scales makes a Failure of it.
struct Unscaled {
  const Tensor& tensor;
};

enum class Activation { none, relu, relu_n1_to_1, relu6 };

class Node {
 public:
  Node(Model& whole, std::size_t at) : model{whole}, index{at}, op{whole.operators[at]} {}

  Model& model;
  const std::size_t index;
  const Operator& op;

  // Its tensors.
  bool has_input(std::size_t i) const { return i < op.inputs.size() && op.inputs[i] >= 0; }
  const Tensor& input(std::size_t i = 0) const { return model.tensor(op.inputs[i]); }
  const Tensor& output(std::size_t i = 0) const { return model.tensor(op.outputs[i]); }
  std::string input_label(std::size_t i) const { return label(model, op.inputs[i]); }

  // What it is refused with.
  Failure refusal(const std::string& wrong, const std::string& expected) const;
  [[noreturn]] void refuse(const std::string& wrong, const std::string& expected) const { throw refusal(wrong, expected); }
  // Does what may need the scales of its tensors.
  void with_scales(const auto& action) const {
    try {
      action();
    } catch (const Unscaled& found) {
      refuse(text(label(model, static_cast<int>(&found.tensor - model.tensors.data())), " has no scale"),
             "a scale and a zero point");
    }
  }
  // `wrong` and `expected`: text, or functions that make it where that takes more than a word.
  void require(bool good, const auto& wrong, const auto& expected) const {
    if (!good) refuse(said(wrong), said(expected));
  }

  // Its attributes; `otherwise` where there is none.
  std::int64_t whole(std::string_view name, std::int64_t otherwise = 0) const;
  std::int64_t whole(std::string_view name, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
  bool flag(std::string_view name) const { return whole(name) != 0; }
  float real(std::string_view name, float otherwise = 0) const;  // finite
  std::string word(std::string_view name, std::string otherwise) const;
  std::vector<std::int64_t> list(std::string_view name) const;
  Activation activation() const;
  int size(std::string_view name,
           int otherwise = 0) const;  // a stride, a dilation, a filter: at least 1, far from the ends of int
  // An attribute (or another number) that names one of `rank` dimensions, perhaps from behind: 0 to rank - 1.
  std::size_t axis(std::int64_t stated, std::size_t rank) const;

  // `least` inputs that must be there, up to `most`; so many outputs.
  void require_inputs(std::size_t least, std::size_t most, std::size_t outputs = 1) const;
  void require_rank(std::size_t i, std::size_t rank) const;
  void require_type(std::size_t i, std::initializer_list<Type> types) const;
  void require_one_scale(std::size_t i) const;
  void require_constant(std::size_t i, const std::string& what) const;

  // The constant whole numbers of input i, which the operator needs beforehand.
  std::vector<std::int64_t> constant(std::size_t i) const;

  // The output has such a type and shape, or gets them if its file does not say. The first of several types is the one it gets.
  void set_output_type(std::initializer_list<Type> types, std::size_t i = 0) const;
  void set_output(const Shape& shape, std::size_t i = 0) const;

  // As an extent of an output; one that cannot be is refused by set_output.
  static int extent(std::int64_t value);

 private:
  static const std::string& said(const std::string& words) { return words; }
  static std::string said(const char* words) { return words; }
  static std::string said(const auto& make) { return make(); }
};

}  // namespace tools::importer
