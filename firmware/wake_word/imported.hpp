// The word of an imported streaming model, as microWakeWord makes them: so many frames of 40 codes of the micro frontend in, one
// code of a probability out, what it keeps in variables.
#pragma once

#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/pipeline.hpp"
#include "nn/signal/micro_features.hpp"
#include "nn/signal/sliding_decision.hpp"
#include "nn/signal/stack.hpp"
#include "wake_word_model.hpp"
#include "wake_word_settings.hpp"

namespace wake_word {

struct Words {
  using Net = wake_word_model::Net;
  static constexpr nn::signal::MicroSettings front_end{.step_ms = model::step_ms};
  static constexpr std::size_t inputs = decltype(std::declval<Net&>().input())::extent, channels = front_end.channels;
  static constexpr std::size_t frames = inputs / channels;
  static_assert(frames * channels == inputs, "firmware/wake_word: the model takes no rows of 40 features");
  using Pipeline = nn::Pipeline<nn::signal::MicroFrames<front_end>, nn::signal::MicroFeatures<front_end>, nn::signal::MicroCodes,
                                nn::signal::Stack<frames, frames>, Net>;

  using Scores = decltype(std::declval<Net&>().output());
  static_assert(Scores::extent == 1, "firmware/wake_word: the model has more than one output");
  using Code = std::remove_const_t<typename Scores::element_type>;
  static_assert(sizeof(Code) == 1, "firmware/wake_word: the model does not give int8 or uint8");
  static constexpr std::int32_t zero = std::is_signed_v<Code> ? -128 : 0;  // of a probability in 255ths

  static constexpr nn::signal::SlidingSettings<Code> settings{
      .threshold = static_cast<std::int32_t>(255 * model::cutoff + 0.5f) + zero, .hold = model::hold};
  using Decision = nn::signal::SlidingDecision<Code, 1, model::window, settings>;

  static constexpr std::string_view name(std::size_t) { return model::word; }
  static constexpr float share(std::int32_t sum) {
    return (static_cast<float>(sum) / Decision::window - static_cast<float>(zero)) / 255;
  }
};

}  // namespace wake_word
