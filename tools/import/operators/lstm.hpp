// A long short-term memory on codes, but for its shape, its gates and what clips its cell.
#pragma once

#include "nn/int8/lstm.hpp"
#include "tools/import/operators/gate.hpp"
#include "tools/import/operators/int16_tables.hpp"

namespace tools::importer {

// c is in 2^-cell_bits.
template <class Code>
nn::int8::LstmOf<Code> coded_lstm(Lowering& node, int cell_bits) {
  nn::int8::LstmOf<Code> made{};
  made.cell_bits = cell_bits;
  made.output_scale = output_scale(node);
  made.cell_input =
      cell_bits <= 12 ? nn::int16::SigmoidInput{3 << (12 - cell_bits), 0} : nn::int16::SigmoidInput{3, cell_bits - 12};
  made.clip = 32768;
  made.zero = zero(node.output());
  made.table = node.keep(sigmoid_table());
  return made;
}

}  // namespace tools::importer
