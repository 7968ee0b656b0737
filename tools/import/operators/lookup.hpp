// Functions of one int8 number: tables of 256 codes, made here as TensorFlow Lite's integer kernels compute them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>

#include "nn/int8/lookup.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

inline std::int8_t bounded(std::int64_t value, std::int32_t least = -128, std::int32_t most = 127) {
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(value, least, most));
}

// A code in another scale as LiteRT with XNNPACK has it: a multiplier with 8 bits behind the point, halves up.
inline std::int64_t rescaled_half_up(std::int32_t difference, float by, std::int64_t zero) {
  return zero + ((difference * static_cast<std::int64_t>(std::nearbyint(256 * by)) + 128) >> 8);
}

// of(code): the output's code for an input's. Both have 8 bits.
template <class To = std::int8_t, class From = std::int8_t>
void apply_table(Lowering& node, auto of) {
  std::vector<To> values;
  for (std::int32_t code = std::numeric_limits<From>::min(); code <= std::numeric_limits<From>::max(); ++code)
    values.push_back(static_cast<To>(of(code)));
  node.apply(nn::int8::LookupOf<To, From>{.count = node.count(), .table = node.keep(std::move(values))});
}

}  // namespace tools::importer
