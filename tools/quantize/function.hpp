// A layer that is a function of one number, as an operator of the importer: in float it is the layer's own function, on int8 a
// table of the codes of that function's values, each the nearest one. So every layer that nn::Elementwise<Function> makes has
// an int8 form.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/number/arithmetic.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/operators/lookup.hpp"

namespace tools::quantizer {

// Runs on this machine alone, to find ranges; no header has it.
template <class Function>
struct EachNumber {
  static constexpr std::string_view kind = Function::name;

  std::int32_t count;

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::in_place; }
  constexpr void members(auto&& list) const { list("count", count); }

  template <class Kernels>
  void run(nn::graph::Call, float* y, const float* x) const {
    for (std::int32_t i = 0; i < count; ++i) y[i] = Function::template value<nn::ArithmeticOf<float>>(x[i]);
  }
};

template <class Function>
void lower_function(importer::Lowering& node) {
  const importer::Tensor &x = node.input(), &y = node.output();
  if (x.type == importer::Type::float32) return node.apply(EachNumber<Function>{node.count()});
  const nn::int8::Affine from{importer::scale(x), importer::zero(x)}, to{importer::scale(y), importer::zero(y)};
  importer::apply_table(node, [&](std::int32_t code) {
    return to.code(Function::template value<nn::ArithmeticOf<float>>(from.real(static_cast<std::int8_t>(code))));
  });
}

template <class Function>
const importer::OperatorKind function_kind{{.name = Function::name,
                                            .types = {importer::Type::float32, importer::Type::int8},
                                            .check = importer::check_like_input,
                                            .lower = lower_function<Function>}};

}  // namespace tools::quantizer
