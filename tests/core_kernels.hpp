// CoreKernels::LaidOut: the kernels of quantized layers that are laid out, or those of the core, if it has none for them.
#pragma once

#include "nn/kernels.hpp"

template <class Kernels>
struct LaidOutOf {
  using LaidOut = Kernels;
};
template <class Kernels>
requires requires { typename Kernels::LaidOut; }
struct LaidOutOf<Kernels> {
  using LaidOut = typename Kernels::LaidOut;
};
using CoreKernels = LaidOutOf<target::Kernels>;
