// Strided: what operators share that put numbers elsewhere, along loops over the dimensions of their output.
#pragma once

#include "tools/import/lowering.hpp"

namespace tools::importer {

// One dimension of an output: so many times, so many numbers of the input apart.
struct Loop {
  std::int32_t extent;
  std::int32_t step;
};

// Numbers from one index to the next along each dimension.
std::vector<std::int32_t> strides(const Shape& shape);

// Output `to` = input `from`, from number `start` on. Nothing is done for a copy of all.
void apply_strided(Lowering& node, const std::vector<Loop>& loops, std::int32_t start, std::size_t from = 0, std::size_t to = 0);

// What these operators require: one output of the input's type. A quantization of its own is let pass: numbers are taken as they
// are stored.
inline void require_moved(const Node& node, std::size_t inputs) {
  node.require_inputs(inputs, inputs);
  node.set_output_type({node.input().type});
  node.require_one_scale(0);
}

// The numbers of constant input i, one for each dimension of input 0.
std::vector<std::int64_t> one_each(const Node& node, std::size_t i);

}  // namespace tools::importer
