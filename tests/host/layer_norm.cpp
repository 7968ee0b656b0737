// LayerNorm in fixed point against double: within a step of the activation.
#include <algorithm>
#include <array>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using namespace nn;

// Steps of the activation's format that fixed point is off, against double.
template <class Arithmetic>
float norm_error(float size) {
  using Exact = Network<double, Input<3, 7>, LayerNorm>;
  using Rounded = Exact::As<Arithmetic>;
  typename Exact::Parameters p{};
  typename Rounded::Parameters q{};
  Random random{3};
  for (std::size_t k = 0; k < 7; ++k) {
    get<0>(q).gamma[k] = number<typename Rounded::Arithmetic::Weight>(1 + random.uniform());
    get<0>(p).gamma[k] = static_cast<double>(get<0>(q).gamma[k]);
  }
  std::array<double, 21> x{};
  std::array<typename Rounded::InputNumber, 21> narrow{};
  for (std::size_t i = 0; i < 21; ++i) {
    narrow[i] = number<typename Rounded::InputNumber>(size * (2 * random.uniform() - 1));
    x[i] = static_cast<double>(narrow[i]);
  }
  const auto exact = Exact::forward(p, x);
  const auto found = Rounded::forward(q, narrow);
  double worst = 0;
  for (std::size_t i = 0; i < 21; ++i) {
    const double error = static_cast<double>(found[i]) - exact[i];
    worst = std::max(worst, error < 0 ? -error : error);
  }
  return static_cast<float>(worst) * static_cast<float>(1 << Rounded::OutputNumber::fraction);
}

}  // namespace

int main() {
  for (const float size : {0.05f, 1.0f, 30.0f}) {
    expect(norm_error<Fixed16>(size) <= 0.51f);
    expect(norm_error<Fixed32>(size) <= 256.0f);
  }
  return expectations_failed();
}
