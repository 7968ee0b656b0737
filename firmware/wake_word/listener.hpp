// Listener<Words>: samples in, in chunks of any size; a line for each word out.
//
//   Words      Pipeline, Decision, settings of it; name(which), share(sum): the mean score as a part of 1
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "nn/text.hpp"

namespace wake_word {

template <class Words>
class Listener {
 public:
  using Pipeline = typename Words::Pipeline;
  static constexpr std::uint32_t rate = Pipeline::rate, step = Pipeline::step;

  void reset() {
    pipeline.reset();
    decision.reset();
    heard = 0;
  }

  // The time of a word is the end of the step in which it was decided, whatever the chunks are.
  void hear(std::span<const std::int16_t> samples, auto&& write) {
    while (!samples.empty()) {
      const auto part = samples.first(std::min<std::size_t>(samples.size(), step - heard % step));
      samples = samples.subspan(part.size());
      heard += static_cast<std::uint32_t>(part.size());
      pipeline.process(part, [&](auto scores) {
        const auto word = decision.add(scores);
        if (!word) return;
        const std::uint32_t end = (heard + step - 1) / step * step;
        nn::print(write, nn::right(nn::decimal(static_cast<float>(end) / static_cast<float>(rate), 2), 8), " s  ",
                  Words::name(word->which), "  ", nn::decimal(100 * Words::share(word->sum), 0), " %\n");
      });
    }
  }

 private:
  Pipeline pipeline;
  typename Words::Decision decision;
  std::uint32_t heard = 0;  // samples
};

}  // namespace wake_word
