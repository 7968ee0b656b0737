// Learns over the wire: serves tools/device on the console, from the newest stored image on or from random weights.
#include "console.hpp"
#include DIGITS_MODEL
#include "chips/simulated_flash.hpp"
#include "nn/nn.hpp"
#include "nn/wire/device.hpp"
#include "platform.hpp"

namespace {

using Net = DIGITS_NET;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;

constexpr nn::Normalization<1> normalization{{0}, {DIGITS_SCALE}};
constexpr std::size_t sector = 1024;
constexpr std::size_t sectors = 2 * (sizeof(Net::Parameters) / (sector - 64) + 1);

// Left alone by start-up, so that what is stored outlives a reset.
[[gnu::section(".bss.noinit")]] SimulatedCells<sectors, sector> cells;

Trainer trainer{{.rate = 0.05f}, nn::at_run_time(1)};

void put(std::uint8_t byte) {
  const char letter = static_cast<char>(byte);
  console::write({&letter, 1});
}

// Until it wants a reset; false at the end of the input, which a board's has not.
template <class Device>
bool serve(Device device) {
  while (!device.wants_reset()) {
    const auto letter = console::read();
    if (!letter) return false;
    device.take(static_cast<std::uint8_t>(*letter), put);
  }
  return true;
}

}  // namespace

int main() {
  nn::Store store{nn::Image<Net>::size(1) + 256, SimulatedFlash<sectors, sector, 8>{cells}};
  while (serve(nn::wire::Device{trainer, normalization, store, platform::board, platform::core})) {
    platform::reset();
    trainer.~Trainer();
    new (&trainer) Trainer{{.rate = 0.05f}, nn::at_run_time(1)};
  }
  return 0;
}
