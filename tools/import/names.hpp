// What the parts of a model are called in sentences and tables.
#pragma once

#include <string>
#include <string_view>

#include "tools/data/text.hpp"
#include "tools/import/model.hpp"

namespace tools::importer {

const char* name(Type type);

// In quotes; what is not plain ASCII as ?, a long one cut in its middle.
std::string in_quotes(std::string_view name);

// "tensor 3 "conv/bias"", "operator 2 CONV_2D"; what stands before the colon in failures.
std::string label(const Model& model, int tensor);
std::string label(const Operator& operation, std::size_t index);

}  // namespace tools::importer
