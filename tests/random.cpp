// The generator and what is drawn from it.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

constexpr std::uint32_t draw(std::uint32_t seed, int count) {
  nn::Random random{seed};
  std::uint32_t last = 0;
  for (int i = 0; i < count; ++i) last = random.next();
  return last;
}
static_assert(draw(0, 1) != draw(1, 1));
static_assert(draw(42, 1000) == 208336898, "the same stream everywhere");

void uniform() {
  nn::Random random{1};
  float sum = 0;
  for (int i = 0; i < 4096; ++i) {
    const float x = random.uniform();
    expect(x >= 0 && x < 1);
    sum += x;
  }
  expect(sum > 0.48f * 4096 && sum < 0.52f * 4096);
}

void below() {
  nn::Random random{1};
  std::array<int, 3> seen{};
  for (int i = 0; i < 3000; ++i) ++seen[random.below(3)];
  for (int count : seen) expect(count > 900 && count < 1100);
  expect(random.below(1) == 0);
}

template <class Initializer>
void within(const Initializer& initializer, float limit) {
  using Net = nn::Network<float, nn::Input<50>, nn::Dense<25>>;
  Net::Parameters parameters{};
  nn::get<0>(parameters).bias[3] = 7;
  nn::Random random{9};
  nn::initialize<Net>(parameters, initializer, random);
  float largest = 0;
  float sum = 0;
  for (const auto& row : nn::get<0>(parameters).weight)
    for (float w : row) {
      largest = w > largest ? w : -w > largest ? -w : largest;
      sum += w;
    }
  expect(largest <= limit && largest > 0.995f * limit);
  expect(sum < 50 * limit && sum > -50 * limit);
  expect(nn::get<0>(parameters).bias[3] == 0);
}

}  // namespace

int main() {
  uniform();
  below();
  within(nn::He{}, 0.34641016f);      // √(6/50)
  within(nn::Glorot{}, 0.28284271f);  // √(6/75)
  within(nn::Uniform{0.25f}, 0.25f);
  return expectations_failed();
}
