// ChosenOptimizer: one of a trainer's optimizers (has_optimizer.hpp), chosen at run time, with weight decay and a limit for each
// element of a gradient; nn::ClipNorm stands around it. All of a Trainer but its update is then compiled once for all of them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <variant>

#include "nn/nn.hpp"
#include "tools/data/failure.hpp"
#include "tools/train/has_optimizer.hpp"
#include "tools/train/learner_choice.hpp"

namespace tools {

class ChosenOptimizer {
  template <class Optimizer>
  using Limited = nn::ClipValue<nn::WeightDecay<Optimizer>>;
  template <class Optimizer>
  static constexpr std::size_t copies_of = has_optimizer<Optimizer> ? Optimizer::copies : 0;

 public:
  static constexpr std::size_t copies =
      std::max({copies_of<nn::Sgd>, copies_of<nn::Momentum>, copies_of<nn::RmsProp>, copies_of<nn::Adam>});

  explicit ChosenOptimizer(const LearnerChoice& choice) {
    const auto choose = [&]<class Optimizer>(const Optimizer& optimizer) {
      one = Limited<Optimizer>{{{optimizer}, choice.decay}, choice.largest};
      known = has_optimizer<Optimizer>;
    };
    if (choice.optimizer == "sgd") choose(nn::Sgd{});
    if (choice.optimizer == "rmsprop") choose(nn::RmsProp{});
    if (choice.optimizer == "adam") choose(nn::Adam{});
    if (choice.optimizer == "momentum" || choice.optimizer == "nesterov")
      choose(nn::Momentum{.momentum = choice.momentum, .nesterov = choice.optimizer == "nesterov"});
    if (!known)
      throw Failure{"--optimizer " + choice.optimizer +
                    " is not in this trainer; expected one that OPTIMIZERS of its nn_train_tool names"};
  }

  // apply(the one that was chosen)
  void as_chosen(auto&& apply) {
    with<nn::Sgd>(apply);
    with<nn::Momentum>(apply);
    with<nn::RmsProp>(apply);
    with<nn::Adam>(apply);
  }

  void set_rate(float rate) {
    as_chosen([&](auto& optimizer) {
      optimizer.rate = rate;
      is_sound = optimizer.sound();
    });
  }
  bool sound() const { return is_sound; }  // once there is a rate
  void begin_step() {
    as_chosen([](auto& optimizer) { optimizer.begin_step(); });
  }

 private:
  template <class Optimizer>
  void with(auto& apply) {
    if constexpr (has_optimizer<Optimizer>)
      if (auto* const chosen = std::get_if<Limited<Optimizer>>(&one)) apply(*chosen);
  }

  std::variant<Limited<nn::Sgd>, Limited<nn::Momentum>, Limited<nn::RmsProp>, Limited<nn::Adam>> one;
  bool known = false, is_sound = false;
};

}  // namespace tools
