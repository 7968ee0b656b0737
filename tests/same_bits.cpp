// Every core computes the same bits: elementary functions and trained parameters against checksums found on the host.
#include <array>
#include <bit>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Functions = nn::Elementary<float>;

// The CRC of f over 4,096 floats of every size and sign that the function takes.
std::uint32_t checksum_of(float (*f)(float), bool positive) {
  nn::Random random{11};
  nn::Crc32 crc;
  for (int i = 0; i < 4096; ++i) {
    // Exponents from -40 to 6, where the functions are neither constant nor infinite; and some from everywhere.
    std::uint32_t word = random.next();
    if (i % 16 != 0) word = (word & 0x807fffffu) | ((87u + random.below(47)) << 23);
    if (positive) word &= 0x7fffffffu;
    const float y = f(std::bit_cast<float>(word));
    const std::uint32_t bits = nn::canonical_bits(y);
    for (int k = 0; k < 4; ++k) crc.add(static_cast<std::uint8_t>(bits >> (8 * k)));
  }
  return crc.value();
}

template <class Optimizer, std::size_t Batch, int Steps, class Last, class Loss>
[[gnu::noinline]] std::uint32_t trained(const Optimizer& optimizer) {
  using Net = nn::Network<float, nn::Input<20>, nn::Dense<12>, nn::Tanh, nn::Dropout<10>, nn::Dense<9>, nn::Relu, nn::Dense<4>, Last>;
  nn::Trainer<Net, Loss, Optimizer, Batch> trainer{optimizer, 5};
  using Sample = typename decltype(trainer)::Sample;
  nn::Random random{3};
  std::array<std::array<float, 20>, Batch> inputs{};
  std::array<std::array<float, 4>, Batch> values{};
  for (int step = 0; step < Steps; ++step) {
    auto samples = [&]<std::size_t... I>(std::index_sequence<I...>) {
      return std::array{[&](std::size_t k) {
        const std::uint32_t label = random.below(4);
        for (std::size_t i = 0; i < 20; ++i) inputs[k][i] = random.uniform() - 0.5f + (i % 4 == label ? 0.3f : 0.0f);
        values[k] = {};
        values[k][label] = 1;
        if constexpr (std::is_same_v<Loss, nn::CrossEntropy>)
          return Sample{inputs[k], label};
        else
          return Sample{inputs[k], values[k]};
      }(I)...};
    }(std::make_index_sequence<Batch>{});
    trainer.step(std::span<const Sample, Batch>{samples});
  }
  expect(nn::is_finite(trainer.parameters));
  return nn::checksum(trainer.parameters);
}

}  // namespace

int main() {
  expect(nn::same_bits());
  expect_equal(checksum_of(Functions::exp, false), 0x40ce9f99u);
  expect_equal(checksum_of(Functions::log, true), 0x72052867u);
  expect_equal(checksum_of(Functions::tanh, false), 0x834c05c7u);
  expect_equal(checksum_of(Functions::sigmoid, false), 0x06c0f651u);
  expect_equal(checksum_of(Functions::softplus, false), 0x508bd77du);
  expect_equal(checksum_of(target::Kernels::sqrt, true), 0x627f2891u);

  expect_equal(trained<nn::Sgd, 1, 1000, nn::Softmax, nn::CrossEntropy>({.rate = 0.05f}), 0x553cfbddu);
  expect_equal(trained<nn::WeightDecay<nn::Sgd>, 1, 100, nn::Softmax, nn::CrossEntropy>({{.rate = 0.05f}, 0.001f}), 0xa117e3e7u);
  expect_equal(trained<nn::Momentum, 4, 50, nn::Sigmoid, nn::BinaryCrossEntropy>({.rate = 0.02f, .nesterov = true}), 0x224c5a1fu);
  expect_equal(trained<nn::Adam, 1, 100, nn::Softplus, nn::MeanSquaredError>({}), 0xb3b1c8acu);
  expect_equal(trained<nn::RmsProp, 3, 50, nn::LeakyRelu<>, nn::SumSquaredError>({}), 0xa91872fcu);
  return expectations_failed();
}
