// Gestures from an accelerometer, frame by frame: a network that was trained on the host with four of them streams here, and
// learns a fifth. For every new frame only what is new is computed; at the end of each gesture the outputs must be those of the
// whole window, to the last bit.
#include <array>
#include <cstdint>
#include <span>

#include "console.hpp"
#include "gestures.hpp"
#include "nn/nn.hpp"
#include "platform.hpp"
#include "weights.hpp"

namespace {

using Net = gesture_weights::Net::As<GESTURE_ARITHMETIC>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
using Stream = nn::Streaming<Net>;
constexpr std::uint32_t shown = 40, to_learn = 20, epochs = 9;  // of each gesture

constexpr auto trained = [] {
  Net::Parameters parameters{};
  nn::convert<gesture_weights::Net, Net>(gesture_weights::parameters, parameters);
  return parameters;
}();

Trainer trainer{{.rate = 0.02f}, nn::at_run_time(trained), 1};
Stream stream{nn::at_run_time(trainer.parameters)};
nn::Inference<Net> whole_window{nn::at_run_time(trainer.parameters)};

Stream::Input as_input(const gesture::Frame& frame) {
  Stream::Input x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = nn::number<Net::InputNumber>(frame[i]);
  return x;
}
Net::Input as_input(const gesture::Window& window) {
  Net::Input x{};
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = nn::number<Net::InputNumber>(window[i / gesture::axes][i % gesture::axes]);
  return x;
}

template <std::size_t Count>
std::size_t largest(std::span<const Net::OutputNumber, Count> y) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < Count; ++i)
    if (y[i] > y[best]) best = i;
  return best;
}

// Returns how many of the new gesture are found.
std::uint32_t watch(std::string_view when) {
  gesture::Hand hand{200};
  std::array<std::uint32_t, gesture::names.size()> found{};
  std::uint32_t differing = 0;
  for (std::uint32_t k = 0; k < shown; ++k)
    for (std::size_t figure = 0; figure < found.size(); ++figure) {
      const gesture::Window window = hand.draw(static_cast<gesture::Figure>(figure));
      auto y = stream(as_input(window[0]));
      for (std::size_t t = 1; t < gesture::frames; ++t) y = stream(as_input(window[t]));
      if (largest(y) == figure) ++found[figure];
      const auto expected = whole_window(as_input(window));
      for (std::size_t i = 0; i < y.size(); ++i) differing += y[i] != expected[i] ? 1u : 0u;
    }
  nn::print(console::write, when, ", of ", shown, " each:");
  for (std::size_t figure = 0; figure < found.size(); ++figure)
    nn::print(console::write, figure == 0 ? " " : ", ", gesture::names[figure], " ", found[figure]);
  nn::print(console::write, "; outputs that differ from those of whole windows: ", differing, "\n");
  return differing == 0 ? found.back() : 0;
}

// The same few gestures in every round: the new one, and of the old ones as many, which a device would keep in flash.
void learn() {
  for (std::uint32_t epoch = 1; epoch <= epochs; ++epoch) {
    gesture::Hand hand{300};
    float loss = 0;
    for (std::uint32_t k = 0; k < to_learn; ++k)
      for (std::size_t figure = 0; figure < gesture::names.size(); ++figure)
        loss += static_cast<float>(trainer.step(as_input(hand.draw(static_cast<gesture::Figure>(figure))), figure));
    if (epoch % 3 == 0)
      nn::print(console::write, "round ", epoch, "  loss ",
                nn::decimal(loss / static_cast<float>(to_learn * gesture::names.size()), 4), "\n");
  }
}

void print_cost() {
  static constexpr auto& cost = nn::streaming_cost<Stream>;
  nn::print(console::write, "a frame: ", cost.macs, " multiply-accumulates of the ", cost.window_macs, " of a window, ",
            cost.state_bytes, " bytes are kept\n");
  gesture::Hand hand{1};
  const gesture::Window window = hand.draw(gesture::Figure::eight);
  const auto x = as_input(window);
  const auto frame = as_input(window[0]);
  const auto begin = platform::clock();
  stream(frame);
  const auto streamed = platform::clock();
  whole_window(x);
  const auto inferred = platform::clock();
  trainer.step(x, 2);
  const auto learnt = platform::clock();
  nn::print(console::write, "cost: ", streamed - begin, " ", platform::clock_unit, " a frame, ", inferred - streamed,
            " a whole window, ", learnt - inferred, " to learn from one; ", sizeof stream, " bytes of RAM to stream, ",
            sizeof trainer, " for the trainer");
  platform::print_memory();
}

}  // namespace

int main() {
  nn::print(console::write, "gestures, ", Net::Arithmetic::name, ", ", gesture::known,
            " known, one is new: ", gesture::names.back(), "\n");
  watch("before");
  learn();
  const std::uint32_t found = watch("after");
  nn::print(console::write, "checksum ", nn::hex(nn::checksum(trainer.parameters)), " of the weights\n");
  print_cost();
  if (found * 10 >= shown * 8) return 0;
  nn::print(console::write,
            "it has learnt too little: expected eight in ten of the new gesture, and the bits of whole windows\n");
  return 1;
}
