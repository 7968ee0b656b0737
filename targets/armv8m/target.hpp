// Kernels for Cortex-M33: with DSP extension those of Cortex-M4, which it executes too; else those of Cortex-M3.
#pragma once

#ifdef __ARM_FEATURE_DSP
#include "../armv7em/target.hpp"
#else
#include "../armv7m/target.hpp"
#endif
