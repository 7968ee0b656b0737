// error: nn::Trainer: a layer of this network has no backward pass and cannot learn
#include "nn/nn.hpp"

struct Negate {
  static constexpr std::string_view name = "Negate";
  template <class A, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto, auto) {}
  };
};
using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, Negate>;
float step(nn::Trainer<Net, nn::MeanSquaredError>& trainer, const std::array<float, 2>& x) { return trainer.step(x, x); }
