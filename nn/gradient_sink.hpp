// Gradient sinks: where a layer hands ∂L/∂p. A layer names the parameter by a selector, `[](auto& p) -> auto& { … }`, which
// serves its parameters, their gradient and what an optimizer keeps alike.
//   affine(weight, bias, g, x)    ∂L/∂W = g·xᵀ, ∂L/∂b = g
//   add(select, g)                ∂L/∂b = g
//   add_row(select, o, g)         row o of ∂L/∂W alone: g(i) is that of W[o][i], a sum of the layer's own that may be wider than
//                                 any format. A layer whose weights serve many positions holds one row at a time.
//   add_positions(select, g)      ∂L/∂b[o] = Σ g[k][o] over positions k, in their order; g is [positions][Outputs]
// What is beyond the limit (nn/gradient_limit.hpp) no sink takes. A sink may name Loops, the kernels by which a layer adds up.
#pragma once

#include <cstddef>
#include <type_traits>

#include "nn/layer/layer.hpp"
#include "nn/trainer/sum_sink.hpp"
#include "nn/trainer/update_sink.hpp"

namespace nn {

// For a layer without parameters.
struct NoSink {};

template <class Layer, class Policy, std::size_t Place, class Sink>
constexpr auto sink_inside(Sink& sink) {
  if constexpr (has_parameters<Layer>) return sink.template inside<Policy, Place>();
  else return NoSink{};
}

// Instead of a ∂L/∂x that nobody needs.
struct Unwanted {};

// One layer's part of the backward pass: ∂L/∂x, unless that is Unwanted, before the weights change; then ∂L/∂p to the sink.
template <class Layer, class Kernels>
constexpr void learn_layer(const auto& p, auto x, auto y, auto g, auto dx, auto&& state, auto& sink) {
  if constexpr (learns_at_once<Layer>) {
    Layer::template learn<Kernels>(p, x, g, dx, state, sink);
  } else {
    if constexpr (!std::is_same_v<decltype(dx), Unwanted>) {
      if constexpr (has_training_state<Layer>)
        Layer::template backward<Kernels>(p, x, y, g, dx, state);
      else
        Layer::template backward<Kernels>(p, x, y, g, dx);
    }
    if constexpr (has_parameters<Layer>) Layer::gradient(x, g, sink);
  }
}

}  // namespace nn
