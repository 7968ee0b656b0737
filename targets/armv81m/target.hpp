// Kernels for Cortex-M55: those of Cortex-M4F, which it executes too.
#pragma once

#include "../armv7em/target.hpp"
