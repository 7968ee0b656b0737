// FusedFloat gives the same bits on every core that has it: trained parameters against checksums found on the host. Its gradients
// are those of the loss.
#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

template <class Last>
using Net = nn::Network<nn::FusedFloat, nn::Input<20>, nn::Dense<12>, nn::Tanh, nn::Dropout<10>, nn::Dense<9>, nn::Relu,
                        nn::Dense<4>, Last>;

// Layers that add up products by themselves.
using Image = nn::Network<nn::FusedFloat, nn::Input<5, 4, 1>, nn::Conv2d<8, 3, 3, nn::Same>, nn::Tanh,
                          nn::DepthwiseConv2d<1, 3, 3, nn::Same>, nn::Relu, nn::Flatten, nn::Dense<4>, nn::Softmax>;

// W has every fused sum of a smooth network in it, so that ∂L/∂W is (L(W + h) - L(W - h)) / 2h for each of its numbers.
using Smooth = nn::Network<nn::FusedFloat, nn::Input<4, 3, 1>, nn::Conv2d<3, 2, 2>, nn::Tanh,
                           nn::DepthwiseConv2d<1, 2, 2, nn::Same>, nn::Flatten, nn::Dense<9>, nn::Tanh, nn::Dense<3>>;

float loss_of(const Smooth::Parameters& p, const Smooth::Input& x, const std::array<float, 3>& target) {
  const auto y = Smooth::forward(p, x);
  float loss = 0;
  for (std::size_t o = 0; o < 3; ++o) loss += (y[o] - target[o]) * (y[o] - target[o]);
  return loss / 3;
}

// A step of rate 1 takes the gradient from the parameters.
void gradients() {
  nn::Random random{7};
  Smooth::Input x{};
  for (float& number : x) number = random.uniform() - 0.5f;
  const std::array<float, 3> target{0.5f, -1, 0.25f};
  using Trainer = nn::Trainer<Smooth, nn::MeanSquaredError, nn::Sgd>;
  Trainer trainer{{.rate = 1}, 2};
  Smooth::Parameters before = trainer.parameters;
  trainer.step(x, target);
  std::uint32_t compared = 0;
  nn::for_each_row(
      [&](auto& from, const auto& to) {
        for (std::size_t i = 0; i < from.size(); ++i) {
          constexpr float h = 0x1p-8f;
          const float kept = from[i];
          from[i] = kept + h;
          const float above = loss_of(before, x, target);
          from[i] = kept - h;
          const float below = loss_of(before, x, target);
          from[i] = kept;
          const float wrong = (above - below) / (2 * h) - (kept - to[i]);
          expect(wrong < 2e-4f && wrong > -2e-4f);
          ++compared;
        }
      },
      before, trainer.parameters);
  expect_equal(compared, 12 + 3 + 12 + 3 + 9 * 18 + 9 + 27 + 3);
}

}  // namespace

int main() {
  expect_equal(trained<Net<nn::Softmax>, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 1000), 0x05307f68u);
  expect_equal(trained<Net<nn::Softplus>, nn::MeanSquaredError, nn::Adam>({}, 100), 0x8ca8b05fu);
  expect_equal(trained<Net<nn::Sigmoid>, nn::BinaryCrossEntropy, nn::Momentum, 4>({.rate = 0.02f, .nesterov = true}, 50),
               0xc4898826u);
  expect_equal(trained<Image, nn::CrossEntropy, nn::Sgd>({.rate = 0.05f}, 100), 0x639d7008u);
  gradients();
  return expectations_failed();
}
