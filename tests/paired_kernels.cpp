// Networks of Fixed8 whose parameters the compiler lays out for the core: raw sums against the portable kernels', and codes
// against those of the same network as it stands, at odd sizes and addresses, with sums that saturate, and with weights that
// cannot be laid out.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

nn::Random stream{1};
int laid_out = 0;

// What the compiler makes of weights: anything but the lowest; the limits, with which it can just do; or the lowest, with which
// it cannot.
enum class Values { random, limits, lowest };

template <class Net, Values Kind>
constexpr typename Net::Parameters made = [] {
  typename Net::Parameters p{};
  nn::Random random{static_cast<std::uint32_t>(Net::outputs + 100 * Net::inputs)};
  std::uint32_t number = 0;
  nn::for_each_row([&](auto& row) {
    for (auto& x : row) {
      using Number = std::remove_reference_t<decltype(x)>;
      x.raw = static_cast<typename Number::Raw>(static_cast<std::int32_t>(random.next()) >> (32 - Number::bits));
      if (Number::bits == 32) x.raw = static_cast<typename Number::Raw>(x.raw / (Kind == Values::random ? 1 << 14 : 4));
      if (Number::bits == 8 && Kind == Values::random && x == Number::lowest()) x = {};
      if (Number::bits == 8 && Kind == Values::limits)
        x = number % 2 == 1 ? Number{static_cast<typename Number::Raw>(random.below(2) == 0 ? -127 : 127)} : Number::lowest();
      if (Number::bits == 8 && Kind == Values::lowest) x = Number::lowest();
    }
    ++number;
  }, p);
  return p;
}();

template <std::size_t Outputs, std::size_t Inputs>
using One = nn::Network<nn::Fixed8, nn::Input<Inputs>, nn::Dense<Outputs>>;

template <class Net>
constexpr bool stays = std::is_same_v<typename nn::LaidOut<Net, made<Net, Values::random>>::Parameters, typename Net::Parameters>;
constexpr bool core_lays_out = !stays<One<8, 8>>;

template <class Number, std::size_t Count>
void fill(std::array<Number, Count>& x) {
  const std::uint32_t kind = stream.below(4);
  for (Number& number : x) {
    number.raw = static_cast<typename Number::Raw>(stream.next());
    if (kind == 1) number = Number::lowest();
    if (kind == 2) number = Number::highest();
  }
}

template <std::size_t Count>
struct Sums {
  std::array<std::int64_t, Count> raw{};
  std::size_t stored = 0;
  auto store() {
    return [this](std::size_t o, auto sum) {
      expect(o == stored++);
      raw[o] = sum.raw;
    };
  }
  bool operator==(const Sums&) const = default;
};

// One layer, of the vector at any address.
template <class Net, Values Kind>
[[gnu::noinline]] void layer() {
  using Quick = nn::LaidOut<Net, made<Net, Kind>>;
  if constexpr (!std::is_same_v<typename Quick::Parameters, typename Net::Parameters>) {
    ++laid_out;
    std::array<typename Net::InputNumber, Net::inputs + 3> place;
    for (std::size_t turn = 0; turn < 12; ++turn) {
      fill(place);
      const std::span<const typename Net::InputNumber, Net::inputs> x{place.data() + turn % 4, Net::inputs};
      Sums<Net::outputs> portable, fast;
      const auto& plain = get<0>(made<Net, Kind>);
      nn::Portable::affine(plain.weight, plain.bias, x, portable.store());
      target::Kernels::affine(get<0>(Quick::parameters), x, fast.store());
      expect(portable == fast && fast.stored == Net::outputs);
    }
  }
}

// Whole networks.
template <class Net, Values Kind>
[[gnu::noinline]] void network() {
  using Quick = nn::LaidOut<Net, made<Net, Kind>>;
  nn::Inference<Net> usual{nn::at_run_time(made<Net, Kind>)};
  nn::Inference<Quick> quick{nn::at_run_time(Quick::parameters)};
  nn::Profiled<Quick> profiled{nn::at_run_time(Quick::parameters)};
  typename Net::Input x;
  for (int turn = 0; turn < 6; ++turn) {
    fill(x);
    const auto y = usual(x);
    const auto same = quick(x);
    const auto timed = profiled(x, [] { return std::uint64_t{0}; });
    for (std::size_t o = 0; o < Net::outputs; ++o) expect(y[o] == same[o] && y[o] == timed[o]);
  }
}

