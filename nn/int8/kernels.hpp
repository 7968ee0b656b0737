// Int8Kernels: the inner loops of quantized layers. A target may hide them with faster ones; sums of integers wrap
// modulo 2^32, so they are exact in any order as long as the last one fits.
#pragma once

#include <cstdint>

#include "nn/int8/add_kernels.hpp"
#include "nn/int8/depthwise_kernels.hpp"
#include "nn/int8/pool_kernels.hpp"
#include "nn/int8/sum_kernels.hpp"
#include "nn/int8/window_kernels.hpp"

namespace nn {

struct Int8Kernels : Int8WindowKernels, Int8DepthwiseKernels, Int8PoolKernels, Int8AddKernels, Int8SumKernels {
  // Bytes that a layer takes as the core wants it, and the layer in these bytes, which the compiler computes. A core that reads
  // weights as they stand wants none. Does it read windows of such runs where they stand?
  static constexpr std::int32_t int8_laid_out_bytes(const auto&) { return 0; }
  static constexpr void int8_lay_out(const auto&, std::int8_t*) {}
  static constexpr bool int8_walks_rows = false;  // of the output, where windows stand
  static constexpr bool int8_reads_runs(const auto&, std::int32_t) { return false; }
};

}  // namespace nn
