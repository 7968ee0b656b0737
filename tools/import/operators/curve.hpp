// Functions of one float32 number.
#pragma once

#include "nn/float32/activation.hpp"
#include "tools/import/operators/float.hpp"

namespace tools::importer {

inline void apply_curve(Lowering& node, nn::float32::Curve curve, float slope = 1, nn::float32::Limits range = unlimited) {
  node.apply(nn::float32::Activation{.count = node.count(), .curve = curve, .slope = slope, .limits = range});
}

}  // namespace tools::importer
