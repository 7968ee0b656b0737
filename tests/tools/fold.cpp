// What tests/tools/fold.cmake compiles with the headers that it exported: the outputs of the folded networks against those of
// the trained one, and training that goes on from a header.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <type_traits>

#include "folded.hpp"
#include "folded16.hpp"
#include "learn16.hpp"
#include "samples.hpp"
#include "trained.hpp"

namespace {

static_assert(std::is_same_v<trained::Net, norm::Net>);
static_assert(std::is_same_v<folded::Net, norm::Folded>);
static_assert(std::is_same_v<folded16::Net, norm::Folded::As<nn::Fixed16>>);
static_assert(std::is_same_v<learn16::Net, norm::Net::As<nn::Fixed16>>);

template <class Net>
typename Net::Input sample(std::size_t k) {
  typename Net::Input x{};
  trained::normalization.apply(std::span<const std::uint8_t, Net::inputs>{some::inputs.data() + k * Net::inputs, Net::inputs},
                               std::span{x});
  return x;
}

// The largest difference of an output of Net from that of the trained network.
template <class Net>
double difference(const typename Net::Parameters& parameters) {
  nn::Inference<trained::Net> exact{trained::parameters};
  nn::Inference<Net> network{parameters};
  double worst = 0;
  for (std::size_t k = 0; k < some::count; ++k) {
    const auto expected = exact(sample<trained::Net>(k));
    const auto y = network(sample<Net>(k));
    for (std::size_t i = 0; i < y.size(); ++i)
      worst = std::max(worst, std::abs(static_cast<double>(y[i]) - static_cast<double>(expected[i])));
  }
  return worst;
}

// Whether a Trainer that starts from a header's parameters moves the statistics of a BatchNorm and stays as good as it was.
template <class Net>
bool learns_on(const typename Net::Parameters& parameters) {
  nn::Trainer<Net, nn::CrossEntropy> trainer{nn::Sgd{.rate = 0.005f}, parameters};
  double before = 0, after = 0;
  for (int pass = 0; pass < 3; ++pass)
    for (std::size_t k = 0; k < some::count; ++k) {
      const auto loss = static_cast<double>(trainer.step(sample<Net>(k), std::size_t{some::labels[k]}));
      if (pass == 0) before += loss;
      if (pass == 2) after += loss;
    }
  std::printf("training goes on: loss %.4f, then %.4f\n", before / some::count, after / some::count);
  return nn::get<1>(trainer.parameters).mean[0] != nn::get<1>(parameters).mean[0] && after < before;
}

}  // namespace

int main() {
  const double in_float = difference<folded::Net>(folded::parameters);
  const double in_fixed16 = difference<folded16::Net>(folded16::parameters);
  std::printf("largest difference of an output: %.2e in float, %.2e in Fixed16\n", in_float, in_fixed16);
  const bool float_learns = learns_on<trained::Net>(trained::parameters);
  const bool fixed16_learns = learns_on<learn16::Net>(learn16::parameters);
  return in_float < 1e-5 && in_fixed16 < 0.02 && float_learns && fixed16_learns ? 0 : 1;
}
