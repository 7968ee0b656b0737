// learn autoencoder 12-6-12 sgd b1: float fixed16
#include "learn.hpp"

// The network of firmware/anomaly.
int main() {
  using Net = nn::Network<bench::Arithmetic, nn::Input<12>, nn::Dense<6>, nn::Tanh, nn::Dense<12>>;
  return bench::learn<nn::Trainer<Net, nn::MeanSquaredError>, Net::Input>(
      [](const auto& x, std::uint32_t) { return std::span<const typename Net::InputNumber, 12>{x}; });
}
