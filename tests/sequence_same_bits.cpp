// Recurrent operators of imported graphs: every core computes the same bits, against checksums found on the host.
#include <array>
#include <bit>
#include <cstddef>

#include "expect.hpp"
#include "nn/float32/gru_sequence.hpp"
#include "nn/float32/lstm_sequence.hpp"
#include "nn/float32/rnn_sequence.hpp"
#include "target.hpp"

namespace {

using namespace nn::float32;

constexpr std::int32_t steps = 6, batch = 2, inputs = 5, units = 9;

template <std::size_t Count>
constexpr std::array<float, Count> drawn(std::uint32_t seed) {
  std::array<float, Count> all{};
  for (float& each : all) {
    seed = seed * 1664525 + 1013904223;
    each = static_cast<float>(static_cast<std::int32_t>(seed) >> 12) / (1 << 19);
  }
  return all;
}
constexpr auto weight = drawn<4 * units * inputs>(1);
constexpr auto recurrent = drawn<4 * units * units>(2);
constexpr auto bias = drawn<5 * units>(3);
constexpr auto x = drawn<steps * batch * inputs>(4);
constexpr auto h = drawn<batch * units>(5);
constexpr auto c = drawn<batch * units>(6);
constexpr Gates gates{weight.data(), recurrent.data(), bias.data()};
constexpr nn::graph::Recurrence forward{steps, batch, inputs, units, false, false}, last{steps, batch, inputs, units, true, true};

float y[(steps + 1) * batch * units];
alignas(float) std::byte scratch[sizeof(float) * (batch + 1) * units];

template <class Operator, std::size_t Count>
std::uint32_t checksum(const Operator& of, const std::array<const float*, Count>& from, std::size_t rows) {
  of.template run_all<target::Kernels>({scratch}, y, from);
  std::uint32_t sum = 2166136261u;
  for (std::size_t i = 0; i < rows * batch * units; ++i) sum = (sum ^ std::bit_cast<std::uint32_t>(y[i])) * 16777619u;
  return sum;
}

}  // namespace

int main() {
  const std::array<const float*, 1> alone{x.data()};
  const std::array<const float*, 2> begun{x.data(), h.data()};
  const std::array<const float*, 3> celled{x.data(), h.data(), c.data()};
  expect_equal(checksum(RnnSequence{forward, gates, RnnFunction::tanh}, begun, steps), 0x14c32e2du);
  expect_equal(checksum(RnnSequence{last, gates, RnnFunction::sigmoid}, alone, 1), 0xe583ee9fu);
  expect_equal(checksum(GruSequence{forward, gates, true, nullptr}, begun, steps), 0x58dd367bu);
  expect_equal(checksum(GruSequence{last, gates, false, bias.data() + 4 * units}, alone, 1), 0xacffe7fau);
  expect_equal(checksum(LstmSequence{forward, gates, false, true}, celled, steps + 1), 0x9594ffafu);
  expect_equal(checksum(LstmSequence{last, gates, true, false}, alone, 1), 0xee186b3cu);
  return expectations_failed();
}
