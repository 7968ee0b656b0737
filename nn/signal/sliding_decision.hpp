// SlidingDecision: from the scores of windows that overlap to words: a class is told once the mean of its last scores is at least
// a threshold and that of no other class is above it; then nothing is told for a while.
//
//   inline constexpr SlidingSettings<std::int8_t> settings{.threshold = 64, .hold = 5, .background = 1};
//   SlidingDecision<std::int8_t, 4, 3, settings> decision;
//   if (const auto word = decision.add(scores)) …      word->which of 4 classes; word->sum of its last 3 scores
//
// Scores are codes or float; the threshold is in their unit.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <type_traits>

namespace nn::signal {

template <class Score>
using SumOfScores = std::conditional_t<std::floating_point<Score>, float, std::int32_t>;

template <class Score>
struct SlidingSettings {
  SumOfScores<Score> threshold;
  std::uint32_t hold = 0;                               // scores after a word for which nothing is told
  std::uint32_t warm_up = 0;                            // the same at the beginning, while a front end gets used to the noise
  std::size_t background = static_cast<std::size_t>(-1);  // the class that is never told, if there is one
};

template <class Score, std::size_t Classes, std::size_t Window, const SlidingSettings<Score>& Settings>
class SlidingDecision {
  static_assert(Window > 0, "nn::signal::SlidingDecision: a window has at least one score");

 public:
  using Total = SumOfScores<Score>;
  static constexpr std::size_t window = Window;

  struct Word {
    std::size_t which;
    Total sum;
  };

  constexpr std::optional<Word> add(std::span<const Score, Classes> scores) {
    std::copy(scores.begin(), scores.end(), last[next].begin());
    next = (next + 1) % Window;
    const std::uint32_t wanted = told ? Settings.hold + 1 : Settings.warm_up + static_cast<std::uint32_t>(Window);
    if (passed < wanted) ++passed;
    if (passed < wanted) return {};
    Word best{0, sum(0)};
    for (std::size_t which = 1; which < Classes; ++which)
      if (const Total found = sum(which); found > best.sum) best = {which, found};
    if (best.which == Settings.background || best.sum < Settings.threshold * static_cast<Total>(Window)) return {};
    told = true;
    passed = 0;
    return best;
  }

  constexpr void reset() {
    told = false;
    passed = 0;
    next = 0;
  }

 private:
  constexpr Total sum(std::size_t which) const {
    Total total = 0;
    for (const auto& scores : last) total += static_cast<Total>(scores[which]);
    return total;
  }

  std::array<std::array<Score, Classes>, Window> last{};
  std::size_t next = 0;
  std::uint32_t passed = 0;  // scores since the beginning, or since a word was told
  bool told = false;
};

}  // namespace nn::signal
