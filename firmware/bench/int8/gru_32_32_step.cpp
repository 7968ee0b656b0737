// gru 32-32 step: int8
#include "nn/int8/gru_sequence.hpp"
#include "operators.hpp"

static constexpr bench::Layer<3 * 32 * 64, 32, 1, 8> layer;

// The gates' functions rise from 0.5 to 1: nn/int16/sigmoid.hpp. A straight line serves for counting.
inline constexpr std::array<std::uint16_t, 256> table = [] {
  std::array<std::uint16_t, 256> values{};
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<std::uint16_t>(32768 + 257 * i / 2);
  return values;
}();

constexpr nn::int8::Gate gate(std::int32_t index) {
  const std::int8_t* const first = layer.weight.data() + index * 32 * 64;
  return {{first, first + 32 * 32, layer.bias.data()}, layer.scale[0], layer.scale[0], layer.bias.data(), true};
}
inline constexpr nn::int8::GruSequence gru{
    .shape = {.steps = 1, .batch = 1, .inputs = 32, .units = 32, .reversed = false, .last_only = true},
    .update = gate(0),
    .reset = gate(1),
    .candidate = gate(2),
    .resets_before = false,
    .output_scale = {1 << 30, -22},
    .zero = 0,
    .table = table.data()};

int main() { return bench::infer<bench::Alone<gru, 32, 32>>(sizeof layer); }
