// micro frontend 10 ms: int16
// One step: 160 samples in, the 40 features of a frame of 480 out.
#include "nn/signal/micro_frontend.hpp"
#include "signal.hpp"

int main() {
  static nn::signal::MicroFrontEnd<nn::signal::micro_frontend_10ms> front_end;
  static std::array<std::int16_t, 160> samples;
  const auto step = [] {
    front_end.process(samples, [](auto features) { asm volatile("" ::"r"(features.data()) : "memory"); });
  };
  for (int i = 0; i < 10; ++i) {
    bench::draw(samples.data(), samples.size());
    step();
  }
  bench::measure(bench::work, step);
  return bench::finish(sizeof samples);
}
