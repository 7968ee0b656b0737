// error: nn::TrainingImage: the optimizer does not tell its settings, it needs a name and for_each_setting
#include "nn/nn.hpp"

struct Plain {
  static constexpr std::size_t copies = 0;
  float rate = 0.1f;
  constexpr void begin_step() {}
  template <class A, class Kernels>
  constexpr auto step(auto, auto g) const {
    return A::scaled(rate, g);
  }
};

using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Softmax>;
nn::Trainer<Net, nn::CrossEntropy, Plain> trainer{{}, 1};
std::uint32_t step;
nn::TrainingImage image{trainer, step};
