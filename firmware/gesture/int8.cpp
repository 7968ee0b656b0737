// Tells gestures in int8 with recurrent layers, whose weights were trained in float on the host and stay in flash.
#include <algorithm>
#include <array>
#include <cstdint>

#include "console.hpp"
#include "gestures.hpp"
#include "nn/crc.hpp"
#include "nn/loss/decision.hpp"
#include "nn/text.hpp"
#include "platform.hpp"
#include "weights.hpp"

namespace {

using gesture_int8::Net;

constexpr std::uint32_t shown = 50;  // of each gesture

Net network;

std::size_t told(const gesture::Window& window) {
  const auto x = network.input();
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = gesture_int8::input_0.code(window[i / gesture::axes][i % gesture::axes]);
  network.run();
  const auto y = network.output();
  return nn::decision(std::span<const std::int8_t, y.extent>{y}, {});
}

}  // namespace

int main() {
  std::ranges::copy(gesture_int8::probe_0, network.input().begin());
  network.run();
  if (!std::ranges::equal(network.output(), gesture_int8::answer_0)) {
    nn::print(console::write, "this build does not give the codes that quantizing gave\n");
    return 1;
  }

  gesture::Hand hand{400};
  std::array<std::uint32_t, gesture::known> found{};
  std::uint64_t time = 0;
  nn::Crc32 outputs;
  for (std::uint32_t k = 0; k < shown; ++k)
    for (std::size_t figure = 0; figure < found.size(); ++figure) {
      const gesture::Window window = hand.draw(static_cast<gesture::Figure>(figure));
      const std::uint64_t begin = platform::clock();
      if (told(window) == figure) ++found[figure];
      time += platform::clock() - begin;
      for (std::int8_t code : network.output()) outputs.add(static_cast<std::uint8_t>(code));
    }

  nn::print(console::write, "gestures in int8, of ", shown, " each:");
  std::uint32_t right = 0;
  for (std::size_t figure = 0; figure < found.size(); ++figure) {
    nn::print(console::write, figure == 0 ? " " : ", ", gesture::names[figure], " ", found[figure]);
    right += found[figure];
  }
  nn::print(console::write, "\nchecksum ", nn::hex(outputs.value()), " of all outputs\n");
  nn::print(console::write, "cost: ", time / (shown * found.size()), " ", platform::clock_unit, " a window; ", sizeof network,
            " bytes of RAM");
  platform::print_memory();
  if (right * 10 >= shown * found.size() * 9) return 0;
  nn::print(console::write, "it tells too few: expected nine in ten\n");
  return 1;
}
