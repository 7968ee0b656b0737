// wake_word: int8
// model: ../cases/real/esphome_v2_okay_nabu
// A hop of a streaming wake word, 30 ms: 480 samples, three frames of features, a run of the network. flash has its weights.
#include "wake_word_model.hpp"
#include "nn/pipeline.hpp"
#include "nn/signal/micro_features.hpp"
#include "nn/signal/stack.hpp"
#include "signal.hpp"

int main() {
  using namespace nn::signal;
  static nn::Pipeline<MicroFrames<micro_frontend_10ms>, MicroFeatures<micro_frontend_10ms>, MicroCodes, Stack<3, 3>,
                      wake_word_model::Net>
      pipeline;
  static std::array<std::int16_t, 480> samples;
  const auto hop = [] { pipeline.process(samples, [](auto scores) { asm volatile("" ::"r"(scores.data()) : "memory"); }); };
  for (int i = 0; i < 3; ++i) {
    bench::draw(samples.data(), samples.size());
    hop();
  }
  bench::measure(bench::work, hop, [] { bench::draw(samples.data(), samples.size()); });
  return bench::finish(sizeof samples);
}
