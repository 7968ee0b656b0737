// BatchStatistics: a BatchNorm on a whole batch, as it was first meant:
//   y = gamma · z + beta,   z = (x - mean) · s,   s = 1 / √(variance + 2^-10)      of m numbers a channel, count samples of H·W
//   pixels ∂L/∂x = gamma · s · (g - Σ g / m - z · Σ (g · z) / m)     ∂L/∂gamma = Σ g · z     ∂L/∂beta = Σ g
// The running statistics, which inference uses, move as far as by so many samples of a Trainer (nn/layer/batch_norm.hpp), that is
// by 1 - (1 - 2^-Shift)^count of the way, to the mean and to variance · m / (m - 1).
// Ioffe and Szegedy, Batch Normalization (2015), algorithms 1 and 2.
#pragma once

#include <cmath>
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
  // y = gamma · z + beta, x and y [count][pixels][channels]; moves the running statistics of p.
  template <int Shift>
  void normalize(auto& p, std::span<const float> x, std::span<float> y, std::size_t count) {
    const std::size_t channels = p.gamma.size();
    const std::size_t m = x.size() / channels;
    std::vector<double> squares(channels);
    mean.assign(channels, 0);
    factor.resize(channels);
    for (std::size_t i = 0; i < x.size(); ++i) mean[i % channels] += static_cast<double>(x[i]);
    for (double& one : mean) one /= static_cast<double>(m);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double d = static_cast<double>(x[i]) - mean[i % channels];
      squares[i % channels] += d * d;
    }
    double kept = 1;
    for (std::size_t k = 0; k < count; ++k) kept *= 1 - 1.0 / (1u << Shift);
    const auto approach = [&](float& running, double now) {
      running = static_cast<float>(now + (static_cast<double>(running) - now) * kept);
    };
    for (std::size_t k = 0; k < channels; ++k) {
      factor[k] = 1 / std::sqrt(squares[k] / static_cast<double>(m) + 0x1p-10);
      approach(p.mean[k], mean[k]);
      approach(p.variance[k], squares[k] / static_cast<double>(m - 1));
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::size_t k = i % channels;
      y[i] = static_cast<float>(z(x, i) * static_cast<double>(p.gamma[k]) + static_cast<double>(p.beta[k]));
    }
  }

  // Of the batch normalized last: adds ∂L/∂gamma and ∂L/∂beta to `sum`, and overwrites dx, which may be empty.
  void backward(const auto& p, auto& sum, std::span<const float> x, std::span<const float> g, std::span<float> dx) const {
    const std::size_t channels = p.gamma.size();
    const double m = static_cast<double>(x.size() / channels);
    std::vector<double> of_gamma(channels), of_beta(channels);
    for (std::size_t i = 0; i < x.size(); ++i) {
      of_gamma[i % channels] += static_cast<double>(g[i]) * z(x, i);
      of_beta[i % channels] += static_cast<double>(g[i]);
    }
    for (std::size_t k = 0; k < channels; ++k) {
      sum.gamma[k] += static_cast<float>(of_gamma[k]);
      sum.beta[k] += static_cast<float>(of_beta[k]);
    }
    for (std::size_t i = 0; i < dx.size(); ++i) {
      const std::size_t k = i % channels;
      dx[i] = static_cast<float>(static_cast<double>(p.gamma[k]) * factor[k] *
                                 (static_cast<double>(g[i]) - of_beta[k] / m - z(x, i) * of_gamma[k] / m));
    }
  }

 private:
  double z(std::span<const float> x, std::size_t i) const {
    const std::size_t k = i % mean.size();
    return (static_cast<double>(x[i]) - mean[k]) * factor[k];
  }

  std::vector<double> mean, factor;  // of each channel; s
};

}  // namespace tools
