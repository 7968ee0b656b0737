// Inference<Net>: a network ready to run. It refers to its parameters, which may stay in flash, and holds the workspace. A static
// one wants its parameters through at_run_time, or its workspace takes up flash, too.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/network.hpp"
#include "nn/watched.hpp"

namespace nn {

template <class Topology, class Kernels = target::Kernels>
class Inference {
 public:
  constexpr explicit Inference(const typename Topology::Parameters& weights) : parameters{weights} {}
  explicit Inference(typename Topology::Parameters&&) = delete;  // would be gone before the first call

  // The outputs for x; good until the next call.
  constexpr std::span<const typename Topology::OutputNumber, Topology::outputs> operator()(
      std::span<const typename Topology::InputNumber, Topology::inputs> x) {
    if constexpr (Topology::Arithmetic::watched)
      return Topology::template run<Kernels>(parameters, x, workspace, [this](std::size_t layer) {
        if (!std::is_constant_evaluated()) Watch::layer = &ranges[layer];
      });
    else
      return Topology::template run<Kernels>(parameters, x, workspace);
  }

 private:
  struct Nothing {};

 public:
  // How far the outputs of each layer went, if the arithmetic is Watched.
  [[no_unique_address]] std::conditional_t<Topology::Arithmetic::watched, std::array<LayerRanges, Topology::layers>, Nothing>
      ranges{};

 private:
  const typename Topology::Parameters& parameters;
  typename Topology::Workspace workspace{};
};

}  // namespace nn
