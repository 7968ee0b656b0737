// Each optimizer against its formula by hand, and the schedules.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using K = target::Kernels;

// One step of one weight.
constexpr void update(const auto& optimizer, float& w, float g, auto&... kept) {
  w = w - optimizer.template step<nn::Real<float>, K>(w, g, kept...);
}

constexpr bool near(float a, float b) { return a - b < 1e-6f && b - a < 1e-6f; }

static_assert([] {
  float w = 1;
  update(nn::Sgd{.rate = 0.5f}, w, 0.25f);
  return w;
}() == 0.875f, "w - rate·g");

static_assert([] {
  float w = 1;
  update(nn::WeightDecay<nn::Sgd>{{.rate = 0.5f}, 0.5f}, w, 0.25f);
  return w;
}() == 0.625f, "w - rate·(g + decay·w)");

static_assert([] {
  float w = 1, v = 0.5f;
  update(nn::Momentum{.rate = 0.5f, .momentum = 0.5f}, w, 1.0f, v);
  return v == -0.25f && w == 0.75f;
}(), "v = momentum·v - rate·g, w + v");

static_assert([] {
  float w = 1, v = 0.5f;
  update(nn::Momentum{.rate = 0.5f, .momentum = 0.5f, .nesterov = true}, w, 1.0f, v);
  return v == -0.25f && w == 1 - 0.125f - 0.5f;
}(), "w + momentum·v - rate·g with the new v");

static_assert([] {
  float w = 1, m = 0;
  update(nn::RmsProp{.rate = 0.1f, .smoothing = 0.75f, .epsilon = 0}, w, 2.0f, m);
  return m == 1 && near(w, 0.8f);
}(), "m = 0.25·4, w - 0.1·2/1");

// The first step of Adam is rate·sign(g), whatever the size of g.
constexpr float adam_step(float g) {
  nn::Adam adam{.rate = 0.1f};
  float w = 1, m = 0, v = 0;
  adam.begin_step();
  update(adam, w, g, m, v);
  return w;
}
static_assert(near(adam_step(3), 0.9f), "the first step is rate");
static_assert(near(adam_step(-1), 1.1f), "the first step is rate, with the sign of the gradient");

// What fades is set to 0 before it becomes denormal.
static_assert([] {
  float w = 1, v = 1e-29f;
  nn::Momentum momentum{.momentum = 0.01f};
  update(momentum, w, 0.0f, v);
  return v;
}() == 0, "a momentum below 2^-100 is 0");

static_assert(nn::Constant{0.5f}(77) == 0.5f, "constant");
static_assert(nn::Step{1.0f, 10, 0.5f}(9) == 1.0f, "before the first step");
static_assert(nn::Step{1.0f, 10, 0.5f}(30) == 0.125f, "after three steps");
static_assert(nn::Cosine{1.0f, 100}(0) == 1.0f, "the cosine starts at the rate");
static_assert(near(nn::Cosine{1.0f, 100}(50), 0.5f), "is half way down in the middle");
static_assert(near(nn::Cosine{1.0f, 100, 0.25f}(100), 0.25f), "and ends at the final rate");
static_assert(near(nn::Cosine{1.0f, 3}(1), 0.75f), "cos 60° = 1/2");

static_assert(nn::Warmup<nn::Constant>{{1}, 4}(0) == 0.25f && nn::Warmup<nn::Constant>{{1}, 4}(3) == 1,
              "a warm-up rises to the rate");
static_assert(nn::Warmup<nn::Step>{{1, 10, 0.5f}, 4}(13) == 1 && nn::Warmup<nn::Step>{{1, 10, 0.5f}, 4}(14) == 0.5f,
              "and the schedule begins behind it");

static_assert(
    [] {
      nn::Plateau plateau{.rate = 1, .patience = 2, .factor = 0.5f, .final_rate = 0.3f};
      const bool falls = plateau.stalls(3) || plateau.stalls(2) || plateau.stalls(2);
      return !falls && plateau.rate == 1 && plateau.stalls(2.5f) && plateau.rate == 0.5f && !plateau.stalls(1) &&
             !plateau.stalls(1) && plateau.stalls(4) && plateau.rate == 0.3f;
    }(),
    "a rate falls after two losses without a better one, to the final rate");

// Targets there and back.
constexpr nn::Normalization<2> targets{{10, -1}, {0.5f, 4}};
constexpr std::array<float, 2> raw{14, -0.5f};
static_assert(nn::normalized(targets, std::span{raw}) == std::array<float, 2>{2, 2});
constexpr std::array<float, 2> learnt = nn::normalized(targets, std::span{raw});
static_assert(nn::denormalized(targets, std::span{learnt}) == raw);
constexpr std::array<nn::Fixed<16, 10>, 1> half{{{512}}};
static_assert(nn::denormalized(nn::Normalization<1>{{1}, {0.25f}}, std::span{half})[0] == 3);

}  // namespace

int main() { return 0; }
