// The cells of an LSTM_SEQUENCE after every step, as an operator of the importer that has the same inputs: what stays inside a
// layer is no tensor, but its range is wanted. Runs on this machine alone, to find ranges; no header has it.
#pragma once

#include "tools/import/operator_kind.hpp"

namespace tools::quantizer {

extern const importer::OperatorKind lstm_cells;

}  // namespace tools::quantizer
