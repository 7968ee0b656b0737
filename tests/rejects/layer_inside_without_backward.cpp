// error: nn::LayerThatLearns: a layer of this network lacks backward, a gradient of its Parameters, or learn in place of both
#include "nn/nn.hpp"

struct Negate {
  static constexpr std::string_view name = "Negate";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto, auto) {}
  };
};
using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, nn::Residual<Negate>>;
float step(nn::Trainer<Net, nn::MeanSquaredError>& trainer, const std::array<float, 2>& x) { return trainer.step(x, x); }
