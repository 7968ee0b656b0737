// Shapes and small cases by hand of the layers that go over height and width.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

template <class Layer, std::size_t... Extents>
constexpr nn::Shape shape_of = Layer::template Bound<nn::Real<float>, nn::Input<Extents...>::shape>::output;

// Valid: ⌊(input - reach) / stride⌋ + 1;   Same: ⌈input / stride⌉
static_assert(shape_of<nn::Conv2d<8, 3, 3>, 28, 28, 1> == nn::Shape{26, 26, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 5>, 28, 28, 1> == nn::Shape{26, 24, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Same>, 28, 28, 1> == nn::Shape{28, 28, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Stride<2>>, 28, 28, 1> == nn::Shape{13, 13, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Same, nn::Stride<2>>, 49, 10, 1> == nn::Shape{25, 5, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Stride<2, 1>>, 9, 9, 4> == nn::Shape{4, 7, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Dilation<2>>, 9, 9, 4> == nn::Shape{5, 5, 8});
static_assert(shape_of<nn::Conv2d<8, 3, 3, nn::Dilation<2>, nn::Same>, 9, 9, 4> == nn::Shape{9, 9, 8});
static_assert(shape_of<nn::Conv2d<1, 5, 5, nn::Same>, 2, 3, 1> == nn::Shape{2, 3, 1});
static_assert(shape_of<nn::Conv1d<8, 5, nn::Stride<2>>, 128, 6> == nn::Shape{1, 62, 8});
static_assert(shape_of<nn::Conv1d<8, 5, nn::Same>, 7, 6> == nn::Shape{1, 7, 8});
static_assert(shape_of<nn::DepthwiseConv2d<2, 3, 3, nn::Same>, 5, 4, 3> == nn::Shape{5, 4, 6});
static_assert(shape_of<nn::MaxPool2d<2, 2>, 7, 6, 3> == nn::Shape{3, 3, 3});
static_assert(shape_of<nn::MaxPool2d<2, 2, nn::Same>, 7, 6, 3> == nn::Shape{4, 3, 3});
static_assert(shape_of<nn::AvgPool2d<3, 3, nn::Stride<1>>, 7, 6, 3> == nn::Shape{5, 4, 3});
static_assert(shape_of<nn::GlobalAvgPool, 7, 6, 3> == nn::Shape{1, 1, 3});
static_assert(shape_of<nn::Flatten, 7, 6, 3> == nn::Shape{1, 1, 126});
static_assert(shape_of<nn::Reshape<6, 21>, 7, 6, 3> == nn::Shape{1, 6, 21});
static_assert(shape_of<nn::Pad<1>, 7, 6, 3> == nn::Shape{9, 8, 3});
static_assert(shape_of<nn::Pad<0, 1, 2, 3>, 7, 6, 3> == nn::Shape{8, 11, 3});

// Of 3 rows with stride 2 and 3 taps, Same pads one above and one below; of 4 rows, only one below.
template <std::size_t H>
constexpr std::size_t top = nn::Axis{H, 3, 2, 1, true}.before();
static_assert(top<3> == 1);
static_assert(top<4> == 0);

template <class... Layers>
using Of3x3 = nn::Network<float, nn::Input<3, 3, 1>, Layers...>;
constexpr std::array<float, 9> square{1, 2, 3,  //
                                      4, 5, 6,  //
                                      7, 8, 9};

// 1·x + 10·(right of x) + 100·(below x) + 1000·(below right of x)
using Corner = Of3x3<nn::Conv2d<1, 2, 2>>;
static_assert(Corner::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {0.5f}}}}, square) ==
              Corner::Output{5421.5f, 6532.5f, 8754.5f, 9865.5f});

// Same with an even window pads on the right and below.
using SameCorner = Of3x3<nn::Conv2d<1, 2, 2, nn::Same>>;
static_assert(SameCorner::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {}}}}, square) ==
              SameCorner::Output{5421, 6532, 603, 8754, 9865, 906, 87, 98, 9});

