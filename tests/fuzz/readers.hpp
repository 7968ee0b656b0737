// The readers that are fuzzed, and what an input for them is: the number of a reader, a byte of options, and the bytes of a file.
#pragma once

#include <cstdint>
#include <span>

#include "nn/layer/dense.hpp"
#include "nn/layer/relu.hpp"
#include "nn/layer/softmax.hpp"
#include "nn/loss/cross_entropy.hpp"
#include "nn/network.hpp"
#include "nn/optimizer/momentum.hpp"
#include "nn/store/training_image.hpp"
#include "nn/trainer.hpp"

namespace fuzz {

enum class Reader : std::uint8_t {
  csv,
  idx_images,
  idx_labels,
  npy_rows,
  npy_labels,
  picture,
  sound,
  raw_sound,
  weights,
  training,
  safetensors,
  onnx
};
inline constexpr unsigned reader_number = 12;

// The first byte stands for a reader whatever it is. True if the bytes were read, false if they were refused; ends the program
// where what was read is not whole, or the refusal is no sentence.
bool read(std::span<const std::uint8_t> input);

// Whose images are read.
using Net = nn::Network<float, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Momentum>;

struct Learning {
  Trainer trainer{nn::Momentum{.rate = 0.05f}, nn::at_run_time(1)};
  std::uint32_t step = 0;
  static constexpr nn::Normalization<1> normalization{{1}, {0.5f}};
  auto image() { return nn::TrainingImage{trainer, normalization, step}; }
};

}  // namespace fuzz
