// Learns over the wire: serves tools/device on the console, from the newest stored image on or from random weights.
#include <new>

#include "board_store.hpp"
#include "console.hpp"
#include DIGITS_MODEL
#include "nn/nn.hpp"
#include "nn/wire/device.hpp"
#include "platform.hpp"

namespace {

using Net = DIGITS_NET;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
using Device = nn::wire::Device<Trainer, 1, platform::Store>;

constexpr nn::Sgd settings{.rate = 0.05f};
constexpr nn::Normalization<1> normalization{{0}, {DIGITS_SCALE}};

Trainer trainer{settings, nn::at_run_time(1)};

struct Put {
  void operator()(std::uint8_t byte) const {
    const char letter = static_cast<char>(byte);
    console::write({&letter, 1});
  }
};

// Until it wants a reset; false at the end of the input, which a board's has not.
bool serve() {
  platform::Store store{Device::image_bytes(trainer)};
  Device device{trainer, normalization, store, platform::board, platform::core};
  while (!device.wants_reset()) {
    const auto letter = console::read();
    if (!letter) return false;
    device.take(static_cast<std::uint8_t>(*letter), Put{});
  }
  return true;
}

}  // namespace

int main() {
  while (serve()) {
    platform::reset();
    new (&trainer) Trainer{settings, nn::at_run_time(1)};  // where there is no reset
  }
  return 0;
}
