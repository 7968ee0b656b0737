#include "tools/import/operators/gate.hpp"

#include <cmath>

#include "tools/import/operators/state.hpp"
#include "tools/import/rows.hpp"

namespace tools::importer {

namespace {

std::vector<std::int32_t> with_zero(const std::vector<std::int64_t>& bias, const std::vector<std::int8_t>& weight,
                                    std::int32_t zero) {
  std::vector<std::uint32_t> sum(bias.begin(), bias.end());
  subtract_zero(sum, weight, zero);
  return {sum.begin(), sum.end()};
}

bool simple_rows(const std::vector<std::int32_t>& bias, const std::vector<std::int8_t>& weight, const Scale& scale) {
  const std::size_t depth = weight.size() / bias.size();
  return simple(bias, weight, std::vector{scale}, [depth](std::size_t i) { return i / depth; });
}

}  // namespace

nn::int8::Gate keep_gate(Lowering& node, GateNumbers numbers, std::int32_t zero_x, std::int32_t zero_h) {
  numbers.recurrent_bias.resize(numbers.bias.size(), 0);
  const std::vector<std::int32_t> bias = with_zero(numbers.bias, numbers.weight, zero_x),
                                  recurrent_bias = with_zero(numbers.recurrent_bias, numbers.recurrent, zero_h);
  const bool is_simple =
      simple_rows(bias, numbers.weight, numbers.scale) && simple_rows(recurrent_bias, numbers.recurrent, numbers.recurrent_scale);
  return {{node.keep(std::move(numbers.weight)), node.keep(std::move(numbers.recurrent)), node.keep(bias)},
          numbers.scale, numbers.recurrent_scale, node.keep(recurrent_bias), is_simple};
}

Scale output_scale(const Node& node) {
  const float of = scale(node.output());
  const Scale made = fixed_scale(std::ldexp(1.0, -30) / static_cast<double>(of));
  node.require(made.shift <= -2, [&] { return text("has an output of the scale ", of); }, "one above 2^-28, and 4 at most");
  return made;
}

}  // namespace tools::importer
