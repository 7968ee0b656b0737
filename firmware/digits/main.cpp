// Classifies stored digits with weights that were trained on the host and stay in flash.
#include "console.hpp"
#include "nn/nn.hpp"
#include "platform.hpp"
#include "samples.hpp"
#include "weights.hpp"

namespace {

using digits_weights::Net;

nn::Inference<Net> network{nn::at_run_time(digits_weights::parameters)};

// The network was built like the one that was trained if it gives the stored answer, to the last bit.
bool reproduces_the_answer() {
  const auto y = network(digits_weights::probe);
  for (std::size_t i = 0; i < Net::outputs; ++i)
    if (y[i] != digits_weights::answer[i]) return false;
  return true;
}

}  // namespace

int main() {
  if (!nn::same_bits() || !reproduces_the_answer()) {
    nn::print(console::write, "this build does not give the bits that training gave; was -ffp-contract=off missing?\n");
    return 1;
  }

  nn::print_summary<Net>(console::write);
  std::uint32_t right = 0;
  std::uint64_t time = 0;
  nn::Crc32 outputs;
  nn::print(console::write, "the first digits:");
  for (std::size_t i = 0; i < samples::count; ++i) {
    const std::span<const std::uint8_t, Net::inputs> image{&samples::inputs[i * Net::inputs], Net::inputs};
    const auto x = nn::normalized<Net::InputNumber>(digits_weights::normalization, image);
    const std::uint64_t begin = platform::clock();
    const auto y = network(x);
    time += platform::clock() - begin;
    const std::size_t decided = nn::decision(y, {});
    if (i < 10) nn::print(console::write, " ", digits_weights::class_names[decided]);
    if (decided == samples::labels[i]) ++right;
    for (auto probability : y) nn::for_each_byte(std::array{probability}, [&outputs](std::uint8_t byte) { outputs.add(byte); });
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
