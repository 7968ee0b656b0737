// Evaluation: how a network does on labelled samples.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace nn {

// A single output stands for the two classes below and above its threshold.
template <std::size_t Outputs>
struct Evaluation {
  static constexpr std::size_t classes = Outputs == 1 ? 2 : Outputs;

  std::uint32_t samples = 0;
  std::uint32_t right = 0;
  std::uint32_t refused = 0;    // further samples, from which nothing is learnt either
  float loss = 0;      // mean over the samples
  float accuracy = 0;  // right / samples, 0 without samples
  std::array<std::array<std::uint32_t, classes>, classes> confusion{};  // [actual][predicted]
};

}  // namespace nn
