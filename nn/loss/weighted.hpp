// Weighted<Loss>: each sample counts as often as it is asked to, L = weight · Loss: rare classes more than frequent ones.
//
//   nn::Trainer<Net, nn::Weighted<nn::CrossEntropy>> trainer{…};
//   trainer.step(x, {label, weight[label]});
//
// weight is from 0; with 1 the bits are those of Loss. What comes out saturates like any other number.
#pragma once

#include <cstddef>
#include <span>

#include "nn/loss/loss.hpp"

namespace nn {

template <class Loss>
struct Weighted : Loss {
  template <class A, std::size_t Count>
  struct Target {
    typename Loss::template Target<A, Count> target;
    float weight = 1;
  };

  template <class A, std::size_t Count>
  static constexpr bool accepts(const Target<A, Count>& asked) {
    return asked.weight >= 0 && asked.weight <= 0x1p20f && Loss::template accepts<A, Count>(asked.target);
  }

  template <class A, std::size_t Count>
  static constexpr typename A::Loss from_logits(std::span<const typename A::Activation, Count> z, const Target<A, Count>& asked,
                                                std::span<typename A::Gradient, Count> g) {
    return weigh<A>(Loss::template from_logits<A, Count>(z, asked.target, g), asked.weight, g);
  }

  template <class A, std::size_t Count>
  static constexpr typename A::Loss from_output(std::span<const typename A::Activation, Count> y, const Target<A, Count>& asked,
                                                std::span<typename A::Gradient, Count> g) {
    return weigh<A>(Loss::template from_output<A, Count>(y, asked.target, g), asked.weight, g);
  }

  template <class A, std::size_t Count>
  static constexpr std::size_t actual(const Target<A, Count>& asked) {
    return Loss::template actual<A, Count>(asked.target);
  }

 private:
  template <class A, std::size_t Count>
  static constexpr typename A::Loss weigh(typename A::Loss loss, float weight, std::span<typename A::Gradient, Count> g) {
    if (weight == 1) return loss;
    for (std::size_t i = 0; i < Count; ++i) g[i] = A::template scaled_to<typename A::Gradient>(weight, g[i]);
    return A::template scaled_to<typename A::Loss>(weight, loss);
  }
};

}  // namespace nn
