// error: nn::LayerThatLearns: a layer of this network lacks backward, a gradient of its Parameters, or learn in place of both
#include "nn/nn.hpp"

struct Offset {
  static constexpr std::string_view name = "Offset";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    struct Parameters {
      std::array<typename Arithmetic::Accumulator, Input.size()> offset;
    };
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto, auto) {}
    template <class Kernels>
    static constexpr void backward(const Parameters&, auto, auto, auto, auto) {}
  };
};
using Net = nn::Network<float, nn::Input<2>, Offset>;
float step(nn::Trainer<Net, nn::MeanSquaredError>& trainer, const std::array<float, 2>& x) { return trainer.step(x, x); }
