// Branches<Join, Branch<…>, …>: chains of layers side by side, all from the same input x, whose outputs Join makes one of:
//   Join::output<Bound…>()              the shape of y, from the bound branches
//   Join::join<A, Bound…>(y, outputs)   y from the branches' outputs, a tuple of spans
//   Join::part<Bound…>(b, i)            where in y element i of branch b's output is; its gradient is that of y there
//
// Backward: ∂L/∂x is the sum of what each branch gives, in their order, rounded each time. Inference keeps the workspaces of
// all branches on the stack; in training they are part of the Trainer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/gradient_sink.hpp"
#include "nn/layer/branch.hpp"
#include "nn/layer/layer.hpp"
#include "nn/pack.hpp"

namespace nn {

template <class Join, class... Branch>
struct Branches {
  template <class A, Shape Input>
  struct Bound {
    using Bounds = std::tuple<typename Branch::template Bound<A, Input>...>;
    template <std::size_t B>
    using At = std::tuple_element_t<B, Bounds>;
    static constexpr std::size_t N = Input.size();
    static constexpr Shape output = Join::template output<typename Branch::template Bound<A, Input>...>();
    static constexpr std::size_t M = output.size();
    static constexpr std::size_t macs = (Branch::template Bound<A, Input>::macs + ...);
    static constexpr bool learns_at_once = true;
    static constexpr bool forward_learns = (Branch::template Bound<A, Input>::forward_learns || ...);
    static constexpr bool backward_reads_input = true;
    using Parameters = Pack<typename Branch::template Bound<A, Input>::Parameters...>;
    using X = std::span<const typename A::Input, N>;
    using Y = std::span<typename A::Activation, M>;

    struct TrainingState {
      Pack<typename Branch::template Bound<A, Input>::TrainingState...> branches{};
      std::array<typename A::InputGradient, N> share{};  // of one branch
    };

    static constexpr std::uint32_t constant = [] {
      std::uint64_t hash = 0;
      ((hash = (hash ^ Branch::template Bound<A, Input>::fingerprint()) * 0x100000001b3u), ...);
      return static_cast<std::uint32_t>(hash ^ hash >> 32);
    }();

    static constexpr void initialize(Parameters& p, const auto& initializer, Random& random) {
      for_each_branch([&]<std::size_t B>() { At<B>::initialize(get<B>(p), initializer, random); });
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, X x, Y y) {
      Pack<typename Branch::template Bound<A, Input>::Workspace...> workspaces{};
      [&]<std::size_t... B>(std::index_sequence<B...>) {
        const std::tuple outputs{At<B>::template forward<Kernels>(get<B>(p), x, get<B>(workspaces))...};
        Join::template join<A, At<B>...>(y, outputs);
      }(std::index_sequence_for<Branch...>{});
    }

    template <class Kernels>
    static constexpr void forward(auto&& p, X x, Y y, TrainingState& state, auto& random) {
      for_each_branch([&]<std::size_t B>() { At<B>::template forward<Kernels>(get<B>(p), x, get<B>(state.branches), random); });
      [&]<std::size_t... B>(std::index_sequence<B...>) {
        Join::template join<A, At<B>...>(y, std::tuple{get<B>(state.branches).output()...});
      }(std::index_sequence_for<Branch...>{});
    }

    // ∂L/∂x, unless that is Unwanted, and ∂L/∂p.
    template <class Kernels>
    static constexpr void learn(const Parameters& p, X x, std::span<const typename A::Gradient, M> g, auto dx, TrainingState& state, auto& sink) {
      constexpr bool wanted = !std::is_same_v<decltype(dx), Unwanted>;
      for_each_branch([&]<std::size_t B>() {
        const auto from = [g](std::size_t i) { return g[Join::template part<typename Branch::template Bound<A, Input>...>(B, i)]; };
        auto inside = sink_inside<At<B>, A, B>(sink);
        if constexpr (!wanted) {
          At<B>::template learn<Kernels>(get<B>(p), x, from, dx, get<B>(state.branches), inside);
        } else if constexpr (B == 0) {
          At<B>::template learn<Kernels>(get<B>(p), x, from, dx, get<B>(state.branches), inside);
        } else {
          At<B>::template learn<Kernels>(get<B>(p), x, from, std::span{state.share}, get<B>(state.branches), inside);
          for (std::size_t i = 0; i < N; ++i) dx[i] = A::input_gradient(dx[i] + state.share[i]);
        }
      });
    }

   private:
    static constexpr void for_each_branch(auto&& visit) {
      [&]<std::size_t... B>(std::index_sequence<B...>) { (visit.template operator()<B>(), ...); }(std::index_sequence_for<Branch...>{});
    }
  };
};

}  // namespace nn
