// mel 40: float
// 40 channels from 20 to 4000 Hz of 257 bins, as keyword spotting has them.
#include "nn/signal/keyword_features.hpp"
#include "signal.hpp"

int main() {
  using Mel = nn::signal::KeywordMel::Bound<float, 257>;
  static std::array<float, 257> spectrum;
  static std::array<float, Mel::outputs> channels;
  bench::measure(
      bench::work,
      [] {
        Mel::State state;
        Mel::run(state, spectrum.data(), channels.data());
        asm volatile("" ::"r"(channels.data()) : "memory");
      },
      [] {
        std::array<std::int16_t, 257> drawn;
        bench::draw(drawn.data(), drawn.size());
        for (std::size_t i = 0; i < drawn.size(); ++i) spectrum[i] = static_cast<float>(drawn[i] + 3000);
      });
  return bench::finish(sizeof spectrum);
}
