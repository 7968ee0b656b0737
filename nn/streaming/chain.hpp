// StreamedChain: runs a planned chain of layers as its window moves on. `missing` is how many times more it takes until the first
// window is full: its first missing·hop frames are not there yet, and zeros stand for them.
#pragma once

#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "nn/layer/layer.hpp"
#include "nn/pack.hpp"
#include "nn/streaming/memory.hpp"
#include "nn/streaming/plan.hpp"

namespace nn {

// A branch that is its input as it is.
template <class Plan>
struct StreamedChain {
  static constexpr Stored stored_at_end(const Stored& input) { return input; }
  template <class Kernels, Stored From>
  static constexpr auto run(const auto&, const auto* x, auto&, auto&, std::size_t) {
    return x;
  }
};

template <class Plan>
requires requires { Plan::layers; }
struct StreamedChain<Plan> {
  using Memory = StreamedMemory<Plan>;
  using State = typename Memory::State;
  using Workspace = typename Memory::Workspace;
  template <std::size_t Index>
  using Layer = typename Plan::template Layer<Index>;
  template <std::size_t Place>
  using Number = typename Plan::template Number<Place>;
  template <std::size_t Place>
  static constexpr Frames frames = Plan::template frames<Place>;
  template <std::size_t Place>
  static constexpr Stored stored = Plan::template stored<Place>;
  template <std::size_t Place>
  static constexpr std::size_t owner = Plan::template owner<Place>;
  template <std::size_t Place>
  static constexpr bool is_kept = Plan::template is_kept<Place>;
  template <std::size_t Index>
  static constexpr AlongTime how = Plan::template how<Index>;
  template <std::size_t Index>
  static constexpr bool sums = Plan::template sums<Index>;

  static constexpr Stored stored_at_end(const Stored&) { return stored<Plan::layers>; }

  // From new frames at place 0, of which x has what From holds, to the last place; returns what is held of that.
  template <class Kernels, Stored From>
  static constexpr auto run(const auto& p, const Number<0>* x, State& state, Workspace& workspace, std::size_t missing) {
    run_layers<Kernels, From, 0>(p, x, state, workspace, missing);
    return Memory::template memory<Plan::layers>(state, workspace);
  }

 private:
  // Frames [Begin, Until) of a place.
  template <std::size_t Place, Stored Held, std::size_t Begin, std::size_t Until, class Element>
  static constexpr auto some(Element* numbers) {
    constexpr std::size_t each = frames<Place>.numbers();
    return std::span<Element, (Until - Begin) * each>{numbers + Held.place(Begin) * each, (Until - Begin) * each};
  }

  template <class Kernels, Stored From, std::size_t Index>
  static constexpr void run_layers(const auto& p, const Number<Index>* x, State& state, Workspace& workspace,
                                   std::size_t missing) {
    Number<Index + 1>* const y = Memory::template memory<Index + 1>(state, workspace);
    constexpr std::size_t at = owner<Index + 1>;
    if constexpr (is_kept<at> && owner<Index> != at) move_on<at>(state);
    run_layer<Kernels, From, Index>(get<Index>(p), x, y, state, workspace, missing);
    if constexpr (is_kept<at> && at == Index + 1) {
      if (missing > 0) forget<at>(y, missing);
    }
    if constexpr (Index + 1 < Plan::layers) run_layers<Kernels, stored<at>, Index + 1>(p, y, state, workspace, missing);
  }

  // The window moves: what is kept of it, to its new place; what leaves it, out of the running sums.
  template <std::size_t Place>
  static constexpr void move_on(State& state) {
    auto& numbers = get<Place - 1>(state.kept);
    constexpr std::size_t gone = frames<Place>.hop * frames<Place>.numbers();
    if constexpr (Place < Plan::layers)
      if constexpr (sums<Place>)
        Layer<Place>::leave(get<Place>(state.carried), std::span<const Number<Place>, gone>{numbers.data(), gone});
    for (std::size_t i = gone; i < numbers.size(); ++i) numbers[i - gone] = numbers[i];
  }

  // Zeros for the new frames that are not in the first window.
  template <std::size_t Place>
  static constexpr void forget(Number<Place>* y, std::size_t missing) {
    constexpr std::size_t begin = stored<Place>.computed.end, count = frames<Place>.count(), each = frames<Place>.numbers();
    for (std::size_t i = begin; i < count && i < missing * frames<Place>.hop; ++i)
      for (std::size_t k = 0; k < each; ++k) y[stored<Place>.place(i) * each + k] = {};
  }

