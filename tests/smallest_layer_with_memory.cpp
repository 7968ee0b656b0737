// The least a user must write for a layer with memory (nn::LayerWithMemory): of training alone, or of inference, too. If it stops
// compiling, the requirement grew.
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

// In training y is x or 0, as a coin falls.
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
    static constexpr void forward(const Parameters&, auto x, auto y) {
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i];
    }
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto x, auto y, TrainingState& state, nn::Random& random) {
      state.passes = random.next() % 2 == 0;
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = state.passes ? x[i] : 0;
    }
    template <class Kernels>
    static constexpr void backward(const Parameters&, auto, auto, auto g, auto dx, const TrainingState& state) {
      for (std::size_t i = 0; i < g.size(); ++i) dx[i] = state.passes ? g[i] : 0;
    }
  };
};

// y = x backwards, by a copy that its workspace holds.
struct Backwards {
  static constexpr std::string_view name = "Backwards";
  template <class Arithmetic, nn::Shape Input>
  struct Bound {
    static constexpr nn::Shape output = Input;
    static constexpr bool in_place = true;
    using Parameters = nn::NoParameters;
    using Workspace = std::array<typename Arithmetic::Input, Input.size()>;
    using TrainingState = Workspace;
    template <class Kernels>
    static constexpr void forward(const Parameters&, auto x, auto y, Workspace& copy) {
      for (std::size_t i = 0; i < x.size(); ++i) copy[i] = x[i];
      for (std::size_t i = 0; i < x.size(); ++i) y[i] = copy[x.size() - 1 - i];
    }
    template <class Kernels>
    static constexpr void forward(const Parameters& p, auto x, auto y, TrainingState& copy, auto&) {
      forward<Kernels>(p, x, y, copy);
    }
  };
};

using Net = nn::Network<float, nn::Input<2>, Backwards, nn::Dense<1>, Coin>;
static_assert(Net::forward({{}, {{.weight = {{{2, -1}}}, .bias = {10}}}, {}}, {3, 4}) == Net::Output{4 * 2 - 3 + 10});

// Of 64 samples some change the bias and some do not.
constexpr std::size_t changes = [] {
  nn::Trainer<Net, nn::MeanSquaredError> trainer{{.rate = 0.01f}, Net::Parameters{}};
  const std::array<float, 2> x{};
  const std::array<float, 1> target{1};
  std::size_t found = 0;
  for (int sample = 0; sample < 64; ++sample) {
    const auto before = nn::get<1>(trainer.parameters).bias;
    trainer.step(x, target);
    if (nn::get<1>(trainer.parameters).bias != before) ++found;
  }
  return found;
}();
static_assert(changes > 16 && changes < 48);

}  // namespace

int main() { return 0; }
