// Codes of which one side has 16 bits, in another scale.
#pragma once

#include "nn/int16/rescale.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

template <class To = std::int16_t, class From = std::int16_t>
void apply_rescale(Lowering& node, Scale positive, Scale negative, Range range) {
  node.apply(nn::int16::Rescale<To, From>{
      .count = node.count(), .zero = zero(node.input()), .positive = positive, .negative = negative, .range = range});
}

}  // namespace tools::importer
