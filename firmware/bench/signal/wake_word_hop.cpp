// wake word hop: float
// 512 samples in, 40 codes out.
#include "nn/signal/wake_word_features.hpp"
#include "signal.hpp"

int main() {
  static nn::signal::WakeWordFrontEnd<> front_end;
  static std::array<std::int16_t, 512> samples;
  const auto hop = [] { front_end.process(samples, [](auto codes) { asm volatile("" ::"r"(codes.data()) : "memory"); }); };
  for (int i = 0; i < 2; ++i) {
    bench::draw(samples.data(), samples.size());
    hop();
  }
  bench::measure(bench::work, hop, [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
