// error: nn::LayerWithMemory: a layer of this network has memory, but no forward that takes it
#include "nn/nn.hpp"

struct Coin {
  static constexpr std::string_view name = "Coin";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    struct TrainingState {
      bool passes;
    };
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto, auto) {}
  };
};
using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, Coin>;
constexpr auto layers = std::tuple_size_v<Net::Bounds>;
