// empty model: int8
// What every program of a whole model has besides the model; tools/bench subtracts its size.
#include "model.hpp"
#include "work.hpp"

struct Nothing {
  static constexpr std::string_view kind = "Nothing";

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::in_place; }

  template <class Kernels>
  void run(nn::graph::Call, std::int8_t* y, const std::int8_t* x) const { asm volatile("" ::"r"(y), "r"(x) : "memory"); }
};
inline constexpr Nothing nothing;
using Codes = nn::Tensor<std::int8_t, 4>;
using Net = nn::Graph<nn::Tensors<Codes, Codes>, nn::Inputs<0>, nn::Outputs<1>, nn::Apply<nothing, 1, 0>>;

alignas(4) static constexpr std::int8_t codes[4]{};
static constexpr const void* tensors[]{codes};

int main() {
  bench::model<bench::Models<Net>, Net, false>(bench::work.name, bench::work.arithmetic, 1, tensors, tensors);
  return 0;
}
