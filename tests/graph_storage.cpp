// Graphs of float32, int16 and int8, in local and static variables and as members, run twice: bytes become numbers of
// each type, whatever the compiler knows of the object that they lie in. Its steps reuse the memory of one type for another.
#include <algorithm>
#include <array>

#include "expect.hpp"
#include "nn/float32/float32.hpp"
#include "nn/int16/int16.hpp"
#include "nn/int8/int8.hpp"

namespace {

using nn::Apply;
using nn::Inputs;
using nn::Outputs;
using nn::Tensor;
using nn::Tensors;

// 2 · 1000 - 3 · 10 + 7 = 1977, of which a half is 988.5 in codes.
constexpr float real_weight[2]{2, -3};
constexpr float real_bias[1]{7};
constexpr nn::float32::FullyConnected real_line{1, 2, 1, real_weight, real_bias, {}};
using Reals = nn::Graph<Tensors<Tensor<float, 2>, Tensor<float, 1>>, Inputs<0>, Outputs<1>, Apply<real_line, 1, 0>>;

constexpr std::int8_t weight[2]{2, -3};
constexpr std::int64_t long_bias[1]{7};
constexpr std::int32_t bias[1]{7};
constexpr nn::int8::Scale half[1]{{1 << 30, 0}};
constexpr nn::int16::FullyConnected wide_line{1, 2, 1, weight, {long_bias, half, 1, {0, -32768, 32767}, true}};
using Wides = nn::Graph<Tensors<Tensor<std::int16_t, 2>, Tensor<std::int16_t, 1>>, Inputs<0>, Outputs<1>, Apply<wide_line, 1, 0>>;

constexpr nn::int8::FullyConnected narrow_line{1, 2, 1, weight, bias, half, 1, {}, false};
using Narrows = nn::Graph<Tensors<Tensor<std::int8_t, 2>, Tensor<std::int8_t, 1>>, Inputs<0>, Outputs<1>, Apply<narrow_line, 1, 0>>;

// Numbers of three types in the same bytes, one after the other: x is quantized to int8, widened to int16, made a float again, and
// all of that 16 times.
constexpr std::int32_t count = 16;
constexpr nn::int8::Quantize to_codes{count, 0.5f, {}};
constexpr nn::int16::Rescale<std::int16_t, std::int8_t> widen{count, 0, {1 << 30, 6}, {1 << 30, 6}, {0, -32768, 32767}};
constexpr nn::int16::Dequantize to_reals{count, 1.0f / 64, 0};
using Reals16 = Tensor<float, count>;
using Changes = nn::Graph<Tensors<Reals16, Tensor<std::int8_t, count>, Tensor<std::int16_t, count>, Reals16>, Inputs<0>, Outputs<3>,
                          Apply<to_codes, 1, 0>, Apply<widen, 2, 1>, Apply<to_reals, 3, 2>>;

template <class Net, class Number>
void gives(Net& net, Number first, Number second, Number expected) {
  for (int run = 0; run < 2; ++run) {
    const auto x = net.input();
    x[0] = first;
    x[1] = second;
    net.run();
    expect(net.output()[0] == expected);
  }
}

void changes(Changes& net) {
  for (int run = 0; run < 2; ++run) {
    const auto x = net.input();
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<float>(i) / 2 - 3;
    net.run();
    const auto y = net.output();
    for (std::size_t i = 0; i < y.size(); ++i) expect(y[i] == static_cast<float>(i) / 2 - 3);
  }
}

struct Device {
  char before = 1;
  Reals reals;
  char between = 2;
  Wides wides;
  Narrows narrows;
  Changes changes;
  char behind = 3;
};

Reals global_reals;
Wides global_wides;
Narrows global_narrows;
Changes global_changes;

// As each stands in a function of its own, the compiler sees the whole life of its storage.
void all_local() {
  Reals reals;
  gives(reals, 1000.0f, 10.0f, 1977.0f);
  Wides wides;
  gives<Wides, std::int16_t>(wides, 1000, 10, 989);
  Narrows narrows;
  gives<Narrows, std::int8_t>(narrows, 100, 1, 102);
  Changes several;
  changes(several);
}

void all_of(Device& device) {
  gives(device.reals, 1000.0f, 10.0f, 1977.0f);
  gives<Wides, std::int16_t>(device.wides, 1000, 10, 989);
  gives<Narrows, std::int8_t>(device.narrows, 100, 1, 102);
  changes(device.changes);
  expect(device.before == 1 && device.between == 2 && device.behind == 3);
}

}  // namespace

int main() {
  all_local();
  gives(global_reals, 1000.0f, 10.0f, 1977.0f);
  gives<Wides, std::int16_t>(global_wides, 1000, 10, 989);
  gives<Narrows, std::int8_t>(global_narrows, 100, 1, 102);
  changes(global_changes);
  static Device kept;
  all_of(kept);
  Device local;
  all_of(local);
  return expectations_failed();
}
