// Network: a model brought to the operators of nn/, with the constants that they point to.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "nn/int8/affine.hpp"
#include "tools/import/model.hpp"
#include "tools/import/number_of.hpp"
#include "tools/import/operation.hpp"

namespace tools::importer {

struct Applied {
  Operation operation;
  std::string name;  // of the operator in the file: "conv_2d_3" for the CONV_2D with index 3
  int output;        // tensors
  std::vector<int> inputs;
};

// A tensor of a network, of which no two have the same memory.
struct Place {
  std::int32_t bytes;
  Type type;
  Shape shape;
  std::string text;  // shape, type and quantization, for a comment
  nn::int8::Affine affine{0, 0};        // of int8: what its codes stand for
  std::vector<std::int8_t> constant{};  // its bytes, if they are known beforehand: then it stays in flash
  int whole = -1;                       // of a part: the tensor that it lies in, and its first number there
  std::int32_t begin = 0;
  bool variable = false;                // keeps its numbers from run to run
  Outside outside{};                    // of an input or output
  std::vector<std::int8_t> initial{};   // what a variable begins with, its first bytes; the others with 0

  std::int32_t channels() const { return shape.empty() ? 1 : shape.back(); }  // of a constant: its last dimension
};

struct Network {
  std::vector<Place> tensors;
  std::vector<int> inputs, outputs;
  bool keeps_inputs = false;  // running does not overwrite them
  std::int32_t rows = 0;      // nn::ByRows: so many are made at once; 0: whole maps
  bool pushes_rows = false;   // its input comes row by row
  std::vector<Applied> operators;
  std::vector<std::string> removed;  // what needs no operator
  std::vector<std::string> report;   // what remove_constants did, in sentences

  Place& tensor(int number) { return tensors[static_cast<std::size_t>(number)]; }
  const Place& tensor(int number) const { return tensors[static_cast<std::size_t>(number)]; }

  // Keeps what operators point to, as long as this network or a copy of it lives.
  template <class Number>
  std::vector<Number>& keep(std::vector<Number> values) {
    const auto kept = std::make_shared<std::vector<Number>>(std::move(values));
    constants.push_back(kept);
    return *kept;
  }

 private:
  std::vector<std::shared_ptr<void>> constants;
};

// merged: operators of the model that go together become one of nn/ (dilation.hpp, rings.hpp); apart: each stands for itself,
// which is slower and gives the same numbers.
enum class Manner { merged, apart };

// Throws Failure, naming the operator or tensor, if the model does not hold together or holds something that is not supported.
Network lower(Model model, Manner manner = Manner::merged);

}  // namespace tools::importer
