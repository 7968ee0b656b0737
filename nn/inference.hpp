// Inference<Net>: a network ready to run. It refers to its parameters, which may stay in flash, and holds the workspace.
#pragma once

#include <span>

#include "nn/network.hpp"

namespace nn {

template <class Net, class Kernels = target::Kernels>
class Inference {
 public:
  constexpr explicit Inference(const typename Net::Parameters& weights) : parameters{weights} {}
  explicit Inference(typename Net::Parameters&&) = delete;  // would be gone before the first call

  // The outputs for x; good until the next call.
  constexpr std::span<const typename Net::OutputNumber, Net::outputs> operator()(std::span<const typename Net::InputNumber, Net::inputs> x) {
    return Net::template run<Kernels>(parameters, x, workspace);
  }

 private:
  const typename Net::Parameters& parameters;
  typename Net::Workspace workspace{};
};

}  // namespace nn