// Windows that lie wholly in the padding see only the bias.
using Behind = nn::Network<float, nn::Input<1, 2, 1>, nn::Conv2d<1, 1, 2, nn::ZeroPadding<0, 0, 3, 2>>>;
static_assert(Behind::forward({{{.weight = {{{1, 10}}}, .bias = {0.5f}}}}, {1, 2}) == Behind::Output{0.5f, 0.5f, 10.5f, 21.5f, 2.5f, 0.5f});

using Strided = Of3x3<nn::Conv2d<1, 2, 2, nn::Same, nn::Stride<2>>>;
static_assert(Strided::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {}}}}, square) == Strided::Output{5421, 603, 87, 9});

using Dilated = Of3x3<nn::Conv2d<1, 2, 2, nn::Dilation<2>>>;
static_assert(Dilated::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {}}}}, square) == Dilated::Output{9731});
using SameDilated = Of3x3<nn::Conv2d<1, 2, 2, nn::Dilation<2>, nn::Same>>;
static_assert(SameDilated::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {}}}}, square)[4] == 9731);
static_assert(SameDilated::forward({{{.weight = {{{1, 10, 100, 1000}}}, .bias = {}}}}, square)[0] == 5000);

// Two channels in, two out: [Out][KH][KW][In].
using Pointwise = nn::Network<float, nn::Input<1, 2, 2>, nn::Conv2d<2, 1, 1>>;
static_assert(Pointwise::forward({{{.weight = {{{1, 10}, {100, 1000}}}, .bias = {0, 1}}}}, {1, 2, 3, 4}) ==
              Pointwise::Output{21, 2101, 43, 4301});

using Sequence = nn::Network<float, nn::Input<4, 1>, nn::Conv1d<1, 2, nn::Stride<2>>>;
static_assert(Sequence::forward({{{.weight = {{{1, 10}}}, .bias = {}}}}, {1, 2, 3, 4}) == Sequence::Output{21, 43});

// Channel o of the output comes from channel o / 2 of the input: [KH][KW][C·multiplier].
using Depthwise = nn::Network<float, nn::Input<1, 2, 2>, nn::DepthwiseConv2d<2, 1, 2>>;
static_assert(Depthwise::forward({{{.weight = {{{1, 10, 100, 1000}, {2, 20, 200, 2000}}}, .bias = {0, 0, 0, 1}}}},
                                 {1, 2, 3, 4}) == Depthwise::Output{7, 70, 1000, 10001});

using Max = Of3x3<nn::MaxPool2d<2, 2, nn::Stride<1>>>;
static_assert(Max::forward({}, square) == Max::Output{5, 6, 8, 9});
using SameMax = Of3x3<nn::MaxPool2d<2, 2, nn::Same>>;
static_assert(SameMax::forward({}, {-1, -2, -3, -4, -5, -6, -7, -8, -9}) == SameMax::Output{-1, -3, -7, -9});
using Mean = Of3x3<nn::AvgPool2d<2, 2, nn::Same>>;
static_assert(Mean::forward({}, square) == Mean::Output{3, 4.5f, 7.5f, 9});
using Whole = Of3x3<nn::GlobalAvgPool>;
static_assert(Whole::forward({}, square) == Whole::Output{5});
using Padded = nn::Network<float, nn::Input<1, 2, 1>, nn::Pad<1, 0, 0, 2>>;
static_assert(Padded::forward({}, {1, 2}) == Padded::Output{0, 0, 0, 0, 1, 2, 0, 0});
using Six = nn::Network<float, nn::Input<3>, nn::Relu6>;
static_assert(Six::forward({}, {-1, 5, 7}) == Six::Output{0, 5, 6});