// Those that run frame by frame or row by row.
template <class Net, class Plain, class Quick>
[[gnu::noinline]] void same(Plain& plain, Quick& quick) {
  for (int turn = 0; turn < 40; ++turn) {
    std::array<typename Net::InputNumber, Plain::inputs> x;
    fill(x);
    const auto y = plain(x);
    const auto same = quick(x);
    for (std::size_t o = 0; o < Net::outputs; ++o) expect(y[o] == same[o]);
  }
}
template <class Net, std::size_t Hop>
void streamed() {
  using Quick = nn::LaidOut<Net, made<Net, Values::random>>;
  nn::Streaming<Net, Hop> plain{nn::at_run_time(made<Net, Values::random>)};
  nn::Streaming<Quick, Hop> quick{nn::at_run_time(Quick::parameters)};
  same<Net>(plain, quick);
}
template <class Net>
void by_rows() {
  using Quick = nn::LaidOut<Net, made<Net, Values::random>>;
  nn::ByRows<Net> plain{nn::at_run_time(made<Net, Values::random>)};
  nn::ByRows<Quick> quick{nn::at_run_time(Quick::parameters)};
  same<Net>(plain, quick);
}

constexpr std::array<std::size_t, 11> sizes{1, 2, 3, 7, 13, 15, 16, 17, 33, 40, 64};
template <Values Kind, std::size_t Shift, std::size_t... K>
void each_size(std::index_sequence<K...>) {
  if constexpr (core_lays_out) (layer<One<sizes[K], sizes[(K + Shift) % sizes.size()]>, Kind>(), ...);
}

template <class Net>
void of_all_values() {
  network<Net, Values::random>();
  if constexpr (core_lays_out) {
    network<Net, Values::limits>();
    network<Net, Values::lowest>();
  }
}

using Fine = nn::FixedPoint<nn::Format{.bits = 8, .weight = 7, .activation = 4, .input = 7}>;

// Of numbers that are not 8-bit, and where ranges are watched, everything stays as it is.
static_assert(stays<nn::Network<nn::Fixed16, nn::Input<8>, nn::Dense<8>>>);
static_assert(stays<nn::Network<nn::Watched<nn::Fixed8>, nn::Input<8>, nn::Dense<8>>>);
static_assert(std::is_same_v<nn::LaidOut<One<8, 8>, made<One<8, 8>, Values::lowest>>::Parameters, One<8, 8>::Parameters>);

}  // namespace

int main() {
  network<One<1, 2>, Values::random>();
  network<One<17, 33>, Values::random>();
  network<One<40, 13>, Values::random>();
  each_size<Values::random, 1>(std::make_index_sequence<sizes.size()>{});
  each_size<Values::limits, 4>(std::make_index_sequence<sizes.size()>{});
  of_all_values<nn::Network<nn::Fixed8, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>>();
  of_all_values<nn::Network<Fine, nn::Input<6, 6, 1>, nn::Conv2d<3, 3, 3>, nn::Relu, nn::Dense<9>, nn::Tanh, nn::Dense<1>>>();
  network<nn::Network<nn::Fixed8, nn::Input<13>, nn::With<Fine, nn::Dense<7>>, nn::Relu, nn::Residual<nn::Dense<7>>,
                      nn::Dense<5>>,
          Values::random>();
  network<nn::Network<nn::Fixed8Stochastic, nn::Input<7>, nn::Dense<13>, nn::Relu, nn::Dense<3>, nn::Softmax>, Values::random>();
  network<nn::Network<nn::Fixed8, nn::Input<5, 7>, nn::BatchNorm<>, nn::Gru<3, nn::LastStep>,
                      nn::Concat<nn::Branch<nn::Dense<5>, nn::Relu>, nn::Branch<>>, nn::Dense<3>>,
          Values::random>();
  network<nn::Network<nn::Fixed8, nn::Input<4, 4, 3>, nn::Conv2d<2, 3, 3>, nn::Relu, nn::GlobalAvgPool>, Values::random>();
  streamed<nn::Network<nn::Fixed8, nn::Input<9, 3>, nn::Conv1d<5, 3>, nn::Relu, nn::Dense<7>, nn::Dense<3>>, 1>();
  streamed<nn::Network<nn::Fixed8, nn::Input<13>, nn::Dense<7>, nn::Relu, nn::Dense<3>>, 3>();
  by_rows<nn::Network<nn::Fixed8, nn::Input<9, 7, 3>, nn::Conv2d<5, 3, 3>, nn::Relu, nn::MaxPool2d<2, 2>, nn::Dense<7>, nn::Relu,
                      nn::Dense<3>>>();
  using Wide = One<4, 600>;  // odd rows whose sums may pass 2^23
  network<Wide, Values::limits>();
  if (core_lays_out) {
    expect(laid_out >= 17);
    expect((std::is_same_v<nn::LaidOut<Wide, made<Wide, Values::limits>>::Parameters, Wide::Parameters>));
  }
  return expectations_failed();
}
