// train for a network that will be quantized: --quantize int8 learns the last part through the rounding of its int8 form.
#pragma once

#include "tools/train/int8_learner.hpp"
#include "tools/train/train.hpp"

namespace tools {

template <class Net, class Loss, class FrontEnd>
class Int8Training : public Training<Net, Loss, FrontEnd> {
 public:
  using Training<Net, Loss, FrontEnd>::Training;

 private:
  using typename Training<Net, Loss, FrontEnd>::Rounds;

  Rounds rounds() const override {
    if (!this->settings.quantize) return {};
    return [this](auto& floats, auto examples, std::uint32_t seed) {
      const auto& learnt = static_cast<NetworkLearner<Net, Loss>&>(floats).parameters();
      return make_int8_learner<Net, Loss>(this->settings.choice, learnt, examples, seed);
    };
  }
};

template <class Net, class Loss = UsualLoss<Net>, class FrontEnd = no_front_end::FrontEnd>
int train_int8_main(int count, char** arguments, const HeaderText& defaults) {
  return tool_main<Int8Training<Net, Loss, FrontEnd>>(count, arguments, defaults);
}

}  // namespace tools
