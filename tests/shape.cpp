// Shapes, plans and packs, all settled by the compiler.
#include "nn/nn.hpp"

namespace {

static_assert(nn::Input<28, 28, 3>::shape == nn::Shape{28, 28, 3}, "height, width, channels");
static_assert(nn::Input<49, 10>::shape == nn::Shape{1, 49, 10}, "width, channels");
static_assert(nn::Input<64>::shape.size() == 64, "channels");

// Ends by turns: 5 and 7 together, then 7 and 2, then 2 and 9.
constexpr auto two_ended =
    nn::two_ended_plan(std::array<nn::PlannedOutput, 5>{{{5, false}, {7, false}, {7, true}, {2, false}, {9, false}}});
static_assert(two_ended.size == 12, "the largest neighbours");
static_assert(two_ended.offset == std::array<std::size_t, 5>{0, 5, 5, 0, 3}, "one at each end");

// The first output follows the network's input, which may not be overwritten.
static_assert(nn::two_ended_plan(std::array<nn::PlannedOutput, 1>{{{4, true}}}).size == 4, "an activation alone");

constexpr auto stacked = nn::stacked_plan(std::array<nn::PlannedOutput, 3>{{{5, false}, {5, true}, {2, false}}});
static_assert(stacked.size == 7, "in place takes nothing");
static_assert(stacked.offset == std::array<std::size_t, 3>{0, 0, 5}, "one behind the other");

// y = 2·3 - 1·4 + 10
using Affine = nn::Network<float, nn::Input<2>, nn::Dense<1>>;
static_assert(Affine::forward({{{.weight = {{{2, -1}}}, .bias = {10}}}}, {3, 4}) == Affine::Output{12}, "W·x + b");

// Activations by hand.
template <class Layer>
using Just = nn::Network<float, nn::Input<2>, Layer>;
static_assert(Just<nn::Relu>::forward({}, {-3, 4}) == std::array<float, 2>{0, 4}, "max(x, 0)");
static_assert(Just<nn::LeakyRelu<2>>::forward({}, {-3, 4}) == std::array<float, 2>{-0.75f, 4}, "a quarter of the negative");
static_assert(Just<nn::Sigmoid>::forward({}, {0, 200}) == std::array<float, 2>{0.5f, 1}, "one half at 0, one far out");
static_assert(Just<nn::Tanh>::forward({}, {0, -50}) == std::array<float, 2>{0, -1}, "0 at 0, -1 far out");
static_assert(Just<nn::Softplus>::forward({}, {200, -200}) == std::array<float, 2>{200, 0}, "x far out, 0 the other way");
static_assert(Just<nn::Softmax>::forward({}, {5, 5}) == std::array<float, 2>{0.5f, 0.5f}, "equal shares");
static_assert(Just<nn::Softmax>::forward({}, {1e30f, 0}) == std::array<float, 2>{1, 0}, "no overflow");
static_assert(Just<nn::Dropout<50>>::forward({}, {1, 2}) == std::array<float, 2>{1, 2}, "inference drops nothing");

}  // namespace

int main() {}
