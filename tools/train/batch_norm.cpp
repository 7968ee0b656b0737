#include "tools/train/batch_norm.hpp"

#include <cmath>

namespace tools {

void BatchStatistics::normalize(const Parts& p, int shift, std::span<const float> x, std::span<float> y, std::size_t count) {
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
  for (std::size_t k = 0; k < count; ++k) kept *= 1 - 1.0 / (1u << shift);
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

void BatchStatistics::backward(std::span<const float> gamma, std::span<float> sum_of_gamma, std::span<float> sum_of_beta,
                               std::span<const float> x, std::span<const float> g, std::span<float> dx) const {
  const std::size_t channels = gamma.size();
  const double m = static_cast<double>(x.size() / channels);
  std::vector<double> of_gamma(channels), of_beta(channels);
  for (std::size_t i = 0; i < x.size(); ++i) {
    of_gamma[i % channels] += static_cast<double>(g[i]) * z(x, i);
    of_beta[i % channels] += static_cast<double>(g[i]);
  }
  for (std::size_t k = 0; k < channels; ++k) {
    sum_of_gamma[k] += static_cast<float>(of_gamma[k]);
    sum_of_beta[k] += static_cast<float>(of_beta[k]);
  }
  for (std::size_t i = 0; i < dx.size(); ++i) {
    const std::size_t k = i % channels;
    dx[i] = static_cast<float>(static_cast<double>(gamma[k]) * factor[k] *
                               (static_cast<double>(g[i]) - of_beta[k] / m - z(x, i) * of_gamma[k] / m));
  }
}

}  // namespace tools