  template <class Kernels, Stored From, std::size_t Index>
  static constexpr void run_layer(const auto& p, const Number<Index>* x, Number<Index + 1>* y, State& state, Workspace& workspace,
                                  std::size_t missing) {
    constexpr Frames in = frames<Index>, out = frames<Index + 1>;
    constexpr Stored to = stored<owner<Index + 1>>;
    constexpr Wanted computed = stored<Index + 1>.computed;
    if constexpr (how<Index> == AlongTime::carried) {
      auto& carried = get<Index>(state.carried);
      for (std::size_t i = in.count() - in.hop; i < in.count(); ++i) {
        if (i < missing * in.hop) continue;
        Layer<Index>::template step<Kernels>(
            p, std::span<const Number<Index>, in.numbers()>{x + From.place(i) * in.numbers(), in.numbers()}, carried);
        if constexpr (out.has_time())
          for (std::size_t k = 0; k < out.numbers(); ++k) y[to.place(i) * out.numbers() + k] = carried.h[k];
      }
      if constexpr (!out.has_time())
        for (std::size_t k = 0; k < out.numbers(); ++k) y[k] = carried.h[k];
    } else if constexpr (how<Index> == AlongTime::branches) {
      run_branches<Kernels, From, Index>(p, x, y, state, workspace, missing);
    } else if constexpr (sums<Index>) {
      auto& carried = get<Index>(state.carried);
      Layer<Index>::enter(carried, some<Index, From, in.count() - in.hop, in.count()>(x));
      Layer<Index>::give(carried, some<Index + 1, to, 0, 1>(y));
    } else if constexpr (how<Index> == AlongTime::whole) {
      const auto from = some<Index, From, 0, in.count()>(x);
      const auto into = some<Index + 1, to, 0, out.count()>(y);
      if constexpr (has_workspace<Layer<Index>>)
        Layer<Index>::template forward<Kernels>(p, from, into, workspace.inside.template begin<Index>());
      else
        Layer<Index>::template forward<Kernels>(p, from, into);
    } else {
      if constexpr (computed.start > 0) run_piece<Kernels, From, Index, 0, computed.start>(p, x, y);
      run_piece<Kernels, From, Index, computed.end, out.count()>(p, x, y);
    }
  }

  // Frames [Begin, Until) of the output of layer Index.
  template <class Kernels, Stored From, std::size_t Index, std::size_t Begin, std::size_t Until>
  static constexpr void run_piece(const auto& p, const Number<Index>* x, Number<Index + 1>* y) {
    using Policy = typename Plan::Network::template ArithmeticAt<Index>;
    using Spec = typename Plan::Network::template Spec<Index>;
    constexpr Frames in = frames<Index>;
    const auto into = some<Index + 1, stored<owner<Index + 1>>, Begin, Until>(y);
    if constexpr (how<Index> == AlongTime::window) {
      constexpr UnderWindow under = under_window(axis_of<Layer<Index>, in.axis>(), Begin, Until);
      if constexpr (under.begin == under.end) {
        for (auto& number : into) number = {};
      } else {
        using Piece = typename Spec::template Piece<PaddedBy<under.before, under.after, in.axis == TimeAxis::rows>>;
        using Bound = typename Piece::template Bound<Policy, in.of(under.end - under.begin)>;
        Bound::template forward<Kernels>(p, some<Index, From, under.begin, under.end>(x), into);
      }
    } else {
      const auto from = some<Index, From, Begin, Until>(x);
      if constexpr (how<Index> == AlongTime::each_frame) {
        Spec::template Bound<Policy, in.of(Until - Begin)>::template forward<Kernels>(p, from, into);
      } else {
        if constexpr (std::is_same_v<Number<Index>, Number<Index + 1>>)
          if (from.data() == into.data()) return;
        for (std::size_t i = 0; i < into.size(); ++i) into[i] = Policy::activation(from[i]);
      }
    }
  }

  template <class Kernels, Stored From, std::size_t Index>
  static constexpr void run_branches(const auto& p, const Number<Index>* x, Number<Index + 1>* y, State& state,
                                     Workspace& workspace, std::size_t missing) {
    constexpr Stored to = stored<owner<Index + 1>>;
    constexpr Wanted computed = stored<Index + 1>.computed;
    Layer<Index>::for_each_branch([&]<std::size_t Which>() {
      using Branch = StreamedChain<typename Plan::template BranchAt<Index, Which>>;
      constexpr Stored end = Branch::stored_at_end(From);
      auto&& carried = get<Which>(get<Index>(state.carried));
      const auto* const from = Branch::template run<Kernels, From>(
          get<Which>(p), x, carried, workspace.inside.template begin<Index>().template begin<Which>(), missing);
      // A frame of a branch may have fewer numbers than one of their joint output.
      const auto join = [&]<std::size_t Begin, std::size_t Until>() {
        constexpr std::size_t each = Layer<Index>::template BranchAt<Which>::output.size() / frames<Index + 1>.count();
        Layer<Index>::template join<Which>(some<Index + 1, to, Begin, Until>(y),
                                           std::span{from + end.place(Begin) * each, (Until - Begin) * each});
      };
      if constexpr (computed.start > 0) join.template operator()<0, computed.start>();
      join.template operator()<computed.end, frames<Index + 1>.count()>();
    });
  }
};

}  // namespace nn
