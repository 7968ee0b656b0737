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
  static constexpr bool bounds_gradient = false;

  template <class Arithmetic, std::size_t Count>
  struct Target {
    typename Loss::template Target<Arithmetic, Count> target;
    float weight = 1;
  };

  template <class Arithmetic, std::size_t Count>
  static constexpr bool accepts(const Target<Arithmetic, Count>& asked) {
    return asked.weight >= 0 && asked.weight <= 0x1p20f && Loss::template accepts<Arithmetic, Count>(asked.target);
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_logits(std::span<const typename Arithmetic::Activation, Count> z,
                                                         const Target<Arithmetic, Count>& asked,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    return weigh<Arithmetic>(Loss::template from_logits<Arithmetic, Count>(z, asked.target, g), asked.weight, g);
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_terms(std::span<const typename Arithmetic::Activation, Count> z,
                                                        const Target<Arithmetic, Count>& asked,
                                                        std::span<typename Arithmetic::Gradient, Count> g,
                                                        typename Arithmetic::Activation highest,
                                                        typename Arithmetic::Loss log_sum) requires requires {
    Loss::template from_terms<Arithmetic, Count>(z, asked.target, g, highest, log_sum);
  }
  {
    return weigh<Arithmetic>(Loss::template from_terms<Arithmetic, Count>(z, asked.target, g, highest, log_sum), asked.weight, g);
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss from_output(std::span<const typename Arithmetic::Activation, Count> y,
                                                         const Target<Arithmetic, Count>& asked,
                                                         std::span<typename Arithmetic::Gradient, Count> g) {
    return weigh<Arithmetic>(Loss::template from_output<Arithmetic, Count>(y, asked.target, g), asked.weight, g);
  }

  template <class Arithmetic, std::size_t Count>
  static constexpr std::size_t actual(const Target<Arithmetic, Count>& asked) {
    return Loss::template actual<Arithmetic, Count>(asked.target);
  }

 private:
  template <class Arithmetic, std::size_t Count>
  static constexpr typename Arithmetic::Loss weigh(typename Arithmetic::Loss loss, float weight,
                                                   std::span<typename Arithmetic::Gradient, Count> g) {
    if (weight == 1) return loss;
    for (std::size_t i = 0; i < Count; ++i) g[i] = Arithmetic::template scaled_to<typename Arithmetic::Gradient>(weight, g[i]);
    return Arithmetic::template scaled_to<typename Arithmetic::Loss>(weight, loss);
  }
};

}  // namespace nn
