#include "tools/import/int8_lowering.hpp"

namespace tools::importer {

namespace {

class WholeLowering : public Int8Lowering {
 public:
  using Int8Lowering::Int8Lowering;

  Network network() && {
    for (int input : model.inputs) result.inputs.push_back(tensor(input));
    for (index = 0; index < model.operators.size(); ++index) lower_operator();
    for (int output : model.outputs) {
      result.outputs.push_back(tensor(output));
      if (!result.tensors[static_cast<std::size_t>(result.outputs.back())].constant.empty())
        throw refusal(output, "is a constant, though an output of the model", "a tensor that is computed");
    }
    return std::move(result);
  }

 private:
  bool has_first_input() const { return !operation().inputs.empty() && operation().inputs[0] >= 0; }

  void lower_operator() {
    const Op op = operation().op;
    for (const std::vector<int>* tensors : {&operation().inputs, &operation().outputs})
      for (int number : *tensors)
        if (number >= 0) require_size(number);
    if (op == Op::other) refuse("is not supported", supported(has_first_input() ? in(0).type : Type::int8));
    require(options().activation != tflite::Activation::other, "has a fused activation of another kind",
            "none, RELU, RELU_N1_TO_1 or RELU6");
    if (move()) return;
    if (op == Op::reshape || op == Op::squeeze || op == Op::expand_dims) return remove();
    if (op == Op::quantize && in(0).type == Type::float32 && out().type != Type::int16) return quantize();
    if (op == Op::dequantize && in(0).type != Type::int16) return dequantize();
    if (in(0).type == Type::int16 || out().type == Type::int16) return lower_int16();
    if (in(0).type == Type::float32) return lower_float();
    lower_int8();
  }
};

// SPLIT and TRANSPOSE_CONV have other inputs before the one that is computed, which comes first here as it does elsewhere: so the
// latter's weights and bias stand where those of a convolution do.
tflite::Model in_order(tflite::Model model) {
  for (tflite::Operator& operation : model.operators) {
    if (operation.op == Op::split) std::swap(operation.inputs[0], operation.inputs[1]);
    if (operation.op == Op::transpose_conv) {
      std::swap(operation.inputs[0], operation.inputs[2]);
      operation.inputs.erase(operation.inputs.begin() + 2);
    }
  }
  return model;
}

}  // namespace

Network lower(const tflite::Model& model) {
  const tflite::Model ordered = in_order(model);
  return WholeLowering{ordered}.network();
}

}  // namespace tools::importer
