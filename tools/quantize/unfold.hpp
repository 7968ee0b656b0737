// Unfold: the parameters of a folded network (nn/fold.hpp) in the form of the network with its BatchNorms, which then pass on what
// they get: folding again gives the same, bit for bit.
#pragma once

#include "nn/fold.hpp"

namespace tools::quantizer {

template <class Net>
typename Net::Parameters unfold(const typename nn::Folded<Net>::Parameters& folded) {
  using Places = nn::FoldedOf<Net>;
  typename Net::Parameters result{};
  Net::for_each_layer([&]<std::size_t I, class Layer>() {
    constexpr std::size_t place = Places::place(I);
    if constexpr (Places::gone[I]) {
      auto& p = nn::get<I>(result);
      p.gamma.fill(1);
      p.variance.fill(1 - 0x1p-10f);  // and epsilon makes 1
    } else if constexpr (requires { Layer::branches; }) {
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template At<B>;
        if constexpr (nn::has_parameters<Branch>)
          nn::get<B>(nn::get<I>(result)) = unfold<typename Branch::Net>(nn::get<B>(nn::get<place>(folded)));
      });
    } else if constexpr (nn::has_parameters<Layer>) {
      nn::get<I>(result) = nn::get<place>(folded);
    }
  });
  return result;
}

}  // namespace tools::quantizer
