// TrainerUpdate: where the gradients of a Trainer's parameters go: into the parameters at once, or into a sum over a batch, from
// which the parameters are updated.
#pragma once

#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fields.hpp"
#include "nn/gradient_sink.hpp"
#include "nn/layer/layer.hpp"
#include "nn/trainer/evaluation.hpp"

namespace nn {

template <class Types>
class TrainerUpdate : public TrainerEvaluation<Types> {
  using Base = TrainerEvaluation<Types>;
  using Topology = typename Types::Topology;
  using Plan = typename Types::Plan;
  using Kernels = typename Types::Kernels;
  using Optimizer = typename Types::Optimizer;
  using Input = typename Types::Input;
  using typename Base::RandomSource;

 public:
  using Base::Base;

 protected:
  using typename Base::Forward;

  // After learn_forward: back to the first layer that learns, each gradient into the parameters, or the sum.
  constexpr void backward_updating(Input x, const Forward& learning) {
    this->backward(x, [&]<std::size_t Index>() { return update_sink<Index>(learning); });
  }
  constexpr void backward_summing(Input x, const Forward& learning) {
    this->backward(x, [&]<std::size_t Index>() { return sum_sink<Index>(learning); });
  }

  // Updates the parameters from `share` of the sum: of the rows that learn those for which takes() is true, in their order.
  [[gnu::always_inline]] constexpr void apply_rows(float share, auto takes) {
    const auto apply = [&](const auto& chosen) {
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        if constexpr (has_parameters<Layer>) apply_layer<Index>(chosen, share, takes);
      });
    };
    if constexpr (requires { this->optimizer.as_chosen(apply); }) this->optimizer.as_chosen(apply);
    else apply(this->optimizer);
  }

  // visit(row) for each row of the sum that learns, in their order.
  constexpr void for_each_row_of_sum(auto visit) {
    Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
      if constexpr (has_parameters<Layer>)
        if (Index >= this->frozen) for_each_row(visit, get<Index>(this->gradient.sum));
    });
  }

 private:
  template <std::size_t Index>
  constexpr auto update_sink(const Forward& learning) {
    const auto small = small_at<Index, Plan::layers>(learning.x, learning.g);
    return [this, &small]<std::size_t... Copy>(std::index_sequence<Copy...>) {
      using Policy = typename Topology::template ArithmeticAt<Index>;
      using Known = std::remove_const_t<decltype(small)>;
      auto& p = get<Index>(this->parameters);
      return UpdateSink<Policy, Kernels, Optimizer, std::remove_reference_t<decltype(p)>, RandomSource, Known,
                        std::remove_reference_t<decltype(get<Index>(this->kept[Copy]))>...>{
          this->optimizer, p, this->random, small, std::tie(get<Index>(this->kept[Copy])...)};
    }(std::make_index_sequence<Optimizer::copies>{});
  }

  template <std::size_t Index>
  constexpr auto sum_sink(const Forward& learning) {
    auto& sum = get<Index>(this->gradient.sum);
    const auto small = small_at<Index, Plan::layers>(learning.x, learning.g);
    return SumSink<typename Topology::template ArithmeticAt<Index>, Kernels, std::remove_reference_t<decltype(sum)>,
                   std::remove_const_t<decltype(small)>>{sum, small};
  }

  template <std::size_t Index, class Chosen>
  constexpr void apply_layer(const Chosen& chosen, float share, auto takes) {
    using Policy = typename Topology::template ArithmeticAt<Index>;
    using Gradient = typename Policy::ParameterGradient;
    if (Index < this->frozen) return;
    this->template watch<Index>();
    [this, &chosen, share, &takes]<std::size_t... Copy>(std::index_sequence<Copy...>) {
      for_each_row(
          [this, &chosen, share, &takes](auto& sum, auto& w, auto&... state) {
            if (!takes()) return;
            if constexpr (std::is_floating_point_v<Gradient>) {
              update_some<Policy, Kernels>(chosen, w.data(), Gradient(share), sum.data(), w.size(), this->random,
                                           state.data()...);
            } else if (!descends<Policy>(chosen, w, sum, share, state...)) {
              const auto scaled = [&](std::size_t i) { return Policy::template scaled_to<Gradient>(share, sum[i]); };
              update_row<Policy, Kernels>(chosen, w, scaled, this->random, state...);
            }
          },
          get<Index>(this->gradient.sum), get<Index>(this->parameters), get<Index>(this->kept[Copy])...);
    }(std::make_index_sequence<Chosen::copies>{});
  }

  // In fixed point rounded to the nearest, if the optimizer and the kernels do a whole row at once.
  template <class Policy>
  static constexpr bool descends(const auto& chosen, auto& w, const auto& sum, float share, auto&... state) {
    if constexpr (!Policy::draws && !Policy::watched)
      if constexpr (requires { chosen.template descend<Policy, Kernels>(w, sum, share, state...); })
        return chosen.template descend<Policy, Kernels>(w, sum, share, state...);
    return false;
  }
};

}  // namespace nn
