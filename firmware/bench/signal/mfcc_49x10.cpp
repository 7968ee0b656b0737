// mfcc 49x10: float
// The codes of one second: 16,000 samples, 49 frames.
#include "nn/signal/keyword_features.hpp"
#include "signal.hpp"

int main() {
  static nn::signal::KeywordPipeline<nn::signal::KeywordCodes, nn::signal::Stack<49, 49>> front_end;
  static std::array<std::int16_t, 320> samples;
  bench::measure(
      bench::work,
      [] {
        front_end.reset();
        for (int i = 0; i < 50; ++i)
          front_end.process(samples, [](auto codes) { asm volatile("" ::"r"(codes.data()) : "memory"); });
      },
      [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
