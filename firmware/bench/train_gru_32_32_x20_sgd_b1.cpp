// train gru 32-32 x20 sgd b1: float fixed16
// A sequence of 20 steps, each with a target for all 32 outputs.
#include "learn.hpp"

using Net = nn::Network<bench::Arithmetic, nn::Input<20, 32>, nn::Gru<32>>;
using Trainer = nn::Trainer<Net, nn::MeanSquaredError>;

int main() {
  return bench::learn<Trainer, Net::Input>([](const auto&, std::uint32_t) -> Trainer::Target {
    static std::array<Trainer::Value, Net::outputs> target{};
    bench::fill(target.data(), target.size());
    return target;
  });
}
