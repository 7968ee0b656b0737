// What is known beforehand is computed here: an operator all of whose inputs are constants runs once, on this machine, with the
// kernels that the network would have; others may know their output without (OperatorFacts::fold).
#pragma once

#include "tools/import/operator_kind.hpp"

namespace tools::importer {

// The bytes of its outputs; none if they are not known.
std::vector<std::vector<std::uint8_t>> fold(const Node& node, const OperatorKind& kind);

}  // namespace tools::importer
