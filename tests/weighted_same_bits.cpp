// What training on unlike classes and steep losses needs: labels that are not certain, weighted samples, clipped gradients.
// Each against its formula or against what it is without, then the same bits on every core.
#include <array>

#include "expect.hpp"
#include "nn/nn.hpp"
#include "trained.hpp"

namespace {

using nn::CrossEntropy;
using nn::SoftCrossEntropy;

template <class Arithmetic>
using Net = nn::Network<Arithmetic, nn::Input<20>, nn::Dense<12>, nn::Tanh, nn::Dense<4>, nn::Softmax>;
using Small = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
constexpr Small::Parameters start{{{.weight = {{{0.5f, -0.25f}, {1, 2}}}, .bias = {}}}, {}};
constexpr std::array<float, 2> x{1, 2};

constexpr bool near(float a, float b) { return a - b < 1e-5f && b - a < 1e-5f; }

// y = softmax of 0 and 5; L = -Σ t·log y, ∂L/∂z = y - t.
void formulas() {
  nn::Trainer<Small, SoftCrossEntropy> trainer{{.rate = 1}, start};
  std::array<float, 2> smooth{};
  nn::smooth_label(std::span{smooth}, 0, 0.2f);
  expect(near(smooth[0], 0.9f) && near(smooth[1], 0.1f));
  const float y1 = 1 / (1 + 0.00673794700f);  // e^-5
  const float loss = trainer.step(x, smooth);
  expect(near(loss, 0.9f * 5.00671535f + 0.1f * 0.00671535f));
  expect(near(nn::get<0>(trainer.parameters).bias[1], -(y1 - 0.1f)) && near(nn::get<0>(trainer.parameters).bias[0], y1 - 0.1f));

  // Twice the weight: twice the loss and twice the step.
  nn::Trainer<Small, nn::Weighted<CrossEntropy>> once{{.rate = 1}, start}, twice{{.rate = 1}, start};
  const float single = once.step(x, {0, 1.0f}), both = twice.step(x, {0, 2.0f});
  expect(both == 2 * single && nn::get<0>(twice.parameters).bias[1] == 2 * nn::get<0>(once.parameters).bias[1]);
  // Of several samples the weights add to the mean; none at all changes nothing.
  nn::Trainer<Small, nn::Weighted<CrossEntropy>> nothing{{.rate = 1}, start};
  expect(nothing.step(x, {0, 0.0f}) == 0 && nn::checksum(nothing.parameters) == nn::checksum(start));
}

void clipping() {
  // The gradient of the bias is y - t = (-y1, y1), of the weights (y - t)·xᵀ: √(2·y1²·(1 + 1 + 4)) = 3.44 long.
  const auto moved = [](float longest) {
    nn::Trainer<Small, CrossEntropy, nn::ClipNorm<nn::Sgd>, 2> trainer{{{.rate = 1}, longest}, start};
    trainer.accumulate(x, 0);
    trainer.apply(1);
    float squares = 0;
    nn::for_each_row(
        [&](const auto& now, const auto& before) {
          for (std::size_t i = 0; i < now.size(); ++i) squares += (now[i] - before[i]) * (now[i] - before[i]);
        },
        trainer.parameters, start);
    return squares;
  };
  expect(near(moved(0.5f), 0.25f) && near(moved(2), 4) && moved(10) > 11.8f && moved(10) < 11.9f);

  nn::Trainer<Small, CrossEntropy, nn::ClipValue<nn::Sgd>> value{{{.rate = 1}, 1.25f}, start};
  value.step(x, 0);
  const auto& after = nn::get<0>(value.parameters);
  expect(after.weight[0][1] == -0.25f + 1.25f && after.weight[1][1] == 2 - 1.25f && after.bias[1] > -1 && after.bias[1] < -0.99f);
}

// Without effect, each leaves the bits as they are.
template <class Arithmetic>
void nothing_asked_for() {
  using N = Net<Arithmetic>;
  const std::uint32_t plain = trained<N, CrossEntropy, nn::Momentum, 3>({.rate = 0.05f}, 20);
  expect_equal(trained<N, SoftCrossEntropy, nn::Momentum, 3>({.rate = 0.05f}, 20), plain);
  expect_equal(trained<N, CrossEntropy, nn::ClipNorm<nn::ClipValue<nn::Momentum>>, 3>({{{.rate = 0.05f}}}, 20), plain);
}

// Of the same code on every core: on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    nothing_asked_for<float>();
    nothing_asked_for<nn::Fixed16>();
  }
}

}  // namespace

int main() {
  formulas();
  clipping();
  others<BRIEF>();
  expect_equal(trained<Net<float>, SoftCrossEntropy, nn::ClipNorm<nn::Sgd>, 3>({{.rate = 0.5f}, 0.25f}, 50), 0x9eb56cccu);
  expect_equal(trained<Net<float>, CrossEntropy, nn::ClipValue<nn::Adam>>({{}, 0.01f}, 50), 0xee072366u);
  expect_equal(trained<Net<nn::Fixed16>, SoftCrossEntropy, nn::ClipNorm<nn::Momentum>, 3>({{.rate = 0.25f}, 0.25f}, 50),
               0x128ab987u);
  expect_equal(trained<Net<nn::Fixed16>, CrossEntropy, nn::ClipValue<nn::Sgd>>({{.rate = 0.25f}, 0.125f}, 50), 0x64c2b447u);
  return expectations_failed();
}
