// StreamedChain: a chain of layers whose window moves on by some frames at a time. From the shapes and what is wanted of the last
// place the compiler derives what is computed anew at each place, what is kept, and where it lies.
//
// Place i is the input of layer i; the last place is the output. What is kept of a place is a window that moves in its memory; layers
// that work in place share the memory of the place behind them. `missing` is how many times more it takes until the first window is
// full: its first missing·hop frames are not there yet, and zeros stand for them.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "nn/buffers.hpp"
#include "nn/layer/layer.hpp"
#include "nn/one_of.hpp"
#include "nn/pack.hpp"
#include "nn/plan.hpp"
#include "nn/streaming/after.hpp"
#include "nn/streaming/frames.hpp"

namespace nn {

template <class Topology, Frames Input, Wanted Last>
struct StreamedChain;

// A branch of a layer as a chain of its own, or the input as it is.
template <class Branch, Frames Input, Wanted Last>
struct StreamedBranch {
  struct State {};
  struct Workspace {};
  static constexpr Wanted wanted_of_input = Last;
  static constexpr Stored stored_at_end(const Stored& input) { return input; }
  template <class Kernels, Stored From>
  static constexpr auto run(const auto&, const auto* x, State&, Workspace&, std::size_t) {
    return x;
  }
};
template <class Branch, Frames Input, Wanted Last>
  requires requires { typename Branch::Topology; }
struct StreamedBranch<Branch, Input, Last> : StreamedChain<typename Branch::Topology, Input, Last> {
  using Chain = StreamedChain<typename Branch::Topology, Input, Last>;
  static constexpr Wanted wanted_of_input = Chain::template wanted<0>;
  static constexpr Stored stored_at_end(const Stored&) { return Chain::template stored<Chain::layers>; }
};

template <class Topology, Frames Input, Wanted Last>
struct StreamedChain {
  static constexpr std::size_t layers = Topology::layers;
  template <std::size_t Index>
  using Layer = typename Topology::template Layer<Index>;
  template <std::size_t Place>
  static constexpr Frames frames = FramesThrough<Topology, Input>::template at<Place>;

  // How layer Index takes its frames; whole where it has no more of them, or makes one vector of all.
  template <std::size_t Index>
  static constexpr AlongTime how = [] {
    constexpr AlongTime said = along_time<Layer<Index>>;
    constexpr bool moves = frames<Index>.has_time() && (frames<Index + 1>.has_time() || said == AlongTime::carried);
    return moves ? said : AlongTime::whole;
  }();

  // What is wanted of a place: what the layer behind it reads to compute what it must.
  template <std::size_t Place>
  static constexpr Wanted find_wanted() {
    if constexpr (Place == layers) {
      return Last;
    } else {
      constexpr Frames here = frames<Place>;
      if constexpr (how<Place> == AlongTime::whole) return Wanted::all();
      else if constexpr (how<Place> == AlongTime::carried) return Wanted{0, here.count() - here.hop};
      else if constexpr (how<Place> == AlongTime::window)
        return wanted_under(axis_of<Layer<Place>, here.axis>(), frames<Place + 1>, stored<Place + 1>.computed);
      else if constexpr (how<Place> == AlongTime::branches) return wanted_by_branches<Place>();
      else return stored<Place + 1>.computed;
    }
  }
  template <std::size_t Place>
  static constexpr Stored find_stored() {
    Wanted here = wanted<Place>;
    if constexpr (Place > 0)
      if constexpr (how<Place - 1> == AlongTime::carried && frames<Place>.has_time())  // steps over no frame
        here = Wanted::both(here, {0, frames<Place>.count() - frames<Place>.hop});
    return store(frames<Place>, here);
  }
  template <std::size_t Place>
  static constexpr Wanted wanted = find_wanted<Place>();
  template <std::size_t Place>
  static constexpr Stored stored = find_stored<Place>();

  template <std::size_t Place>
  struct NumberOf {
    using type = typename Topology::template ArithmeticAt<Place - 1>::Activation;
  };
  template <std::size_t Place>
    requires(Place == 0)
  struct NumberOf<Place> {
    using type = typename Topology::InputNumber;
  };
  template <std::size_t Place>
  using Number = typename NumberOf<Place>::type;

