// Functions of one float32 number that TensorFlow Lite does not have.
#include "nn/float32/celu.hpp"
#include "nn/float32/clip.hpp"
#include "nn/float32/erf.hpp"
#include "nn/float32/gelu.hpp"
#include "nn/float32/hard_sigmoid.hpp"
#include "nn/float32/mish.hpp"
#include "nn/float32/power.hpp"
#include "nn/float32/reciprocal.hpp"
#include "nn/float32/scaled_elu.hpp"
#include "nn/float32/softplus.hpp"
#include "nn/float32/softsign.hpp"
#include "nn/float32/thresholded_relu.hpp"
#include "tools/import/operators/map.hpp"

namespace tools::importer {

namespace {

using namespace nn::float32;

void lower_clip(Lowering& node) {
  const auto* least = node.op.attributes.find<float>("least");
  const auto* most = node.op.attributes.find<float>("most");
  apply_map(node, Clip{least == nullptr ? -std::numeric_limits<float>::infinity() : *least,
                       most == nullptr ? std::numeric_limits<float>::infinity() : *most});
}
void lower_celu(Lowering& node) {
  node.require(node.real("alpha", 1) != 0, "has the alpha 0", "another");
  apply_map(node, Celu{node.real("alpha", 1)});
}

const OperatorKind clip{{.name = "clip", .types = {Type::float32}, .check = check_like_input, .lower = lower_clip}};
const OperatorKind celu{{.name = "celu", .types = {Type::float32}, .check = check_like_input, .lower = lower_celu}};
const OperatorKind power{{.name = "power", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
                            apply_map(node, Power{node.real("exponent", 1)});
                          }}};
const OperatorKind scaled_elu{
    {.name = "scaled_elu", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, ScaledElu{node.real("alpha", 1), node.real("gamma", 1)});
     }}};
const OperatorKind hard_sigmoid{
    {.name = "hard_sigmoid", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, HardSigmoid{node.real("alpha", 0.2f), node.real("beta", 0.5f)});
     }}};
const OperatorKind thresholded{
    {.name = "thresholded_relu", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, ThresholdedRelu{node.real("alpha", 1)});
     }}};
const OperatorKind reciprocal{
    {.name = "reciprocal", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, Reciprocal{});
     }}};
const OperatorKind softplus{
    {.name = "softplus", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, Softplus{});
     }}};
const OperatorKind softsign{
    {.name = "softsign", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, Softsign{});
     }}};
const OperatorKind mish{{.name = "mish", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
                           apply_map(node, Mish{});
                         }}};
const OperatorKind erf{{.name = "erf", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
                          apply_map(node, Erf{});
                        }}};
const OperatorKind gelu{{.name = "gelu", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
                           apply_map(node, Gelu{false});
                         }}};
const OperatorKind gelu_tanh{
    {.name = "gelu_tanh", .types = {Type::float32}, .check = check_like_input, .lower = [](Lowering& node) {
       apply_map(node, Gelu{true});
     }}};

}  // namespace

}  // namespace tools::importer
