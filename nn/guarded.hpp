// Guarded<Trainer, Keeper>: a Trainer under watch. Every so many steps it looks at
//   the loss         the mean of the steps since the last look
//   a few samples    held back from training: their loss and accuracy
//   saturation       in fixed point, the share of parameters that are at a limit of their format
// If all is well, it lets the Keeper keep what was learnt; if something has become worse than it was by more than a limit, it
// says what, and goes back to what was kept last. It says too if a sample was refused (nn/trainer.hpp).
//
//   nn::KeptInMemory keeper{trainer};                       or nn::KeptInStore{store, image}
//   nn::Guarded guarded{trainer, keeper, held};             held: a range of Trainer::Sample that stays where it is
//   const auto noticed = guarded.step(x, target);
//   nn::describe(noticed.what)                              "the held samples are decided worse; went back"
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/fields.hpp"
#include "nn/number/bits.hpp"
#include "nn/number/fixed.hpp"
#include "nn/store/save.hpp"

namespace nn {

enum class Notice : std::uint8_t { nothing, kept, not_kept, refused, loss_rose, held_loss_rose, accuracy_fell, saturated };

constexpr std::string_view describe(Notice notice) {
  switch (notice) {
    case Notice::nothing: return "nothing to be said";
    case Notice::kept: return "all is well; kept";
    case Notice::not_kept: return "all is well; but it could not be kept";
    case Notice::refused: return "the sample was refused; nothing changed";
    case Notice::loss_rose: return "the loss has risen; went back";
    case Notice::held_loss_rose: return "the loss of the held samples has risen; went back";
    case Notice::accuracy_fell: return "the held samples are decided worse; went back";
    case Notice::saturated: return "parameters are at the limit of their format; went back";
  }
  return "";
}

// How much worse than the best so far is too much.
struct GuardLimits {
  std::uint32_t steps = 64;       // from look to look
  float loss_rise = 1;            // of a mean loss
  float accuracy_fall = 0.15f;    // of the held samples
  float saturated = 0.01f;        // share of the parameters
};

// Keeps a copy of the whole Trainer: parameters, settings, what the optimizer keeps.
template <class Trainer>
class KeptInMemory {
 public:
  constexpr explicit KeptInMemory(const Trainer& trainer) : copy{trainer} {}

  constexpr bool keep(const Trainer& trainer) {
    copy = trainer;
    return true;
  }
  constexpr bool restore(Trainer& trainer) const {
    trainer = copy;
    return true;
  }

 private:
  Trainer copy;
};

// Keeps images in a store (nn/store); Image is a TrainingImage of the guarded Trainer.
template <class Store, class Image>
class KeptInStore {
 public:
  constexpr KeptInStore(Store& images, Image& whole) : store{images}, image{whole} {}

  constexpr bool keep(const auto&) { return save(store, image) == StoreStatus::ok; }
  constexpr bool restore(auto&) { return load(store, image) == ImageStatus::ok; }

 private:
  Store& store;
  Image& image;
};

// The share of numbers that are the largest or least of their format, or not finite.
template <class Parameters>
constexpr float saturation(const Parameters& parameters) {
  std::uint32_t at_limit = 0, all = 0;
  for_each_row(
      [&](const auto& row) {
        for (const auto& number : row) {
          using Number = std::remove_cvref_t<decltype(number)>;
          ++all;
          if constexpr (std::is_floating_point_v<Number>) at_limit += Bits<Number>::is_finite(number) ? 0u : 1u;
          else at_limit += number == Number::highest() || number == Number::lowest() ? 1u : 0u;
        }
      },
      parameters);
  return all == 0 ? 0 : static_cast<float>(at_limit) / static_cast<float>(all);
}

template <class Trainer, class Keeper>
class Guarded {
  using Sample = typename Trainer::Sample;

 public:
  struct Noticed {
    float loss = 0;  // of the step
    Notice what = Notice::nothing;
  };

  // Keeps at once what the Trainer knows already.
  constexpr Guarded(Trainer& learner, Keeper& keeps, std::span<const Sample> held_back, const GuardLimits& limits_of_change = {})
      : trainer{learner}, keeper{keeps}, held{held_back}, limits{limits_of_change} {
    look_at_held();
    best_held_loss = held_loss;
    best_accuracy = accuracy;
    kept = keeper.keep(trainer);
  }

  // A step of the Trainer, and a look if it is time.
  constexpr Noticed step(auto x, auto target) {
    const std::uint32_t refused = trainer.refused();
    const auto loss = static_cast<float>(trainer.step(x, target));
    if (trainer.refused() != refused) return {0, Notice::refused};
    sum += loss;
    return {loss, ++since < limits.steps ? Notice::nothing : look()};
  }

  // Looks now, and goes back if need be.
  constexpr Notice look() {
    const float mean = since == 0 ? best_loss : sum / static_cast<float>(since);
    const bool first = best_loss < 0;
    since = 0;
    sum = 0;
    look_at_held();
    const Notice found = judge(mean, first);
    if (found != Notice::kept) {
      ++returns;
      if (kept && keeper.restore(trainer)) look_at_held();
      return found;
    }
    if (first || mean < best_loss) best_loss = mean;
    if (held_loss < best_held_loss) best_held_loss = held_loss;
    if (accuracy > best_accuracy) best_accuracy = accuracy;
    if (!keeper.keep(trainer)) return Notice::not_kept;
    kept = true;
    return Notice::kept;
  }

  // As of the last look, after going back if it did.
  float loss_of_held() const { return held_loss; }
  float accuracy_of_held() const { return accuracy; }
  // How often it went back.
  std::uint32_t went_back() const { return returns; }

 private:
  constexpr void look_at_held() {
    const auto found = trainer.evaluate(held);
    held_loss = found.loss;
    accuracy = found.accuracy;
  }

  // A NaN is not within a limit either.
  constexpr Notice judge(float mean, bool first) const {
    const auto within = [](float value, float most) { return Bits<float>::is_finite(value) && value <= most; };
    if (!within(saturation(trainer.parameters), limits.saturated)) return Notice::saturated;
    if (accuracy < best_accuracy - limits.accuracy_fall) return Notice::accuracy_fell;
    if (!within(held_loss, best_held_loss + limits.loss_rise)) return Notice::held_loss_rose;
    if (!within(mean, first ? mean : best_loss + limits.loss_rise)) return Notice::loss_rose;
    return Notice::kept;
  }

  Trainer& trainer;
  Keeper& keeper;
  std::span<const Sample> held;
  GuardLimits limits;
  float sum = 0, best_loss = -1, held_loss = 0, best_held_loss = 0, accuracy = 0, best_accuracy = 0;
  std::uint32_t since = 0, returns = 0;
  bool kept = false;
};

}  // namespace nn
