// Max pooling of 16-bit numbers in the host's vectors, against the portable layer: windows with and without padding, rows alone.
#include <array>
#include <cstdint>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

struct OneByOne : nn::Portable {};

template <class Layer, nn::Shape Input>
void pooling() {
  using Bound = typename Layer::template Bound<nn::Fixed16, Input>;
  using Number = nn::Fixed16::Activation;
  static nn::Random stream{1};
  for (std::uint32_t turn = 0; turn < 20; ++turn) {
    std::array<Number, Input.size()> x;
    std::array<Number, Bound::OutputSize + 16> fast, portable;  // nothing is written behind them
    fast.fill({1});
    portable = fast;
    for (auto& each : x) {
      const auto any = static_cast<std::int16_t>(stream.next());
      each.raw = static_cast<std::int16_t>(stream.below(5) == 0 ? INT16_MIN : any >> turn % 16);
    }
    constexpr std::size_t begin = Bound::output.height / 3;
    const std::size_t first = turn % 2 == 0 ? 0 : begin;
    Bound::template forward_rows<target::Kernels>({}, x.data(), nn::no_rows, first, Bound::output.height, fast.data());
    Bound::template forward_rows<OneByOne>({}, x.data(), nn::no_rows, first, Bound::output.height, portable.data());
    expect(fast == portable);
  }
}

template <std::size_t Channels>
void of_channels() {
  using nn::MaxPool2d, nn::Same, nn::Shape, nn::Stride, nn::ZeroPadding;
  pooling<MaxPool2d<2, 2>, Shape{6, 8, Channels}>();
  pooling<MaxPool2d<3, 3, Stride<2>, Same>, Shape{7, 8, Channels}>();
  pooling<MaxPool2d<1, 3, Stride<1>>, Shape{3, 5, Channels}>();
}

}  // namespace

int main() {
  of_channels<8>();
  of_channels<24>();
  of_channels<5>();
#ifdef __SSE2__
  std::array<nn::Fixed16::Activation, 8> x, y{};
  x.fill({-5});
  target::Kernels::largest_of_pixels<8>(x.data(), y.data(), [](auto visit) { visit(0, 0, 1); });
  expect(x == y);
#endif
  return expectations_failed();
}
