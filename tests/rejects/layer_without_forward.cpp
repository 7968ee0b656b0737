// error: nn::Layer: a layer of this network lacks its output shape, its Parameters, or a forward from x to y
#include "nn/nn.hpp"

struct Negate {
  static constexpr std::string_view name = "Negate";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
  };
};
using Net = nn::Network<float, nn::Input<2>, nn::Dense<2>, Negate>;
constexpr auto layers = std::tuple_size_v<Net::Bounds>;
