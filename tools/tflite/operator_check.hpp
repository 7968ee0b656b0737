// What the checks of operators share: an operator with its tensors, and what may be required of them.
#pragma once

#include <algorithm>
#include <initializer_list>

#include "tools/data/failure.hpp"
#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/model.hpp"
#include "tools/tflite/names.hpp"

namespace tools::tflite {

using Shape = std::vector<int>;

inline std::int64_t element_count(const Shape& shape) {
  std::int64_t elements = 1;
  for (int extent : shape) elements *= extent;
  return elements;
}

struct OperatorCheck {
  Model& model;
  std::size_t index;
  Operator& operation = model.operators[index];

  Failure refusal(const std::string& wrong, const std::string& expected) const {
    return failure(model.file + ": " + label(operation, index), wrong, expected);
  }

  const Tensor& tensor(int number) const { return model.tensors[static_cast<std::size_t>(number)]; }
  const Tensor& input(std::size_t i) const { return tensor(operation.inputs[i]); }
  const Tensor& output() const { return tensor(operation.outputs[0]); }
  bool has_input(std::size_t i) const { return i < operation.inputs.size() && operation.inputs[i] >= 0; }
  std::string input_label(std::size_t i) const { return label(model, operation.inputs[i]); }

  // `least` inputs that must be there, up to `most`; one output.
  void require_inputs(std::size_t least, std::size_t most) const {
    const std::size_t count = operation.inputs.size();
    if (count < least || count > most)
      throw refusal(text("has ", count, " inputs"), least == most ? text(least) : text(least, " to ", most));
    for (std::size_t i = 0; i < least; ++i)
      if (!has_input(i)) throw refusal(text("lacks its input ", i), "a tensor");
    if (operation.outputs.size() != 1) throw refusal(text("has ", operation.outputs.size(), " outputs"), "one");
  }

  void require_rank(std::size_t i, std::size_t rank) const {
    if (input(i).shape.size() != rank)
      throw refusal(text(input_label(i), " has the shape ", input(i).shape), text(rank, " dimensions"));
  }

  void require_type(std::size_t i, std::initializer_list<Type> types) const {
    if (std::find(types.begin(), types.end(), input(i).type) != types.end()) return;
    std::string list;
    for (Type type : types) {
      if (!list.empty()) list += " or ";
      list += name(type);
    }
    throw refusal(text(input_label(i), " is ", name(input(i).type)), list);
  }

  void require_one_scale(std::size_t i) const {
    const std::size_t scales = input(i).quantization.scale.size();
    if (scales > 1) throw refusal(text(input_label(i), " has ", scales, " scales"), "one");
  }

  void require_output_type(std::initializer_list<Type> types, std::size_t i = 0) const {
    if (std::find(types.begin(), types.end(), output().type) == types.end())
      throw refusal(text("makes ", name(output().type), " of ", name(input(i).type)), name(*types.begin()));
  }

  void require_output(const Shape& shape) const {
    if (output().shape != shape)
      throw refusal(text("has an output of ", output().shape), text(shape, ", as follows from its inputs and options"));
  }

  // As an extent of the output; one that cannot be is refused by require_output.
  static int extent(std::int64_t value) { return static_cast<int>(std::clamp<std::int64_t>(value, 0, 1 << 30)); }

  // A tensor of whole numbers that the operator needs beforehand.
  std::vector<std::int64_t> constant(std::size_t i) const {
    require_type(i, {Type::int32, Type::int64});
    const Tensor& from = input(i);
    if (from.data.empty()) throw refusal(text(input_label(i), " is computed"), "a constant");
    const std::size_t size = from.type == Type::int32 ? 4 : 8;
    std::vector<std::int64_t> values;
    for (std::size_t at = 0; at < from.data.size(); at += size) {
      const Bytes bytes = Bytes{from.data}.subspan(at, size);
      values.push_back(size == 4 ? little_endian<std::int32_t>(bytes) : little_endian<std::int64_t>(bytes));
    }
    return values;
  }
};

}  // namespace tools::tflite