// In fixed point sums are exact and rounded once, halves upwards: -5/4 of a step becomes -1, -6/4 too, -7/4 becomes -2.
using FixedMean = nn::Network<nn::Fixed16, nn::Input<2, 2, 1>, nn::AvgPool2d<2, 2>>;
static_assert(FixedMean::forward({}, {{{-2}, {-1}, {-1}, {-1}}}) == FixedMean::Output{{{-1}}});
static_assert(FixedMean::forward({}, {{{-2}, {-2}, {-1}, {-1}}}) == FixedMean::Output{{{-1}}});
static_assert(FixedMean::forward({}, {{{-2}, {-2}, {-2}, {-1}}}) == FixedMean::Output{{{-2}}});
using FixedMean3 = nn::Network<nn::Fixed16, nn::Input<1, 3, 1>, nn::AvgPool2d<1, 3>>;
static_assert(FixedMean3::forward({}, {{{1}, {1}, {0}}}) == FixedMean3::Output{{{1}}});
static_assert(FixedMean3::forward({}, {{{0}, {1}, {0}}}) == FixedMean3::Output{{{0}}});
using FixedSix = nn::Network<nn::Fixed16, nn::Input<2>, nn::Relu6>;
static_assert(FixedSix::forward({}, {{{-3}, {32767}}}) == FixedSix::Output{{{0}, {6 * 1024}}});
using FixedCorner = nn::Network<nn::Fixed16, nn::Input<2, 2, 1>, nn::Conv2d<1, 2, 2>>;
static_assert(FixedCorner::forward({{{.weight = {{{{{4096}, {8192}, {-4096}, {0}}}}}, .bias = {}}}}, {{{1024}, {1}, {0}, {0}}}) ==
              FixedCorner::Output{{{513}}});

// Where the windows of two outputs share their largest number, it gets both gradients.
template <class Layer, std::size_t N, std::size_t M>
constexpr std::array<float, N> input_gradient(const std::array<float, N>& x, const std::array<float, M>& g) {
  using Bound = typename Layer::template Bound<nn::Real<float>, nn::Shape{3, 3, 1}>;
  std::array<float, N> dx{};
  Bound::template backward<nn::Portable>({}, x, std::array<float, M>{}, g, dx);
  return dx;
}
static_assert(input_gradient<nn::MaxPool2d<2, 2, nn::Stride<1>>>(std::array<float, 9>{0, 0, 0, 0, 9, 0, 0, 0, 0},
                                                                 std::array<float, 4>{1, 2, 3, 4}) ==
              std::array<float, 9>{0, 0, 0, 0, 10, 0, 0, 0, 0});
static_assert(input_gradient<nn::MaxPool2d<2, 2>>(std::array<float, 9>{}, std::array<float, 1>{5}) == std::array<float, 9>{5});
static_assert(input_gradient<nn::AvgPool2d<2, 2, nn::Same>>(square, std::array<float, 4>{4, 2, 6, 1}) ==
              std::array<float, 9>{1, 1, 1, 1, 1, 1, 3, 3, 1});

// y = x + 2·x + 1, and the input beside it
using Sum = nn::Network<float, nn::Input<1, 2, 1>, nn::Residual<nn::Conv2d<1, 1, 1>>>;
static_assert([] {
  Sum::Parameters p{};
  nn::for_each_row([w = 2.0f](auto& row) mutable { row[0] = w--; }, p);  // weight 2, bias 1
  return Sum::forward(p, {3, 5});
}() == Sum::Output{10, 16});
using Beside = nn::Network<float, nn::Input<1, 2, 1>, nn::Concat<nn::Branch<>, nn::Branch<nn::Conv2d<2, 1, 1>, nn::Relu>>>;
static_assert([] {
  Beside::Parameters p{};
  nn::for_each_row([w = 2.0f](auto& row) mutable { for (float& x : row) x = w--; }, p);  // weights 2, 1; biases 0, -1
  return Beside::forward(p, {3, 5});
}() == Beside::Output{3, 6, 2, 5, 10, 4});
using Halved = nn::Residual<nn::Projection<nn::Conv2d<4, 1, 1, nn::Stride<2>>>, nn::Conv2d<4, 3, 3, nn::Same, nn::Stride<2>>>;
static_assert(shape_of<Halved, 7, 6, 3> == nn::Shape{4, 3, 4});

// What no output shape shows is in the fingerprint.
template <class Layer>
constexpr std::uint64_t fingerprint = Of3x3<Layer>::fingerprint;
static_assert(fingerprint<nn::Conv2d<1, 2, 2>> != fingerprint<nn::Conv2d<1, 1, 1, nn::Stride<2>>>);
static_assert(fingerprint<nn::Conv2d<1, 1, 3, nn::Same>> != fingerprint<nn::Conv2d<1, 3, 1, nn::Same>>);

}  // namespace

int main() { return 0; }
