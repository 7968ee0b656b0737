// Conversion of parameters from one arithmetic to another: exact where it can be, to the nearest elsewhere, with a count
// of what saturates; and inference that is watched.
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Net = nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Relu, nn::Dense<1>>;
using Whole = Net::As<nn::Fixed16>;  // weights in steps of 2^-13, range [-4, 4)
using Small = Net::As<nn::Fixed8>;   // 2^-6, [-2, 2)

template <int Weight>
using Format = nn::FixedPoint<nn::Format{.weight = Weight}>;
using Mixed =
    nn::Network<nn::Fixed16, nn::Input<3>, nn::With<Format<15>, nn::Dense<2>>, nn::Relu, nn::With<Format<4>, nn::Dense<1>>>;

static_assert(nn::same_topology<Net, Mixed> && nn::same_topology<Net, Net::As<double>>);
static_assert(!nn::same_topology<Net, nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Tanh, nn::Dense<1>>>);
static_assert(!nn::same_topology<Net, nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Relu, nn::Dense<1>>>);
static_assert(!nn::same_topology<Net, nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Relu, nn::Dense<1>, nn::Relu>>);

// What fits the format of its target to the nearest, halves upwards.
static_assert(nn::fits<nn::Fixed<8, 6>>(127.49f / 64) && !nn::fits<nn::Fixed<8, 6>>(127.5f / 64));
static_assert(nn::fits<nn::Fixed<8, 6>>(-128.5f / 64) && !nn::fits<nn::Fixed<8, 6>>(-128.51f / 64));
static_assert(nn::fits<nn::Fixed<32, 24>>(127.99999f) && !nn::fits<nn::Fixed<32, 24>>(128.0f) &&
              nn::fits<nn::Fixed<32, 24>>(-128.0f));

constexpr Net::Parameters trained{
    {{.weight = {{{{0.5f, -1, 1.25f}}, {{3.75f, -2, 0.3f}}}}, .bias = {{0.25f, -100}}}},
    {},
    {{.weight = {{{{-0.25f, 7}}}}, .bias = {{0}}}},
};

template <class From, class To>
struct Converted {
  typename To::Parameters parameters{};
  nn::Changes<To::layers> changes;
  constexpr explicit Converted(const typename From::Parameters& from) { changes = nn::convert<From, To>(from, parameters); }
};

// 7 lies beyond [-4, 4); 0.3 lies between two steps of 2^-13.
constexpr Converted<Net, Whole> whole{trained};
static_assert(nn::get<0>(whole.parameters).weight[0][2].raw == 10240 && nn::get<0>(whole.parameters).weight[1][1].raw == -16384);
static_assert(nn::get<0>(whole.parameters).weight[1][2].raw == 2458);
static_assert(nn::get<0>(whole.parameters).bias[1].raw == -100 * (1 << 23));
static_assert(nn::get<2>(whole.parameters).weight[0][1].raw == 32767);
static_assert(whole.changes.layers[0].saturated == 0 && whole.changes.layers[1].saturated == 0 &&
              whole.changes.layers[2].saturated == 1);
static_assert(whole.changes.total.saturated == 1);
static_assert(whole.changes.layers[0].largest_error == 2458 / 8192.0f - 0.3f);
static_assert(whole.changes.layers[0].steps == 8192 * (2458 / 8192.0f - 0.3f));
static_assert(whole.changes.layers[2].largest_error == 0, "what saturates is counted and not measured");

// 3.75 and 7 lie beyond [-2, 2), -2 does not.
constexpr Converted<Net, Small> small{trained};
static_assert(small.changes.total.saturated == 2);
static_assert(nn::get<0>(small.parameters).weight[1][0].raw == 127 && nn::get<0>(small.parameters).weight[1][1].raw == -128);

// A format for each layer: [-1, 1), where 1.25, 3.75 and -2 saturate and -1 does not, then [-2048, 2048).
constexpr Converted<Net, Mixed> mixed{trained};
static_assert(mixed.changes.layers[0].saturated == 3 && mixed.changes.layers[2].saturated == 0);
static_assert(nn::get<0>(mixed.parameters).weight[0][1].raw == -32768 && nn::get<2>(mixed.parameters).weight[0][1].raw == 7 * 16);

// Back, each number is where it was; and so in a wider format.
constexpr Converted<Whole, Net> back{whole.parameters};
static_assert(back.changes.total.largest_error == 0 && back.changes.total.saturated == 0);
static_assert(nn::get<0>(back.parameters).weight[0] == std::array{0.5f, -1.0f, 1.25f});
constexpr Converted<Whole, Net::As<nn::Fixed32>> wide{whole.parameters};
static_assert(wide.changes.total.largest_error == 0 && nn::get<0>(wide.parameters).weight[0][0].raw == 1 << 23);
constexpr Converted<Net::As<nn::Fixed32>, Small> narrow{wide.parameters};
static_assert(narrow.changes.total.saturated == 2 && nn::get<0>(narrow.parameters).weight[1][2].raw == 19);
static_assert(narrow.changes.layers[0].largest_error == 2458 / 8192.0f - 19 / 64.0f);

// At run time, of random weights: never more than half a step away, and the same bits as by the compiler.
void many() {
  using Large = nn::Network<float, nn::Input<40>, nn::Dense<30>>;
  Large::Parameters from{};
  nn::Random random{1};
  nn::initialize<Large>(from, nn::Uniform{4}, random);
  nn::get<0>(from).weight[3][4] = -1e30f;
  nn::get<0>(from).weight[3][5] = std::numeric_limits<float>::infinity();
  Large::As<nn::Fixed16>::Parameters to{};
  const auto changes = nn::convert<Large, Large::As<nn::Fixed16>>(from, to);
  expect(changes.total.saturated == 2);
  expect(nn::get<0>(to).weight[3][4].raw == -32768 && nn::get<0>(to).weight[3][5].raw == 32767);
  expect(changes.total.steps <= 0.5f && changes.total.steps > 0.49f);
  expect(changes.total.largest_error == changes.total.steps / 8192);

  static Net::Parameters again;
  again = trained;
  Whole::Parameters converted{};
  nn::convert<Net, Whole>(again, converted);
  expect(nn::checksum(converted) == nn::checksum(whole.parameters));
}

// y = 0.5·8 + 1 - 1.25·30 in the first output, 3.75·8 - 2·1 … - 100 in the second: the largest magnitude is noted, and what
// lies beyond ±32 is counted.
void watched() {
  using Noted = Net::As<nn::Watched<nn::Fixed16>>;
  static Noted::Parameters parameters;
  nn::convert<Net, Noted>(trained, parameters);
  nn::Inference<Noted> inference{parameters};
  const std::array<Noted::InputNumber, 3> x{
      {nn::number<Noted::InputNumber>(8.0f), nn::number<Noted::InputNumber>(-1.0f), nn::number<Noted::InputNumber>(0.0f)}};
  inference(x);
  expect(inference.ranges[0].activation.saturated == 1 && inference.ranges[0].activation.largest == 68);
  expect(inference.ranges[1].activation.saturated == 0 && inference.ranges[1].activation.largest == 5.25f);
  const auto y = Whole::forward(whole.parameters, x);
  expect(inference(x)[0] == y[0] && inference.ranges[0].activation.saturated == 2);
}

}  // namespace

int main() {
  many();
  watched();
  return expectations_failed();
}