  // Whether layer Place works in place, so that this place and the next have one memory.
  template <std::size_t Place>
  static constexpr bool shares = [] {
    if constexpr (Place == 0 || Place == layers) return false;
    else return in_place<Layer<Place>> && !stored<Place>.kept && std::is_same_v<Number<Place>, Number<Place + 1>>;
  }();
  template <std::size_t Place>
  static constexpr std::size_t find_owner() {
    if constexpr (shares<Place>) return find_owner<Place + 1>();
    else return Place;
  }
  template <std::size_t Place>
  static constexpr std::size_t owner = find_owner<Place>();
  template <std::size_t Place>
  static constexpr bool is_kept = Place > 0 && stored<owner<Place>>.kept;
  template <std::size_t Place>
  static constexpr std::size_t size = stored<Place>.frames(frames<Place>) * frames<Place>.numbers();

  // Layer Index is a mean over all frames whose sums move with the window.
  template <std::size_t Index>
  static constexpr bool sums = [] {
    if constexpr (Index > 0 && requires { requires Layer<Index>::has_running_sums; }) return is_kept<Index> && !frames<Index>.has_edges();
    else return false;
  }();

  template <std::size_t Index, std::size_t Which>
  using BranchAt = StreamedBranch<typename Layer<Index>::template BranchAt<Which>, frames<Index>, stored<Index + 1>.computed>;

 private:
  struct NothingKept {};
  struct NothingCarried {};

  template <std::size_t Place>
  static constexpr Wanted wanted_by_branches() {
    Wanted all{0, frames<Place>.count()};
    Layer<Place>::for_each_branch([&]<std::size_t Which>() { all = Wanted::both(all, BranchAt<Place, Which>::wanted_of_input); });
    return all;
  }

  // What layer Index carries from time to time, and what it needs meanwhile.
  template <std::size_t Index, class Indices>
  struct OfBranches;
  template <std::size_t Index, std::size_t... Which>
  struct OfBranches<Index, std::index_sequence<Which...>> {
    using State = Pack<typename BranchAt<Index, Which>::State...>;
    using Workspace = OneOf<typename BranchAt<Index, Which>::Workspace...>;
  };
  template <std::size_t Index>
  static constexpr auto carried_by() {
    if constexpr (how<Index> == AlongTime::carried) return std::type_identity<typename Layer<Index>::State>{};
    else if constexpr (how<Index> == AlongTime::branches)
      return std::type_identity<typename OfBranches<Index, std::make_index_sequence<Layer<Index>::branches>>::State>{};
    else if constexpr (sums<Index>) return std::type_identity<typename Layer<Index>::RunningSums>{};
    else return std::type_identity<NothingCarried>{};
  }
  template <std::size_t Index>
  static constexpr auto needed_by() {
    if constexpr (how<Index> == AlongTime::branches)
      return std::type_identity<typename OfBranches<Index, std::make_index_sequence<Layer<Index>::branches>>::Workspace>{};
    else return std::type_identity<typename WorkspaceOf<Layer<Index>>::type>{};
  }
  template <std::size_t Place>
  static constexpr auto kept_at() {
    if constexpr (is_kept<Place> && owner<Place> == Place) return std::type_identity<std::array<Number<Place>, size<Place>>>{};
    else return std::type_identity<NothingKept>{};
  }

  struct Outputs {
    static constexpr std::array<PlannedOutput, layers> planned = []<std::size_t... Index>(std::index_sequence<Index...>) {
      return std::array<PlannedOutput, layers>{PlannedOutput{is_kept<Index + 1> ? 0 : size<Index + 1>, shares<Index> && !is_kept<Index + 1>}...};
    }(std::make_index_sequence<layers>{});
    static constexpr auto plan(const auto& those) { return two_ended_plan(those); }
  };
  template <class Indices>
  struct Memory;
  template <std::size_t... Index>
  struct Memory<std::index_sequence<Index...>> {
    using Kept = Pack<typename decltype(kept_at<Index + 1>())::type...>;
    using Carried = Pack<typename decltype(carried_by<Index>())::type...>;
    using Between = Buffers<Outputs, Number<Index + 1>...>;
    using Inside = OneOf<typename decltype(needed_by<Index>())::type...>;
  };
  using Its = Memory<std::make_index_sequence<layers>>;

