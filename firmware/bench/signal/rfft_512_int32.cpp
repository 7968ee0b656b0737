// rfft 512 int32: int32
#include "nn/signal/int32_fft.hpp"
#include "signal.hpp"

int main() {
  using Fft = nn::signal::Int32Fft<512>;
  static Fft::Buffer spectrum;
  static std::array<std::int16_t, 512> samples;
  bench::measure(
      bench::work,
      [] {
        Fft::fill(spectrum, [](std::size_t i) { return samples[i] * 65536; });
        Fft::transform(spectrum);
        asm volatile("" ::"r"(spectrum.data()) : "memory");
      },
      [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
