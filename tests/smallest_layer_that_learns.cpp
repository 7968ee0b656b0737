// The least a user must write for a layer with parameters that learn (nn::LayerThatLearns). If it stops compiling, the
// requirement grew.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

// y = x + offset
struct Offset {
  static constexpr std::string_view name = "Offset";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    struct Parameters {
      std::array<typename Arithmetic::Accumulator, Input.size()> offset;
    };
    template <class Kernels>
    static constexpr void forward(const Parameters& p, auto x, auto y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] + p.offset[i];
    }
    template <class Kernels>
    static constexpr void backward(const Parameters&, auto, auto, auto g, auto dx) {
      for (std::size_t i = 0; i < g.size(); ++i) dx[i] = g[i];
    }
    static constexpr void gradient(auto, auto g, auto& sink) {
      sink.add([](auto& parameters) -> auto& { return parameters.offset; }, g);
    }
  };
};

// ∂L/∂y = 2·(1 - 3), of which half the opposite is 2; the layer behind passes it on as it is.
using Net = nn::Network<float, nn::Input<1>, Offset, Offset>;
constexpr auto learnt = [] {
  nn::Trainer<Net, nn::MeanSquaredError> trainer{{.rate = 0.5f}, Net::Parameters{}};
  const std::array<float, 1> x{1}, target{3};
  trainer.step(x, target);
  return trainer.parameters;
}();
static_assert(nn::get<0>(learnt).offset[0] == 2 && nn::get<1>(learnt).offset[0] == 2);

}  // namespace

int main() { return 0; }
