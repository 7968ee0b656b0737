// LOG_SOFTMAX over the last dimension.
#include <cmath>

#include "nn/float32/log_softmax.hpp"
#include "nn/int8/log_softmax.hpp"
#include "tools/import/operators/elementwise.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

namespace {

void lower_int8(Lowering& node, std::int32_t rows, std::int32_t classes) {
  constexpr std::int32_t most_classes = 4095;
  const Tensor& y = node.output();
  node.require(scale(y) == 16.0f / 256 && zero(y) == 127, "has an output of another scale", "scale 1/16 and zero point 127");
  if (classes > most_classes) node.refuse(text("has ", classes, " classes"), text("at most ", most_classes));
  const Scale of_logits = fixed_scale(std::min(static_cast<double>(scale(node.input())) * (1 << 26), 2147483647.0));
  node.require(of_logits.shift > 0 && of_logits.multiplier > 0, "has inputs of a very small scale", "a scale of at least 2^-26");
  const Scale back = fixed_scale(std::ldexp(1.0, 31 - of_logits.shift) / of_logits.multiplier);
  node.apply(nn::int8::LogSoftmax{
      .rows = rows, .classes = classes, .scale = of_logits, .back = back, .least_difference = -input_radius(5, of_logits.shift)});
}

void lower(Lowering& node) {
  const Shape& shape = node.input().shape;
  const std::int32_t classes = shape.empty() ? 1 : shape.back(), rows = node.count() / classes;
  if (node.input().type == Type::int8) return lower_int8(node, rows, classes);
  node.apply(nn::float32::LogSoftmax{.rows = rows, .classes = classes});
}

const OperatorKind log_softmax{
    {.name = "log_softmax", .types = {Type::float32, Type::int8}, .check = check_like_input, .lower = lower}};

}  // namespace

}  // namespace tools::importer
