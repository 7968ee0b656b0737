// The kernels of the core that is compiled for, where the build system does not choose a folder: by macros of the Arm C Language
// Extensions (2024Q3, sections 5.4.1, 5.5.1 and 5.5.7). All kernels give the same bits.
#pragma once

#if defined __ARM_FEATURE_MVE
#include "../armv81m/target.hpp"
#elif defined __ARM_ARCH_PROFILE && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH_ISA_THUMB == 2 && __ARM_ARCH >= 8
#include "../armv8m/target.hpp"
#elif defined __ARM_ARCH_PROFILE && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH_ISA_THUMB == 2 && defined __ARM_FEATURE_SIMD32
#include "../armv7em/target.hpp"
#elif defined __ARM_ARCH_PROFILE && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH_ISA_THUMB == 2
#include "../armv7m/target.hpp"
#elif defined __ARM_ARCH_PROFILE && __ARM_ARCH_PROFILE == 'M'
#include "../armv6m/target.hpp"
#else
#include "../host/target.hpp"
#endif