 public:
  struct State {
    [[no_unique_address]] typename Its::Kept kept{};
    [[no_unique_address]] typename Its::Carried carried{};
  };
  struct Workspace {
    typename Its::Between between{};
    [[no_unique_address]] typename Its::Inside inside{};
  };
  // From new frames at place 0, of which x has what From holds, to the last place; returns what is held of that.
  template <class Kernels, Stored From>
  static constexpr auto run(const auto& p, const Number<0>* x, State& state, Workspace& workspace, std::size_t missing) {
    run_layers<Kernels, From, 0>(p, x, state, workspace, missing);
    return memory<layers>(state, workspace);
  }

  // What it costs: frames of the output of layer Index that are computed anew each time, and those of them that are edges; bytes that
  // are kept of a place, and that a layer carries.
  template <std::size_t Index>
  static constexpr std::string_view name = Topology::template Spec<Index>::name;
  template <std::size_t Index>
  static constexpr std::size_t fresh = [] {
    constexpr Wanted computed = stored<Index + 1>.computed;
    return computed.start + frames<Index + 1>.count() - computed.end;
  }();
  template <std::size_t Index>
  static constexpr std::size_t fresh_edges = [] {
    constexpr Frames out = frames<Index + 1>;
    constexpr Wanted computed = stored<Index + 1>.computed;
    const std::size_t behind = out.count() - std::max(out.last, computed.end);
    return computed.end < out.first ? out.first + behind : computed.start + behind;
  }();
  template <std::size_t Place>
  static constexpr std::size_t kept_bytes = is_kept<Place> && owner<Place> == Place ? size<Place> * sizeof(Number<Place>) : 0;
  template <std::size_t Index>
  static constexpr std::size_t carried_bytes = std::is_empty_v<typename decltype(carried_by<Index>())::type> ? 0 : sizeof(typename decltype(carried_by<Index>())::type);

 private:
  template <std::size_t Place>
  static constexpr Number<Place>* memory(State& state, Workspace& workspace) {
    if constexpr (is_kept<Place>) return get<owner<Place> - 1>(state.kept).data();
    else return workspace.between.template at<Place - 1>().data();
  }

  // Frames [Begin, End) of a place.
  template <std::size_t Place, Stored Held, std::size_t Begin, std::size_t End, class Element>
  static constexpr auto some(Element* numbers) {
    constexpr std::size_t each = frames<Place>.numbers();
    return std::span<Element, (End - Begin) * each>{numbers + Held.place(Begin) * each, (End - Begin) * each};
  }

  template <class Kernels, Stored From, std::size_t Index>
  static constexpr void run_layers(const auto& p, const Number<Index>* x, State& state, Workspace& workspace, std::size_t missing) {
    Number<Index + 1>* const y = memory<Index + 1>(state, workspace);
    constexpr std::size_t at = owner<Index + 1>;
    if constexpr (is_kept<at> && owner<Index> != at) move_on<at>(state);
    run_layer<Kernels, From, Index>(get<Index>(p), x, y, state, workspace, missing);
    if constexpr (is_kept<at> && at == Index + 1) {
      if (missing > 0) forget<at>(y, missing);
    }
    if constexpr (Index + 1 < layers) run_layers<Kernels, stored<at>, Index + 1>(p, y, state, workspace, missing);
  }

