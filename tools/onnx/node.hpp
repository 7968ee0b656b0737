// Node: one operator of ONNX that is being translated: its inputs and attributes, and what may be required of them.
#pragma once

#include <initializer_list>
#include <limits>

#include "tools/onnx/translation.hpp"

namespace tools::onnx {

class Node {
 public:
  Node(Translation& translation, std::size_t at) : whole_graph{translation}, index{at}, data{translation.file.graph.nodes[at]} {}

  Translation& whole_graph;
  const std::size_t index;
  const NodeData& data;

  [[noreturn]] void refuse(const std::string& wrong, const std::string& expected) const {
    whole_graph.refuse(whole_graph.label(index), wrong, expected);
  }
  void require(bool good, const std::string& wrong, const std::string& expected) const {
    if (!good) refuse(wrong, expected);
  }

  // Of the set of operators that it belongs to.
  std::int64_t opset() const;

  // Inputs.
  bool has(std::size_t i) const { return i < data.inputs.size() && !data.inputs[i].empty(); }
  bool has_output(std::size_t i) const;  // that anybody reads
  void require_inputs(std::size_t least, std::size_t most) const;
  const Value& value(std::size_t i = 0) const;  // as it is
  const Value& input(std::size_t i = 0) const;  // as real numbers, if it is codes that stand for them
  std::string input_name(std::size_t i) const;
  bool is_constant(std::size_t i) const { return has(i) && whole_graph.is_constant(value(i).tensor); }
  void require_constant(std::size_t i) const;
  void require_type(std::size_t i, std::initializer_list<DataType> types) const;
  void require_same_types() const;
  void require_rank(std::size_t i, std::size_t least, std::size_t most) const;
  std::vector<std::int64_t> integers(std::size_t i) const;  // of a constant
  std::vector<float> reals(std::size_t i) const;            // of a constant, in ONNX's order
  float real_input(std::size_t i) const;                    // of one number

  // Attributes. One that no operator asked for is refused when it is done.
  bool has_attribute(const std::string& name) const;
  std::int64_t whole(const std::string& name, std::int64_t otherwise) const;
  std::int64_t whole(const std::string& name, std::int64_t otherwise, std::int64_t least, std::int64_t most) const;
  float real(const std::string& name, float otherwise) const;
  std::string word(const std::string& name, const std::string& otherwise) const;
  std::vector<std::string> words(const std::string& name, std::vector<std::string> otherwise) const;
  std::vector<std::int64_t> list(const std::string& name, std::vector<std::int64_t> otherwise = {}) const;
  const Attribute* attribute(const std::string& name) const;
  void require_known_attributes() const;
  void ignore(std::initializer_list<const char*> names) const {
    for (const char* each : names) asked.insert(each);
  }

  // A dimension, perhaps counted from behind.
  std::size_t axis(std::int64_t stated, std::size_t rank) const;
  std::vector<std::size_t> axes(const std::vector<std::int64_t>& stated, std::size_t rank) const;
  // Axes from an attribute, or from input i (since the set of operators `since`).
  std::vector<std::int64_t> stated_axes(std::size_t i, bool& given) const;

  // The tensor of the model that holds a value with its dimensions in this order; with `shape`, seen as that.
  int in(const Value& value, const Order& order) const;
  int in(const Value& value, const Order& order, const Shape& shape) const;
  // In which order the dimensions of a value lie already, or lie best.
  Order order(const Value& value) const;

  // Operators of the importer.
  int emit(const std::string& kind, const std::vector<int>& inputs, Attributes attributes = {}) const;
  int emit(const std::string& kind, const std::vector<int>& inputs, Attributes attributes, Type type) const;
  int emit_codes(const std::string& kind, const std::vector<int>& inputs, Attributes attributes, Type type,
                 importer::Quantization of) const;
  int constant(const std::vector<std::int64_t>& values) const;  // as int32, of one dimension
  int constant(const std::vector<float>& values, const Shape& shape) const;
  int constant(float value) const { return constant(std::vector<float>{value}, Shape{}); }
  const importer::Tensor& tensor(int number) const { return whole_graph.model.tensor(number); }

  // What the node makes: a value, or a tensor that holds it with its dimensions in this order.
  void define(std::size_t i, const Value& value) const;
  void define(std::size_t i, const Shape& shape, const Order& order, int tensor) const;
  void define_like(const Value& like, int tensor, std::size_t i = 0) const;

  // The next node, if it alone reads output 0, and makes one output of it: its work may be done here. Its name as ONNX has it.
  const NodeData* next() const;
  std::size_t next_index() const;
  // It is done here: define() names its output from now on.
  void absorb();
  const std::string& output_name(std::size_t i) const;

 private:
  mutable std::set<std::string> asked;
  std::size_t last = Translation::npos;  // whose outputs are made here
};

}  // namespace tools::onnx
