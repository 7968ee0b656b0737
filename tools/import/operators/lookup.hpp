// Functions of one int8 number: tables of 256 codes, made here as TensorFlow Lite's integer kernels compute them.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/int8/lookup.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/scales.hpp"

namespace tools::importer {

inline std::int8_t bounded(std::int64_t value, std::int32_t least = -128, std::int32_t most = 127) {
  return static_cast<std::int8_t>(std::clamp<std::int64_t>(value, least, most));
}

// of(code): the output's code for an input's.
void apply_table(Lowering& node, auto of) {
  std::vector<std::int8_t> values;
  for (std::int32_t code = -128; code < 128; ++code) values.push_back(of(code));
  node.apply(nn::int8::Lookup{.count = node.count(), .table = node.keep(std::move(values))});
}

}  // namespace tools::importer
