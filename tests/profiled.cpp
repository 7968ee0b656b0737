// Layers and operators timed one by one, by a clock that they move themselves: what each takes, and the same outputs.
#include <array>
#include <string_view>

#include "expect.hpp"
#include "nn/graph/graph.hpp"
#include "nn/inference.hpp"
#include "nn/layer/dense.hpp"
#include "nn/layer/relu.hpp"
#include "nn/profiled.hpp"

namespace {

std::uint64_t now = 0;
std::uint64_t clock() { return now += 3; }  // reading it takes some time, too

// A layer that takes so long.
template <std::uint64_t Ticks>
struct Takes {
  static constexpr std::string_view name = "Takes";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto x, auto y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i];
      if (!std::is_constant_evaluated()) now += Ticks;
    }
  };
};
using Net = nn::Network<float, nn::Input<2>, Takes<700>, nn::Dense<3>, Takes<250>>;
constexpr Net::Parameters parameters{{}, {{.weight = {{{2, -1}, {1, 1}, {0, 3}}}, .bias = {10, 0, 1}}}, {}};
constexpr Net::Input input{3, 4};

// A table, as it is written.
std::array<char, 2000> characters;
std::size_t count = 0;
void write(std::string_view text) { count += text.copy(characters.data() + count, characters.size() - count); }
bool written(std::string_view text) {
  const bool equal = std::string_view{characters.data(), count} == text;
  count = 0;
  return equal;
}

void layers() {
  nn::Profiled<Net> net{parameters};
  nn::Inference<Net> plain{parameters};
  expect(net.profile.of_all() == 0);
  for (int run = 0; run < 3; ++run) {
    const auto y = net(input, clock);
    const auto expected = plain(input);
    for (std::size_t o = 0; o < Net::outputs; ++o) expect(y[o] == expected[o]);
  }
  expect(net.profile.of_step(0) == 700 && net.profile.of_step(1) == 0 && net.profile.of_step(2) == 250);
  nn::print_profile(net, "cycles", write);
  expect(written("step  name                    MACs        cycles   share  per MAC\n"
                 "   0  Takes                      0           700    73.7\n"
                 "   1  Dense                      6             0     0.0     0.00\n"
                 "   2  Takes                      0           250    26.3\n"
                 "   all                           6           950   100.0   158.33\n"));
  net.profile.clear();
  expect(net.profile.of_all() == 0);
}

// An operator that takes so long for each number.
struct Slowly {
  static constexpr std::string_view kind = "Slowly";
  std::int32_t count;
  std::uint64_t each;

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::in_place; }
  constexpr std::int64_t products() const { return count; }
  constexpr void members(auto&&) const {}
  template <class Kernels>
  void run(nn::graph::Call, std::int8_t* y, const std::int8_t* x) const {
    for (std::int32_t i = 0; i < count; ++i, now += each) y[i] = static_cast<std::int8_t>(x[i] + 1);
  }
};
constexpr Slowly first{4, 10}, second{4, 30};
using Four = nn::Tensor<std::int8_t, 4>;
using Graph = nn::Graph<nn::Tensors<Four, Four, Four>, nn::Inputs<0>, nn::Outputs<2>, nn::Apply<first, 1, 0>,
                        nn::Apply<second, 2, 1>>;

void operators() {
  nn::Profiled<Graph> net;
  for (int run = 0; run < 2; ++run) {
    net.input()[3] = 5;
    net.run(clock);
    expect(net.output()[3] == 7);
  }
  nn::print_profile(net, "ns", write);
  expect(written("step  name                    MACs            ns   share  per MAC\n"
                 "   0  Slowly                     4            40    25.0    10.00\n"
                 "   1  Slowly                     4           120    75.0    30.00\n"
                 "   all                           8           160   100.0    20.00\n"));
}

}  // namespace

int main() {
  layers();
  operators();
  return expectations_failed();
}
