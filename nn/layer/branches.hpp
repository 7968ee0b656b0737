// Branches<Join, Branch<…>, …>: chains of layers side by side, all from the same input x, whose outputs Join makes one of:
//   Join::output<Bound…>()              the shape of y, from the bound branches
//   Join::join<A, b, Bound…>(y, from)   takes the output of branch b into y, after those of the branches before
//   Join::part<Bound…>(b, i)            where in y element i of branch b's output is; its gradient is that of y there
//
// Backward: ∂L/∂x is the sum of what each branch gives, in their order, rounded each time. In inference the branches compute
// one after the other in one workspace; training keeps the outputs of all.
#pragma once

#include <algorithm>
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
#include "nn/one_of.hpp"
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
    static constexpr std::size_t branches = sizeof...(Branch);
    static constexpr std::size_t scratch = std::max({nn::scratch<typename Branch::template Bound<A, Input>>...});
    static constexpr std::size_t training_scratch = std::max({nn::training_scratch<typename Branch::template Bound<A, Input>>...});
    static constexpr std::size_t macs = (Branch::template Bound<A, Input>::macs + ...);
    static constexpr bool learns_at_once = true;
    static constexpr bool forward_learns = (Branch::template Bound<A, Input>::forward_learns || ...);
    static constexpr bool backward_reads_input = true;
    using Parameters = Pack<typename Branch::template Bound<A, Input>::Parameters...>;
    using Workspace = OneOf<typename Branch::template Bound<A, Input>::Workspace...>;
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
    static constexpr void forward(const Parameters& p, X x, Y y, Workspace& workspace) {
      for_each_branch([&]<std::size_t B>() { join<B>(y, At<B>::template forward<Kernels>(get<B>(p), x, workspace.template begin<B>())); });
    }

    template <class Kernels>
    static constexpr void forward(auto&& p, X x, Y y, TrainingState& state, auto& random) {
      for_each_branch([&]<std::size_t B>() {
        auto& branch = get<B>(state.branches);
        At<B>::template forward<Kernels>(get<B>(p), x, branch, random);
        join<B>(y, branch.output());
      });
    }

    static constexpr void undo(Parameters& p, TrainingState& state) {
      for_each_branch([&]<std::size_t B>() { At<B>::undo(get<B>(p), get<B>(state.branches)); });
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

    // Calls visit.operator()<B>() for every branch, in order.
    static constexpr void for_each_branch(auto&& visit) {
      [&]<std::size_t... B>(std::index_sequence<B...>) { (visit.template operator()<B>(), ...); }(std::index_sequence_for<Branch...>{});
    }

   private:
    template <std::size_t B>
    static constexpr void join(Y y, auto from) {
      Join::template join<A, B, typename Branch::template Bound<A, Input>...>(y, from);
    }
  };
};

}  // namespace nn
