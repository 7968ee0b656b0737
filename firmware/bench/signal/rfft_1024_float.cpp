// rfft 1024 float: float
#include "nn/signal/float_fft.hpp"
#include "signal.hpp"

int main() {
  using Fft = nn::signal::FloatFft<1024>;
  static Fft::Buffer spectrum;
  static std::array<std::int16_t, 1024> samples;
  bench::measure(
      bench::work,
      [] {
        Fft::fill(spectrum, [](std::size_t i) { return static_cast<float>(samples[i]); });
        Fft::transform(spectrum);
        asm volatile("" ::"r"(spectrum.data()) : "memory");
      },
      [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
