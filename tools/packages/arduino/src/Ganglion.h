// Ganglion @VERSION@: everything.
#pragma once

#if __cplusplus < 202002L
#error "Ganglion needs C++20: add -std=gnu++20 -ffp-contract=off to compiler.cpp.extra_flags, as README.md of this library says"
#else
#include "nn/nn.hpp"
#endif
