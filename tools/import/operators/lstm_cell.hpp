// The cell of a long short-term memory on codes, but for its gates and for how much it may hold.
#pragma once

#include "nn/int8/lstm_cell.hpp"
#include "tools/import/operators/gate.hpp"
#include "tools/import/operators/int16_tables.hpp"

namespace tools::importer {

// c is in 2^-cell_bits.
template <class Code>
nn::int8::LstmCellOf<Code> lstm_cell(Lowering& node, int cell_bits) {
  return {.gates = {},
          .cell_bits = cell_bits,
          .output_scale = output_scale(node),
          .cell_input = cell_bits <= 12 ? nn::int16::SigmoidInput{3 << (12 - cell_bits), 0} : nn::int16::SigmoidInput{3, cell_bits - 12},
          .clip = 32768,
          .zero = zero(node.output()),
          .table = node.keep(sigmoid_table())};
}

}  // namespace tools::importer
