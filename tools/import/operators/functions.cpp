// Functions of one float32 number, and of int8 codes where a table is made: NEG, SQUARE, SQRT, EXP and LOG.
#include "nn/float32/function.hpp"
#include "tools/import/operators/elementwise.hpp"

namespace tools::importer {

namespace {

template <nn::float32::Function Which>
void lower(Lowering& node) {
  node.apply(nn::float32::Each{.count = node.count(), .function = Which});
}

using nn::float32::Function;
const OperatorKind neg{{.name = "neg", .types = {Type::float32}, .check = check_like_input, .lower = lower<Function::negative>}};
const OperatorKind square{
    {.name = "square", .types = {Type::float32}, .check = check_like_input, .lower = lower<Function::square>}};
const OperatorKind sqrt{
    {.name = "sqrt", .types = {Type::float32}, .check = check_like_input, .lower = lower<Function::square_root>}};
const OperatorKind exp{
    {.name = "exp", .types = {Type::float32}, .check = check_like_input, .lower = lower<Function::exponential>}};
const OperatorKind log{{.name = "log", .types = {Type::float32}, .check = check_like_input, .lower = lower<Function::logarithm>}};

}  // namespace

}  // namespace tools::importer
