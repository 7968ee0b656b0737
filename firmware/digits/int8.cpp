// Classifies stored digits in int8, with weights that were trained in float on the host and stay in flash.
#include <algorithm>
#include <string_view>

#include "console.hpp"
#include "nn/crc.hpp"
#include "nn/loss/decision.hpp"
#include "nn/text.hpp"
#include "platform.hpp"
#include "samples.hpp"
#include "weights.hpp"

namespace {

using digits_int8::Net;

Net network;

// Integers differ nowhere, if the build is good.
bool reproduces_the_answer() {
  std::ranges::copy(digits_int8::probe_0, network.input().begin());
  network.run();
  return std::ranges::equal(network.output(), digits_int8::answer_0);
}

}  // namespace

int main() {
  if (!reproduces_the_answer()) {
    nn::print(console::write, "this build does not give the codes that quantizing gave\n");
    return 1;
  }

  // Cores need different scratch, so that each has a plan of its own.
  bool begun = false;
  nn::graph::print_plan<Net>([&](std::string_view text) {
    for (const char& letter : text) {
      if (!begun) console::write("plan: ");
      begun = letter != '\n';
      console::write({&letter, 1});
    }
  });
  std::uint32_t right = 0;
  std::uint64_t time = 0;
  nn::Crc32 outputs;
  nn::print(console::write, "the first digits:");
  for (std::size_t i = 0; i < samples::count; ++i) {
    const auto x = network.input();
    const std::span<const std::uint8_t, x.extent> image{&samples::inputs[i * x.size()], x.size()};
    std::ranges::transform(nn::normalized(digits_int8::normalization, image), x.begin(),
                           [](float value) { return digits_int8::input_0.code(value); });
    const std::uint64_t begin = platform::clock();
    network.run();
    time += platform::clock() - begin;
    const auto y = network.output();
    const std::size_t decided = nn::decision(std::span<const std::int8_t, y.extent>{y}, {});
    if (i < 10) nn::print(console::write, " ", digits_int8::class_names[decided]);
    if (decided == samples::labels[i]) ++right;
    for (std::int8_t code : y) outputs.add(static_cast<std::uint8_t>(code));
  }

  nn::print(console::write, "\n");
  const auto share = static_cast<float>(right) / static_cast<float>(samples::count);
  nn::print(console::write, "accuracy ", nn::decimal(100 * share, 2), " %, ", right, " of ", samples::count, " digits\n");
  nn::print(console::write, "checksum ", nn::hex(outputs.value()), " of all outputs\n");

  // What it costs on this board; other boards differ here.
  nn::print(console::write, "cost: ", time / samples::count, " ", platform::clock_unit, " an inference");
  platform::print_memory();
  return 0;
}
