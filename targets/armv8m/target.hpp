// Kernels for Cortex-M33: with FPU and DSP extension those of Cortex-M4F, which it executes too; else those of Cortex-M3.
#pragma once

#if defined __ARM_FP && defined __ARM_FEATURE_DSP
#include "../armv7em/target.hpp"
#else
#include "../armv7m/target.hpp"
#endif
