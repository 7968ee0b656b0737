// empty model: int8
// What every program of a whole model has besides the model; tools/bench subtracts its size.
#include "model.hpp"
#include "work.hpp"

struct Nothing {
  static constexpr std::string_view kind = "Nothing";

  constexpr nn::int8::Overlap overlap(int) const { return nn::int8::in_place; }
  constexpr std::int32_t scratch() const { return 0; }
  constexpr std::int64_t products() const { return 0; }

  template <class Kernels>
  void run(nn::int8::Call, std::int8_t* y, const std::int8_t* x) const { asm volatile("" ::"r"(y), "r"(x) : "memory"); }
};
inline constexpr Nothing nothing;
using Net = nn::int8::Graph<nn::int8::Tensors<4, 4>, nn::int8::Inputs<0>, nn::int8::Outputs<1>, nn::int8::Apply<nothing, 1, 0>>;

alignas(4) static constexpr std::int8_t codes[4]{};
static constexpr const std::int8_t* tensors[]{codes};

int main() {
  bench::model<bench::Models<Net>, Net, false, false>(bench::work.name, bench::work.arithmetic, 1, tensors, tensors);
  return 0;
}
