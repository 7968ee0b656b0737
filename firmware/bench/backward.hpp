// The backward pass of one layer, with the update of its parameters by plain SGD: of its products of ∂L/∂W and, unless it is
// the First of a network, of ∂L/∂x. No gradient is 0; products with g = 0 would be passed over.
#pragma once

#include "nets.hpp"

namespace bench {

template <class Input, class Layer, bool First = false>
int backward() {
  using Net = nn::Network<Arithmetic, Input, Layer>;
  using Policy = typename Net::template ArithmeticAt<0>;
  using Bound = typename Net::template Layer<0>;
  using Kernels = nn::KernelsFor<typename Net::Arithmetic, target::Kernels>;
  static typename Bound::Parameters weights;
  static std::array<typename Policy::Gradient, Net::outputs> g;
  static std::array<typename Policy::InputGradient, Net::inputs> dx;
  static std::array<typename Policy::Activation, Net::outputs> y;
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, weights);
  fill(input<Net>.data(), Net::inputs);
  fill(g.data(), g.size());
  static nn::Random random{1};
  static const nn::Sgd optimizer{.rate = 0.01f};
  measure(work, [] {
    if constexpr (!First) Bound::template backward<Kernels>(weights, input<Net>, y, g, dx);
    nn::UpdateSink<Policy, Kernels, nn::Sgd, typename Bound::Parameters, nn::Random, nn::Small<>> sink{
        optimizer, weights, random, {}, {}};
    Bound::gradient(std::span<const typename Policy::Input, Net::inputs>{input<Net>},
                    std::span<const typename Policy::Gradient, Net::outputs>{g}, sink);
    asm volatile("" ::"r"(dx.data()) : "memory");
  });
  print(work, "macs", (First ? 1 : 2) * Bound::macs);
  print_stack(work);
  return 0;
}

}  // namespace bench