  // The window moves: what is kept of it, to its new place; what leaves it, out of the running sums.
  template <std::size_t Place>
  static constexpr void move_on(State& state) {
    auto& numbers = get<Place - 1>(state.kept);
    constexpr std::size_t gone = frames<Place>.hop * frames<Place>.numbers();
    if constexpr (Place < layers)
      if constexpr (sums<Place>) Layer<Place>::leave(get<Place>(state.carried), std::span<const Number<Place>, gone>{numbers.data(), gone});
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
  static constexpr void run_layer(const auto& p, const Number<Index>* x, Number<Index + 1>* y, State& state, Workspace& workspace, std::size_t missing) {
    constexpr Frames in = frames<Index>, out = frames<Index + 1>;
    constexpr Stored to = stored<owner<Index + 1>>;
    constexpr Wanted computed = stored<Index + 1>.computed;
    if constexpr (how<Index> == AlongTime::carried) {
      auto& carried = get<Index>(state.carried);
      for (std::size_t i = in.count() - in.hop; i < in.count(); ++i) {
        if (i < missing * in.hop) continue;
        Layer<Index>::template step<Kernels>(p, std::span<const Number<Index>, in.numbers()>{x + From.place(i) * in.numbers(), in.numbers()}, carried);
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
      if constexpr (has_workspace<Layer<Index>>) Layer<Index>::template forward<Kernels>(p, from, into, workspace.inside.template begin<Index>());
      else Layer<Index>::template forward<Kernels>(p, from, into);
    } else {
      if constexpr (computed.start > 0) run_piece<Kernels, From, Index, 0, computed.start>(p, x, y);
      run_piece<Kernels, From, Index, computed.end, out.count()>(p, x, y);
    }
  }

  // Frames [Begin, End) of the output of layer Index.
  template <class Kernels, Stored From, std::size_t Index, std::size_t Begin, std::size_t End>
  static constexpr void run_piece(const auto& p, const Number<Index>* x, Number<Index + 1>* y) {
    using Policy = typename Topology::template ArithmeticAt<Index>;
    using Spec = typename Topology::template Spec<Index>;
    constexpr Frames in = frames<Index>;
    const auto into = some<Index + 1, stored<owner<Index + 1>>, Begin, End>(y);
    if constexpr (how<Index> == AlongTime::window) {
      constexpr UnderWindow under = under_window(axis_of<Layer<Index>, in.axis>(), Begin, End);
      if constexpr (under.begin == under.end) {
        for (auto& number : into) number = {};
      } else {
        using Piece = typename Spec::template Piece<PaddedBy<under.before, under.after, in.axis == TimeAxis::rows>>;
        using Bound = typename Piece::template Bound<Policy, in.of(under.end - under.begin)>;
        Bound::template forward<Kernels>(p, some<Index, From, under.begin, under.end>(x), into);
      }
    } else {
      const auto from = some<Index, From, Begin, End>(x);
      if constexpr (how<Index> == AlongTime::each_frame) {
        Spec::template Bound<Policy, in.of(End - Begin)>::template forward<Kernels>(p, from, into);
      } else {
        if constexpr (std::is_same_v<Number<Index>, Number<Index + 1>>)
          if (from.data() == into.data()) return;
        for (std::size_t i = 0; i < into.size(); ++i) into[i] = Policy::activation(from[i]);
      }
    }
  }

  template <class Kernels, Stored From, std::size_t Index>
  static constexpr void run_branches(const auto& p, const Number<Index>* x, Number<Index + 1>* y, State& state, Workspace& workspace,
                                     std::size_t missing) {
    constexpr Stored to = stored<owner<Index + 1>>;
    constexpr Wanted computed = stored<Index + 1>.computed;
    Layer<Index>::for_each_branch([&]<std::size_t Which>() {
      using Branch = BranchAt<Index, Which>;
      constexpr Stored end = Branch::stored_at_end(From);
      auto&& carried = get<Which>(get<Index>(state.carried));
      const auto* const from = Branch::template run<Kernels, From>(get<Which>(p), x, carried, workspace.inside.template begin<Index>().template begin<Which>(), missing);
      // A frame of a branch may have fewer numbers than one of their joint output.
      const auto join = [&]<std::size_t Begin, std::size_t End>() {
        constexpr std::size_t each = Layer<Index>::template BranchAt<Which>::output.size() / frames<Index + 1>.count();
        Layer<Index>::template join<Which>(some<Index + 1, to, Begin, End>(y),
                                           std::span{from + end.place(Begin) * each, (End - Begin) * each});
      };
      if constexpr (computed.start > 0) join.template operator()<0, computed.start>();
      join.template operator()<computed.end, frames<Index + 1>.count()>();
    });
  }
};

}  // namespace nn
