// Branches<Join, Branch<…>, …>: chains of layers side by side, all from the same input x, whose outputs Join makes one of:
//   Join::output<Bound…>()              the shape of y, from the bound branches
//   Join::join<Arithmetic, b, Bound…>(y, from)   takes the output of branch b into y, after those of the branches before
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

// What no shape shows of branches with these fingerprints.
constexpr std::uint32_t constant_of_branches(std::span<const std::uint64_t> fingerprints) {
  std::uint64_t hash = 0;
  for (const std::uint64_t fingerprint : fingerprints) hash = (hash ^ fingerprint) * 0x100000001b3u;
  return static_cast<std::uint32_t>(hash ^ hash >> 32);
}

template <class Join, class... Branch>
struct Branches {
  template <class Arithmetic, Shape Input>
  struct Bound {
    using Bounds = std::tuple<typename Branch::template Bound<Arithmetic, Input>...>;
    template <std::size_t Index>
    using BranchAt = std::tuple_element_t<Index, Bounds>;
    static constexpr std::size_t InputSize = Input.size();
    static constexpr Shape output = Join::template output<typename Branch::template Bound<Arithmetic, Input>...>();
    static constexpr std::size_t OutputSize = output.size();
    static constexpr std::size_t branches = sizeof...(Branch);
    static constexpr std::size_t scratch = std::max({nn::scratch<typename Branch::template Bound<Arithmetic, Input>>...});
    static constexpr std::size_t training_scratch =
        std::max({nn::training_scratch<typename Branch::template Bound<Arithmetic, Input>>...});
    static constexpr std::size_t macs = (Branch::template Bound<Arithmetic, Input>::macs + ...);
    static constexpr AlongTime along_time = AlongTime::branches;
    static constexpr bool learns_at_once = true;
    static constexpr bool forward_learns = (Branch::template Bound<Arithmetic, Input>::forward_learns || ...);
    static constexpr bool backward_reads_input = true;
    using Parameters = Pack<typename Branch::template Bound<Arithmetic, Input>::Parameters...>;
    using Workspace = OneOf<typename Branch::template Bound<Arithmetic, Input>::Workspace...>;
    using InputSpan = std::span<const typename Arithmetic::Input, InputSize>;
    using OutputSpan = std::span<typename Arithmetic::Activation, OutputSize>;

    struct TrainingState {
      Pack<typename Branch::template Bound<Arithmetic, Input>::TrainingState...> branches{};
      std::array<typename Arithmetic::InputGradient, InputSize> share{};  // of one branch
    };

    static constexpr std::uint32_t constant =
        constant_of_branches(std::array{Branch::template Bound<Arithmetic, Input>::fingerprint()...});

    static constexpr void initialize(Parameters& p, const auto& initializer, Random& random) {
      for_each_branch([&]<std::size_t Index>() { BranchAt<Index>::initialize(get<Index>(p), initializer, random); });
    }

    template <class Kernels>
    static constexpr void forward(const Parameters& p, InputSpan x, OutputSpan y, Workspace& workspace) {
      for_each_branch([&]<std::size_t Index>() {
        join<Index>(y, BranchAt<Index>::template forward<Kernels>(get<Index>(p), x, workspace.template begin<Index>()));
      });
    }

    template <class Kernels>
    static constexpr void forward(auto&& p, InputSpan x, OutputSpan y, TrainingState& state, auto& random) {
      for_each_branch([&]<std::size_t Index>() {
        auto& branch = get<Index>(state.branches);
        BranchAt<Index>::template forward<Kernels>(get<Index>(p), x, branch, random);
        join<Index>(y, branch.output());
      });
    }

    static constexpr void undo(Parameters& p, TrainingState& state) {
      for_each_branch([&]<std::size_t Index>() { BranchAt<Index>::undo(get<Index>(p), get<Index>(state.branches)); });
    }

    // ∂L/∂x, unless that is Unwanted, and ∂L/∂p.
    template <class Kernels>
    static constexpr void learn(const Parameters& p, InputSpan x, std::span<const typename Arithmetic::Gradient, OutputSize> g,
                                auto dx, TrainingState& state, auto& sink) {
      constexpr bool wanted = !std::is_same_v<decltype(dx), Unwanted>;
      for_each_branch([&]<std::size_t Index>() {
        const auto from = [g](std::size_t i) {
          return g[Join::template part<typename Branch::template Bound<Arithmetic, Input>...>(Index, i)];
        };
        auto inside = sink_inside<BranchAt<Index>, Arithmetic, Index>(sink);
        if constexpr (!wanted) {
          BranchAt<Index>::template learn<Kernels>(get<Index>(p), x, from, dx, get<Index>(state.branches), inside);
        } else if constexpr (Index == 0) {
          BranchAt<Index>::template learn<Kernels>(get<Index>(p), x, from, dx, get<Index>(state.branches), inside);
        } else {
          BranchAt<Index>::template learn<Kernels>(get<Index>(p), x, from, std::span{state.share}, get<Index>(state.branches),
                                                   inside);
          for (std::size_t i = 0; i < InputSize; ++i) dx[i] = Arithmetic::input_gradient(dx[i] + state.share[i]);
        }
      });
    }

    // Calls visit.operator()<Index>() for every branch, in order.
    static constexpr void for_each_branch(auto&& visit) {
      [&]<std::size_t... Index>(std::index_sequence<Index...>) { (visit.template operator()<Index>(), ...); }
      (std::index_sequence_for<Branch...>{});
    }

    // Takes the output of branch Index, or some frames of it, into y.
    template <std::size_t Index>
    static constexpr void join(auto y, auto from) {
      Join::template join<Arithmetic, Index, typename Branch::template Bound<Arithmetic, Input>...>(y, from);
    }
  };
};

}  // namespace nn
