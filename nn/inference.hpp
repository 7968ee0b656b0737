// Inference<Net>: a network ready to run. It refers to its parameters, which may stay in flash, and holds the workspace. A static
// one wants its parameters through at_run_time, or its workspace takes up flash, too.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>

#include "nn/at_run_time.hpp"
#include "nn/mistaken.hpp"
#include "nn/network.hpp"
#include "nn/watched.hpp"

namespace nn {

template <class Topology, class Kernels = target::Kernels>
class Inference {
 public:
  constexpr explicit Inference(const typename Topology::Parameters& weights) : parameters{weights} {}
  template <class Given>
    requires(!std::is_convertible_v<Given, typename Topology::Parameters&> && !std::is_convertible_v<Given, const Inference&>)
  constexpr explicit Inference(Given&&) : parameters{refuse<Given>()} {}

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

  template <class Given>
    requires(!std::is_convertible_v<Given, std::span<const typename Topology::InputNumber, Topology::inputs>>)
  constexpr auto operator()(Given&&) {
    static_assert(mistaken<Given>,
                  "nn::Inference: the input is a std::array or std::span of exactly Net::inputs numbers of type "
                  "Net::InputNumber; of a longer or dynamic span, its .first<Net::inputs>()");
  }

 private:
  struct Nothing {};

 public:
  // How far the outputs of each layer went, if the arithmetic is Watched.
  [[no_unique_address]] std::conditional_t<Topology::Arithmetic::watched, std::array<LayerRanges, Topology::layers>, Nothing>
      ranges{};

 private:
  template <class Given>
  static const typename Topology::Parameters& refuse() {
    static_assert(std::is_convertible_v<Given, const typename Topology::Parameters&>,
                  "nn::Inference: expected parameters of this network, of type Net::Parameters");
    static_assert(!std::is_convertible_v<Given, const typename Topology::Parameters&>,
                  "nn::Inference: expected parameters that stay, a variable; these would be gone before the first call");
  }

  const typename Topology::Parameters& parameters;
  typename Topology::Workspace workspace{};
};

}  // namespace nn
