// Kernels for Cortex-M0 and M0+. They have no FPU: every float operation is a library call, so the portable loops are as
// good as any. Quantized layers are laid out for it.
#pragma once

#include "../float_options.hpp"
#include "fixed_rows.hpp"

#include "fixed_kernels.hpp"
#include "int8_depthwise.hpp"
#include "int8_laid_out.hpp"
#include "int8_rows.hpp"

namespace target {

struct LaidOutKernels;

struct Kernels : LayingOut<FixedKernels, Int8ByteRows, Int8ByteChannels, eight_registers> {
  using LaidOut = LaidOutKernels;
};

// Of layers that are laid out.
struct LaidOutKernels : OnLaidOut<Kernels, Int8ByteRows, Int8ByteChannels> {};

}  // namespace target
