// error: tools/quantize: this Stranger, a layer of the network, has no int8 form; expected those of tools/quantize/layers.hpp, or an nn::Elementwise if it is a function of one number
#include "tools/quantize/layers.hpp"

struct Negate {
  static constexpr std::string_view name = "Negate";
  template <class A, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto x, auto y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = -x[i];
    }
  };
};

using Net = nn::Network<float, nn::Input<4>, nn::Dense<2>, Negate>;
auto model = tools::quantizer::float_model<Net>("made", {});
