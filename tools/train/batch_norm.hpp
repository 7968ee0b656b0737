// BatchStatistics: a BatchNorm on a whole batch, as it was first meant:
//   y = gamma · z + beta,   z = (x - mean) · s,   s = 1 / √(variance + 2^-10)      of m numbers a channel, count samples of H·W
//   pixels ∂L/∂x = gamma · s · (g - Σ g / m - z · Σ (g · z) / m)     ∂L/∂gamma = Σ g · z     ∂L/∂beta = Σ g
// The running statistics, which inference uses, move as far as by so many samples of a Trainer (nn/layer/batch_norm.hpp), that is
// by 1 - (1 - 2^-Shift)^count of the way, to the mean and to variance · m / (m - 1).
// Ioffe and Szegedy, Batch Normalization (2015), algorithms 1 and 2.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

// Shift of a BatchNorm<Shift>; 0 of any other layer.
template <class Layer>
constexpr int batch_norm_shift = 0;
template <int Shift>
constexpr int batch_norm_shift<nn::BatchNorm<Shift>> = Shift;

// What a batch was normalized with, for each channel.
class BatchStatistics {
 public:
  // A BatchNorm's parameters.
  struct Parts {
    std::span<float> gamma, beta, mean, variance;
  };

  // y = gamma · z + beta, x and y [count][pixels][channels]; moves the running statistics of p.
  template <int Shift>
  void normalize(auto& p, std::span<const float> x, std::span<float> y, std::size_t count) {
    normalize({p.gamma, p.beta, p.mean, p.variance}, Shift, x, y, count);
  }
  void normalize(const Parts& p, int shift, std::span<const float> x, std::span<float> y, std::size_t count);

  // Of the batch normalized last: adds ∂L/∂gamma and ∂L/∂beta to `sum`, and overwrites dx, which may be empty.
  void backward(const auto& p, auto& sum, std::span<const float> x, std::span<const float> g, std::span<float> dx) const {
    backward(p.gamma, sum.gamma, sum.beta, x, g, dx);
  }
  void backward(std::span<const float> gamma, std::span<float> sum_of_gamma, std::span<float> sum_of_beta,
                std::span<const float> x, std::span<const float> g, std::span<float> dx) const;

 private:
  double z(std::span<const float> x, std::size_t i) const {
    const std::size_t k = i % mean.size();
    return (static_cast<double>(x[i]) - mean[k]) * factor[k];
  }

  std::vector<double> mean, factor;  // of each channel; s
};

}  // namespace tools
