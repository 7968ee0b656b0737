// CoreKernels::LaidOut: the kernels of quantized layers that are laid out, or those of the core, if it has none for them.
#pragma once

#include <cstdint>

#include "nn/graph/call.hpp"
#include "nn/graph/laid_out.hpp"
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

// Runs a layer that is laid out, with what these kernels want prepared beside it, as nn::graph::LaidOut does.
template <class Kernels, class Layer>
void run_laid_out(Layer layer, nn::graph::Call call, std::int8_t* y, const std::int8_t* x) {
  if constexpr (requires { requires Kernels::prepared; layer.prepared; }) {
    const auto prepared = layer.template prepare<nn::graph::SharedKernels<Kernels>>();
    layer.prepared = &prepared;
    layer.template run<Kernels>(call, y, x);
  } else {
    layer.template run<Kernels>(call, y, x);
  }
}
