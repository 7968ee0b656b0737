// Translation: an ONNX graph on its way into the importer's model. Each operator of ONNX is a file of operators/, which puts
// operators of the importer in its place; shapes are known from here on, and what is known beforehand is a constant.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/import/model.hpp"
#include "tools/import/names.hpp"
#include "tools/onnx/graph.hpp"
#include "tools/onnx/layout.hpp"

namespace tools::onnx {

using importer::Attributes;
using importer::Model;
using importer::Type;

// A value of the graph. ONNX sees `shape` and `type`; its numbers are those of a tensor of the model, which may have another
// shape, and a narrower type: int64 is int32 there, and uint8 with a zero point is int8.
struct Value {
  Shape shape;
  DataType type = DataType::float32;
  Layout layout;
  int tensor = -1;
  bool real = true;  // codes of int8 with a scale, if not: they stand for float32 (a DequantizeLinear was read)

  std::int64_t count() const;
};

struct Settings {
  bool channels_last = false;  // inputs and outputs of the model that are images have their channels last
  bool unoptimized = false;    // int8 as ONNX Runtime computes it with its optimizations off
  bool keeps_normalizations = false;  // a BatchNormalization is not worked into the convolution before it
};

class Translation {
 public:
  Translation(const File& from, const Settings& by);
  Model run();

  const File& file;
  const Settings settings;
  Model model;

  // Values by name; of an initializer, too. There is none before its node was translated.
  const Value* find(const std::string& name);
  void define(const std::string& name, Value value);
  // How often it is read, as an output of the graph too; and by which node, if by one alone. Only by nodes that are of use.
  std::size_t reads(const std::string& name) const;
  std::size_t sole_reader(const std::string& name) const;  // index; none: npos
  std::size_t writer(const std::string& name) const;
  bool is_output(const std::string& name) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  std::string label(std::size_t node) const;  // "node 3 Conv "conv1""
  [[noreturn]] void refuse(const std::string& place, const std::string& wrong, const std::string& expected) const;

  // A new tensor of the model.
  int add_constant(Type type, Shape shape, std::vector<std::uint8_t> bytes, const std::string& name = "");
  int add_computed(Type type, const std::string& name);
  // An operator of the importer, which is checked; returns its outputs. One whose inputs are all known becomes constants.
  std::vector<int> emit(std::size_t node, const std::string& kind, const std::vector<int>& inputs, Attributes attributes,
                        const std::vector<Type>& types, const std::vector<std::optional<importer::Quantization>>& codes = {});
  bool is_constant(int tensor) const { return tensor < 0 || !model.tensor(tensor).data.empty(); }  // one without numbers, too

  // The tensor of the model that holds it in that layout, with that shape. Numbers move only if they must.
  int arranged(std::size_t node, const Value& value, const Layout& layout, const Shape& shape);
  int reshaped(std::size_t node, int tensor, const Shape& shape);

  std::set<std::size_t> done;  // nodes that became part of another
  std::vector<std::string> float_on_desktop;  // labels of layers on codes (between_codes.hpp)

 private:
  void find_useful();
  void add_inputs();
  void add_outputs();
  bool is_image(const std::string& name, std::size_t rank) const;
  void translate(std::size_t node);
  Value finished(std::size_t node, const Value& value);
  void remove_unread();

  std::map<std::string, Value> values;
  std::map<std::string, const TensorData*> initializers;
  std::map<std::string, std::size_t> writers;
  std::map<std::string, std::vector<std::size_t>> readers;
  std::set<std::string> outputs;
  std::vector<bool> used;
  std::map<std::pair<int, std::string>, int> moved;  // what was arranged already
  std::int64_t made_bytes = 0;                       // of constants
};

// Codes, which have a scale inside even where the file states none.
bool needs_scale(Type type);

// A constant of the file as a value: its numbers as the model holds them.
Value constant_value(Translation& whole, const TensorData& data);

}  // namespace tools::onnx
