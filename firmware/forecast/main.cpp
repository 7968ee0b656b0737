// Learns where it runs, from a stream that never ends, to tell the next value of a signal: a Gru that carries its state from
// piece to piece, with gradients back to the beginning of the piece (Truncated). Every error is that of a value that it has not
// learnt from yet. Nothing is stored; what it knows is in its weights and its state.
#include <array>
#include <cstdint>

#include "console.hpp"
#include "mackey_glass.hpp"
#include "nn/nn.hpp"
#include "platform.hpp"

namespace {

constexpr std::size_t piece = 8;  // values
constexpr std::uint32_t pieces = 3000, pieces_a_line = 300;

using Net =
    nn::Network<FORECAST_ARITHMETIC, nn::Input<piece, 1>, nn::Gru<16, nn::Orthogonal, nn::Truncated<piece>>, nn::Conv1d<1, 1>>;
using Trainer = nn::Trainer<Net, nn::MeanSquaredError, nn::Momentum>;

Trainer trainer{{.rate = 0.05f, .momentum = 0.9f}, nn::at_run_time(1), nn::Glorot{}};

// A piece of the signal, and the same one value later.
class Pieces {
 public:
  void next() {
    for (std::size_t i = 0; i < piece; ++i) {
      x[i] = nn::number<Net::InputNumber>(last);
      const float following = signal.next();
      repeated += square(following - last);
      power += square(following);
      last = following;
      later[i] = nn::number<Trainer::Value>(last);
    }
  }

  Net::Input x{};
  std::array<Trainer::Value, piece> later{};
  float repeated = 0, power = 0;  // sums of the squares of: the error of "as before", the signal

 private:
  static float square(float value) { return value * value; }

  forecast::MackeyGlass signal{nn::at_run_time(7)};
  float last = signal.next();
};
Pieces stream;

}  // namespace

int main() {
  nn::print(console::write, "next value of Mackey-Glass, Gru<16>, ", Net::Arithmetic::name, "\n");
  float error = 0, last_share = 1;
  for (std::uint32_t k = 1; k <= pieces; ++k) {
    stream.next();
    error += static_cast<float>(trainer.step(stream.x, stream.later)) * static_cast<float>(piece);
    if (k % pieces_a_line != 0) continue;
    const auto share = [](float squares) { return nn::decimal(100 * squares / stream.power, 2); };
    nn::print(console::write, "values to ", k * piece, "  error ", share(error),
              " % of the signal's power, of repeating the last value ", share(stream.repeated), " %\n");
    last_share = error / stream.repeated;
    error = stream.repeated = stream.power = 0;
  }
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), " of the weights, ", trainer.refused(),
            " pieces refused\n");

  stream.next();
  const auto begin = platform::clock();
  trainer.step(stream.x, stream.later);
  nn::print(console::write, "cost: ", (platform::clock() - begin) / piece, " ", platform::clock_unit, " to learn from a value; ",
            sizeof trainer, " bytes of RAM for the trainer");
  platform::print_memory();
  if (last_share < 0.2f) return 0;
  nn::print(console::write, "it has learnt too little: expected an error below a fifth of that of repeating the last value\n");
  return 1;
}
