// A model that no file format knows: tensors, and operators in the order in which they run. Readers (tools/tflite) fill it with
// what stands in a file, and say nothing about its meaning; check.hpp does, and lowering.hpp brings it to the operators of nn/.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/import/attributes.hpp"

namespace tools::importer {

enum class Type { float32, float16, int8, int16, int32, int64, uint8, boolean, int4, unknown, other };  // other: none of these

// What a reader met that cannot be imported, of a tensor or operator that may well be of no use.
struct Obstacle {
  std::string wrong, expected;
};

// real = scale · (stored - zero_point): one scale for all, or one for each index of shape[dimension].
struct Quantization {
  std::vector<float> scale;              // empty: none
  std::vector<std::int64_t> zero_point;  // as many as scales
  int dimension = 0;                     // means nothing with one scale

  friend bool operator==(const Quantization&, const Quantization&) = default;
};

using Shape = std::vector<int>;  // empty: a scalar

// How a file of cases holds an input or output, where it does so in another way than the model.
struct Outside {
  bool wide = false;       // numbers of 64 bits that are 32 here
  Shape shape;             // its dimensions there, and which of them each of the model's is; empty: as here
  std::vector<int> order;
  bool operator==(const Outside&) const = default;
};

struct Tensor {
  std::string name;  // any bytes
  Type type = Type::other;
  Shape shape;
  Quantization quantization;
  std::vector<std::uint8_t> data;  // little-endian, int4 two in a byte with the first one low; empty: computed at run time
  bool variable = false;  // keeps its value from run to run; `data` is what it begins with, or it begins at its zero point
  bool shaped = true;              // else shape and type follow from the operator that writes it
  std::optional<Obstacle> obstacle = {};
  Outside outside = {};
};

struct Operator {
  std::string kind;          // which of operators/: "conv_2d"
  std::string name;          // as the format has it, for sentences: "CONV_2D"
  std::vector<int> inputs;   // tensors; -1: an optional input that is absent
  std::vector<int> outputs;  // tensors
  Attributes attributes = {};
  std::optional<Obstacle> obstacle = {};
  std::string place = {};    // what sentences call it: "node 3 Conv"; empty: "operator 3 CONV_2D"
};

// How int8 is rounded (nn/int8/rounding.hpp).
enum class Rounding { reference, float32 };

struct Model {
  std::string file;
  std::vector<Tensor> tensors;
  std::vector<Operator> operators;
  std::vector<int> inputs, outputs;  // tensors
  Rounding rounding = Rounding::reference;
  std::vector<std::string> notes = {};  // what its header and whoever imports it should know, in sentences

  Tensor& tensor(int number) { return tensors[static_cast<std::size_t>(number)]; }
  const Tensor& tensor(int number) const { return tensors[static_cast<std::size_t>(number)]; }
};

}  // namespace tools::importer
