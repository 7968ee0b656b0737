// Every core computes the same bits: elementary functions and trained parameters against checksums found on the host.
#include <bit>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

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

template <class Last>
using Net =
    nn::Network<float, nn::Input<20>, nn::Dense<12>, nn::Tanh, nn::Dropout<10>, nn::Dense<9>, nn::Relu, nn::Dense<4>, Last>;

// Networks that run no other kernels than those of main(): on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    expect_equal(trained<Net<nn::Softmax>, nn::CrossEntropy, nn::WeightDecay<nn::Sgd>>({{.rate = 0.05f}, 0.001f}, 100),
                 0xa117e3e7u);
    expect_equal(trained<Net<nn::LeakyRelu<>>, nn::SumSquaredError, nn::RmsProp, 3>({}, 50), 0xa91872fcu);
  }
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

  expect_equal(trained<Net<nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 1000), 0x553cfbddu);
  expect_equal(trained<Net<nn::Sigmoid>, nn::BinaryCrossEntropy, nn::Momentum, 4>({.rate = 0.02f, .nesterov = true}, 50),
               0x224c5a1fu);
  expect_equal(trained<Net<nn::Softplus>, nn::MeanSquaredError, nn::Adam>({}, 100), 0xb3b1c8acu);
  others<BRIEF>();
  return expectations_failed();
}
