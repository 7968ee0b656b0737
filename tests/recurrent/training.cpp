// Training a recurrent layer and a Dense one against PyTorch's run of the same, 60 steps of plain SGD: losses within 1e-4 in
// float and 1e-9 in double, final parameters within 1e-3 and 1e-9.
//   recurrent_training FOLDER     with elman_tanh, gru and lstm
//
// PyTorch has two biases where we have their sum, and each learns, so that the sum learns twice as fast: here it is moved once
// more.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "expect.hpp"
#include "files.hpp"
#include "nn/nn.hpp"

namespace {

constexpr std::size_t steps = 12;
constexpr std::size_t features = 2;
constexpr std::size_t hidden = 6;

// Plain SGD of rate 0.1, which no float is.
struct Tenth {
  [[maybe_unused]] static constexpr std::string_view name = "Tenth";
  static constexpr std::size_t copies = 0;
  constexpr void begin_step() {}
  constexpr bool sound() const { return true; }
  template <class A, class Kernels>
  constexpr auto step(auto, auto g) const {
    return static_cast<decltype(g)>(0.1) * g;
  }
};

void fill(auto& to, const std::vector<double>& from) {
  std::size_t next = 0;
  nn::for_each_row(
      [&](auto& row) {
        for (auto& w : row) w = static_cast<std::remove_reference_t<decltype(w)>>(from[next++]);
      },
      to);
}

void compare(const Case& from, const char* name, const auto& found, const std::vector<double>& expected, double bound) {
  double worst = 0;
  std::size_t next = 0;
  nn::for_each_row(
      [&](const auto& row) {
        for (const auto w : row) worst = std::max(worst, std::abs(static_cast<double>(w) - expected[next++]));
      },
      found);
  if (worst <= bound) return;
  std::printf("%s: %s differs by %.2g\n", from.folder.c_str(), name, worst);
  ++failures;
}

// How many of the biases are sums of two.
template <class Parameters>
constexpr std::size_t joint(const Parameters& p) {
  if constexpr (requires { p.recurrent_bias; }) return 2 * hidden;
  else return p.bias.size();
}

template <class Number, class Layer>
void check(const Case& from, double loss_bound, double bound) {
  using Net = nn::Network<Number, nn::Input<steps, features>, Layer, nn::Dense<3>, nn::Softmax>;
  const auto load = [&](const std::string& when) {
    typename Net::Parameters p{};
    auto& cell = nn::get<0>(p);
    fill(cell.weight, from.read(when + "weight_ih"));
    fill(cell.recurrent, from.read(when + "weight_hh"));
    const auto bias = from.read(when + "bias_ih"), other = from.read(when + "bias_hh");
    for (std::size_t o = 0; o < cell.bias.size(); ++o)
      cell.bias[o] = static_cast<Number>(bias[o] + (o < joint(cell) ? other[o] : 0));
    if constexpr (requires { cell.recurrent_bias; })
      for (std::size_t i = 0; i < hidden; ++i) cell.recurrent_bias[i] = static_cast<Number>(other[2 * hidden + i]);
    fill(nn::get<1>(p).weight, from.read(when + "fc_weight"));
    fill(nn::get<1>(p).bias, from.read(when + "fc_bias"));
    return p;
  };
  nn::Trainer<Net, nn::CrossEntropy, Tenth> trainer{Tenth{}, load("initial_")};
  const auto x = from.read("x"), losses = from.read("loss");
  const auto labels = from.read<std::int32_t>("label");
  double worst = 0;
  for (std::size_t step = 0; step < losses.size(); ++step) {
    const std::size_t sequence = step % labels.size();
    std::array<Number, steps * features> in;
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(sequence * in.size()), in.size(), in.begin());
    const auto before = nn::get<0>(trainer.parameters).bias;
    worst = std::max(worst,
                     std::abs(static_cast<double>(trainer.step(in, static_cast<std::size_t>(labels[sequence]))) - losses[step]));
    auto& cell = nn::get<0>(trainer.parameters);
    for (std::size_t o = 0; o < joint(cell); ++o) cell.bias[o] += cell.bias[o] - before[o];
  }
  std::printf("%-12s %s: losses differ by at most %.1e\n", from.folder.filename().c_str(),
              sizeof(Number) == 4 ? "float " : "double", worst);
  expect(losses.size() == 60);
  expect(worst <= loss_bound);
  const auto expected = load("final_");
  const auto& p = nn::get<0>(trainer.parameters);
  compare(from, "weight", p.weight, from.read("final_weight_ih"), bound);
  compare(from, "recurrent", p.recurrent, from.read("final_weight_hh"), bound);
  compare(from, "bias", p.bias, {nn::get<0>(expected).bias.begin(), nn::get<0>(expected).bias.end()}, bound);
  compare(from, "fc_weight", nn::get<1>(trainer.parameters).weight, from.read("final_fc_weight"), bound);
  compare(from, "fc_bias", nn::get<1>(trainer.parameters).bias, from.read("final_fc_bias"), bound);
}

template <class Layer>
void check_both(const Case& from) {
  check<double, Layer>(from, 1e-9, 1e-9);
  check<float, Layer>(from, 1e-4, 1e-3);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 1;
  const std::filesystem::path folder = arguments[1];
  check_both<nn::Rnn<hidden, nn::LastStep>>(Case{folder / "elman_tanh"});
  check_both<nn::Gru<hidden, nn::LastStep>>(Case{folder / "gru"});
  check_both<nn::Lstm<hidden, nn::LastStep>>(Case{folder / "lstm"});
  return expectations_failed();
}
