// rfft 512 int16: int16
#include "nn/signal/int16_fft.hpp"
#include "signal.hpp"

int main() {
  using Fft = nn::signal::Int16Fft<512>;
  static Fft::Buffer spectrum;
  static std::array<std::int16_t, 512> samples;
  bench::measure(bench::work, [] {
    Fft::run(samples, spectrum);
    asm volatile("" ::"r"(spectrum.data()) : "memory");
  }, [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
