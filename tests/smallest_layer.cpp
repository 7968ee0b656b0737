// The least a user must write for a layer of their own. If it stops compiling, the requirement grew.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

struct Negate {
  static constexpr std::string_view name = "Negate";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    using Parameters = nn::NoParameters;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto x, auto y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = -x[i];
    }
  };
};

using Net = nn::Network<float, nn::Input<2>, Negate, nn::Dense<1>>;
static_assert(Net::forward({{}, {{.weight = {{{2, -1}}}, .bias = {10}}}}, {3, 4}) == Net::Output{8});
static_assert(nn::cost<Net>.layers[0].name == "Negate");

}  // namespace

int main() { return 0; }
