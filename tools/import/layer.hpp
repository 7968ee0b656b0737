// Layer: one layer of an nn::Network as text and numbers, which `import --trainable` makes of a model's operators; and Chain,
// layers one behind the other.
//
// Images are [height][width][channels] in both, weights in the order of nn/layer/; so nothing is moved here.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/shape.hpp"

namespace tools::importer {

// One array of a layer's Parameters: rows of so many columns, or, with 0 columns, one row alone.
struct ParameterArray {
  std::vector<float> numbers;
  std::size_t columns = 0;
};

// How a factor and an offset for each channel of the output can be one with a layer's parameters, of which the second is a bias.
enum class Affine { none, rows, columns, scale };  // the first has a row, a column, or a number for each channel

struct Layer {
  std::string name;     // as its fingerprint has it: "Conv2d"
  std::string options;  // "<8, 3, 3, nn::Same>"
  nn::Shape output;
  std::uint32_t constant = 0;  // what no shape shows
  std::vector<ParameterArray> parameters = {};
  Affine affine = Affine::none;
  std::vector<Layer> inside = {};  // of a layer of layers its branches, each "Branch"; of a branch its layers
  bool reversed = false;           // a recurrent one that runs backwards: half of a Bidirectional
  std::string origin = {};         // the operator that it was: "node 3 Conv"

  std::size_t count() const;  // of parameters
};

struct Chain {
  nn::Shape input;
  std::vector<Layer> layers = {};
  std::string origin = {};  // of the layers that are added next

  nn::Shape output() const { return layers.empty() ? input : layers.back().output; }
  void add(Layer layer);
  // The numbers so far, seen in this shape.
  void see(nn::Shape shape);
  // y = factor · x + offset for each channel: part of the last layer, if that can be, or a layer of its own.
  void scale(const std::vector<float>& factor, const std::vector<float>& offset);

  std::uint64_t fingerprint() const;  // that of nn::Network, or of nn::Branch<> without layers
};

// A layer of chains side by side, whose parameters, fingerprint and order are those of nn::Branches.
Layer branched(std::string name, std::string options, nn::Shape output, std::vector<Chain> branches);

}  // namespace tools::importer
