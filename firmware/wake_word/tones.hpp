// The words of draw_tones, by a network that was trained on them and brought to int8.
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

#include "nn/signal/sliding_decision.hpp"
#include "weights.hpp"

namespace wake_word {

struct Words {
  using Pipeline = tones_int8::Pipeline;
  static constexpr std::size_t classes = std::size(tones_int8::class_names);
  static constexpr auto nothing = static_cast<std::size_t>(
      std::ranges::find(tones_int8::class_names, std::string_view{"nothing"}) - std::begin(tones_int8::class_names));
  static constexpr nn::signal::SlidingSettings<std::int8_t> settings{
      .threshold = tones_int8::output_0.code(0.7f), .hold = 8, .warm_up = 7, .background = nothing};
  using Decision = nn::signal::SlidingDecision<std::int8_t, classes, 3, settings>;

  static constexpr std::string_view name(std::size_t which) { return tones_int8::class_names[which]; }
  static constexpr float share(std::int32_t sum) {
    const auto code = static_cast<float>(sum) / Decision::window;
    return tones_int8::output_0.scale * (code - static_cast<float>(tones_int8::output_0.zero));
  }
};

}  // namespace wake_word
