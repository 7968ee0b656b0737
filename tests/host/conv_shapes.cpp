// The layers that go over height and width against their definition, at small and odd sizes, strides and dilations, with and
// without padding. The numbers are such that every sum is exact.
#include <algorithm>
#include <cmath>
#include <vector>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

// Output place `at` starts at place at·stride - before of the input (TensorFlow's SAME and VALID).
struct Along {
  int input, taps, stride, dilation;
  bool same;

  int reach() const { return (taps - 1) * dilation + 1; }
  int outputs() const { return same ? (input + stride - 1) / stride : (input - reach()) / stride + 1; }
  int before() const { return same ? std::max(0, (outputs() - 1) * stride + reach() - input) / 2 : 0; }
  int place(int at, int tap) const { return at * stride - before() + tap * dilation; }
};

struct Geometry {
  Along rows, columns;
  int channels;

  // Calls visit(tap, pixel) for the taps at output (r, c) that lie inside the input.
  void taps_at(int r, int c, auto visit) const {
    for (int y = 0; y < rows.taps; ++y)
      for (int x = 0; x < columns.taps; ++x) {
        const int row = rows.place(r, y), column = columns.place(c, x);
        if (row >= 0 && row < rows.input && column >= 0 && column < columns.input)
          visit(y * columns.taps + x, row * columns.input + column);
      }
  }
};

double some_number(int i, int step) { return static_cast<double>((i * step) % 11 - 5) / 8; }
double x_at(int i) { return some_number(i, 7); }
double weight_at(int i) { return some_number(i, 5); }
double bias_at(int o) { return some_number(o, 3); }

// y(r, c, o) of a layer against the expected one.
template <class A, class Layer, nn::Shape Input>
void expect_outputs(const Geometry& geometry, auto expected) {
  using Net = nn::Network<A, nn::Input<Input.height, Input.width, Input.channels>, Layer>;
  typename Net::Input x{};
  for (std::size_t i = 0; i < x.size(); ++i)
    x[i] = nn::number<typename Net::InputNumber>(static_cast<float>(x_at(static_cast<int>(i))));
  typename Net::Parameters p{};
  if constexpr (requires { nn::get<0>(p).bias; }) {
    int i = 0;
    for (auto& row : nn::get<0>(p).weight)
      for (auto& w : row) w = nn::number<std::remove_reference_t<decltype(w)>>(static_cast<float>(weight_at(i++)));
    for (std::size_t o = 0; o < nn::get<0>(p).bias.size(); ++o)
      nn::get<0>(p).bias[o] =
          nn::number<std::remove_reference_t<decltype(nn::get<0>(p).bias[o])>>(static_cast<float>(bias_at(static_cast<int>(o))));
  }
  const auto y = Net::forward(p, x);
  constexpr nn::Shape output = Net::template Layer<0>::output;
  expect(static_cast<int>(output.height) == geometry.rows.outputs());
  expect(static_cast<int>(output.width) == geometry.columns.outputs());
  std::size_t i = 0;
  for (int r = 0; r < static_cast<int>(output.height); ++r)
    for (int c = 0; c < static_cast<int>(output.width); ++c)
      for (int o = 0; o < static_cast<int>(output.channels); ++o)
        expect(std::abs(static_cast<double>(y[i++]) - expected(r, c, o)) <= 0x1p-11);
}

template <class A, std::size_t H, std::size_t W, std::size_t C, std::size_t Height, std::size_t Width, class Stride,
          class Dilation, class Padding>
void check_one(Geometry geometry) {
  constexpr nn::Shape input{H, W, C};
  constexpr std::size_t taps = Height * Width;
  constexpr int channels = static_cast<int>(C);
  expect_outputs<A, nn::Conv2d<3, Height, Width, Stride, Dilation, Padding>, input>(geometry, [&](int r, int c, int o) {
    double sum = bias_at(o);
    geometry.taps_at(r, c, [&](int tap, int pixel) {
      for (int k = 0; k < channels; ++k)
        sum += weight_at((o * static_cast<int>(taps) + tap) * channels + k) * x_at(pixel * channels + k);
    });
    return sum;
  });
  expect_outputs<A, nn::DepthwiseConv2d<2, Height, Width, Stride, Dilation, Padding>, input>(geometry, [&](int r, int c, int o) {
    double sum = bias_at(o);
    geometry.taps_at(r, c,
                     [&](int tap, int pixel) { sum += weight_at(tap * 2 * channels + o) * x_at(pixel * channels + o / 2); });
    return sum;
  });
  if constexpr (std::is_same_v<Dilation, nn::Dilation<1>>) {
    expect_outputs<A, nn::MaxPool2d<Height, Width, Stride, Padding>, input>(geometry, [&](int r, int c, int k) {
      double most = -1;
      geometry.taps_at(r, c, [&](int, int pixel) { most = std::max(most, x_at(pixel * channels + k)); });
      return most;
    });
    expect_outputs<A, nn::AvgPool2d<Height, Width, Stride, Padding>, input>(geometry, [&](int r, int c, int k) {
      double sum = 0;
      int n = 0;
      geometry.taps_at(r, c, [&](int, int pixel) {
        sum += x_at(pixel * channels + k);
        ++n;
      });
      return sum / n;
    });
  }
  if constexpr (H == 1 && Height == 1)
    expect_outputs<A, nn::Conv1d<2, Width, Stride, Dilation, Padding>, input>(geometry, [&](int r, int c, int o) {
      double sum = bias_at(o);
      geometry.taps_at(r, c, [&](int tap, int pixel) {
        for (int k = 0; k < channels; ++k)
          sum += weight_at((o * static_cast<int>(taps) + tap) * channels + k) * x_at(pixel * channels + k);
      });
      return sum;
    });
}

template <class A, std::size_t H, std::size_t W, std::size_t C, std::size_t Height, std::size_t Width, std::size_t SR,
          std::size_t SC, std::size_t DR = 1, std::size_t DC = DR>
void check_window() {
  Geometry geometry{{H, Height, SR, DR, true}, {W, Width, SC, DC, true}, C};
  using Dilation = nn::Dilation<DR, DC>;
  check_one<A, H, W, C, Height, Width, nn::Stride<SR, SC>, Dilation, nn::Same>(geometry);
  if constexpr ((Height - 1) * DR + 1 <= H && (Width - 1) * DC + 1 <= W) {
    geometry.rows.same = geometry.columns.same = false;
    check_one<A, H, W, C, Height, Width, nn::Stride<SR, SC>, Dilation, nn::Valid>(geometry);
  }
}

template <class A, std::size_t H, std::size_t W, std::size_t C>
void check_shape() {
  check_window<A, H, W, C, 1, 1, 1, 1>();
  check_window<A, H, W, C, 1, 2, 1, 3>();
  check_window<A, H, W, C, 3, 3, 1, 1>();
  check_window<A, H, W, C, 3, 2, 2, 1>();
  check_window<A, H, W, C, 2, 5, 3, 2>();
  check_window<A, H, W, C, 3, 3, 1, 1, 2>();
  check_window<A, H, W, C, 2, 3, 2, 3, 3, 2>();
}

}  // namespace

int main() {
  check_shape<float, 1, 1, 1>();
  check_shape<float, 1, 7, 3>();
  check_shape<float, 2, 3, 5>();
  check_shape<float, 3, 2, 1>();
  check_shape<float, 7, 13, 2>();
  check_shape<float, 13, 1, 6>();
  check_shape<nn::Fixed16, 7, 3, 2>();
  return expectations_failed();
}
