// StreamedPlan: for a chain of layers whose window moves on by some frames at a time, what is computed anew at each place, what
// is kept, and where it lies: found by the compiler from the shapes and from what is wanted of the last place.
//
// Place i is the input of layer i; the last place is the output. What is kept of a place is a window that moves in its memory;
// layers that work in place share the memory of the place behind them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "nn/layer/layer.hpp"
#include "nn/streaming/after.hpp"
#include "nn/streaming/frames.hpp"

namespace nn {

template <class Topology, Frames Input, Wanted Last>
struct StreamedPlan;

// Of a branch of a layer: a chain of its own, or the input as it is.
template <class Branch, Frames Input, Wanted Last>
struct StreamedBranch {
  static constexpr Wanted wanted_of_input = Last;
};
template <class Branch, Frames Input, Wanted Last>
requires requires { typename Branch::Topology; }
struct StreamedBranch<Branch, Input, Last> : StreamedPlan<typename Branch::Topology, Input, Last> {
  static constexpr Wanted wanted_of_input = StreamedPlan<typename Branch::Topology, Input, Last>::template wanted<0>;
};

template <class Topology, Frames Input, Wanted Last>
struct StreamedPlan {
  using Network = Topology;
  static constexpr std::size_t layers = Topology::layers;
  template <std::size_t Index>
  using Layer = typename Topology::template Layer<Index>;
  template <std::size_t Place>
  static constexpr Frames frames = FramesThrough<Topology, Input>::template at<Place>;

  // How layer Index takes its frames; whole where it has no more of them, or makes one vector of all and carries nothing.
  template <std::size_t Index>
  static constexpr AlongTime how = [] {
    constexpr AlongTime said = along_time<Layer<Index>>;
    constexpr bool remembers = said == AlongTime::carried || said == AlongTime::branches;
    constexpr bool moves = frames<Index>.has_time() && (frames<Index + 1>.has_time() || remembers);
    return moves ? said : AlongTime::whole;
  }();

  // What is wanted of a place: what the layer behind it reads to compute what it must.
  template <std::size_t Place>
  static constexpr Wanted find_wanted() {
    if constexpr (Place == layers) {
      return Last;
    } else {
      constexpr Frames here = frames<Place>;
      if constexpr (how<Place> == AlongTime::whole)
        return Wanted::all();
      else if constexpr (how<Place> == AlongTime::carried)
        return Wanted{0, here.count() - here.hop};
      else if constexpr (how<Place> == AlongTime::window)
        return wanted_under(axis_of<Layer<Place>, here.axis>(), frames<Place + 1>, stored<Place + 1>.computed);
      else if constexpr (how<Place> == AlongTime::branches)
        return wanted_by_branches<Place>();
      else
        return stored<Place + 1>.computed;
    }
  }
  template <std::size_t Place>
  static constexpr Stored find_stored() {
    Wanted here = wanted<Place>;
    if constexpr (Place > 0)
      if constexpr (how<Place - 1> == AlongTime::carried && frames<Place>.has_time())  // steps over no frame
        here = Wanted::both(here, {0, frames<Place>.count() - frames<Place>.hop});
    return stored_of(frames<Place>, here);
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
  requires(Place == 0) struct NumberOf<Place> {
    using type = typename Topology::InputNumber;
  };
  template <std::size_t Place>
  using Number = typename NumberOf<Place>::type;

  // Whether layer Place works in place, so that this place and the next have one memory.
  template <std::size_t Place>
  static constexpr bool shares = [] {
    if constexpr (Place == 0 || Place == layers)
      return false;
    else
      return in_place<Layer<Place>> && !stored<Place>.kept && std::is_same_v<Number<Place>, Number<Place + 1>>;
  }();
  template <std::size_t Place>
  static constexpr std::size_t find_owner() {
    if constexpr (shares<Place>)
      return find_owner<Place + 1>();
    else
      return Place;
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
    if constexpr (Index > 0 && requires { requires Layer<Index>::has_running_sums; })
      return is_kept<Index> && !frames<Index>.has_edges();
    else
      return false;
  }();

  template <std::size_t Index, std::size_t Which>
  using BranchAt = StreamedBranch<typename Layer<Index>::template BranchAt<Which>, frames<Index>, stored<Index + 1>.computed>;

  // What it costs: frames of the output of layer Index that are computed anew each time, and those of them that are edges; bytes
  // that are kept of a place.
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
  static constexpr std::size_t kept_bytes = is_kept<Place>&& owner<Place> == Place ? size<Place> * sizeof(Number<Place>) : 0;

 private:
  template <std::size_t Place>
  static constexpr Wanted wanted_by_branches() {
    Wanted all{0, frames<Place>.count()};
    Layer<Place>::for_each_branch([&]<std::size_t Which>() { all = Wanted::both(all, BranchAt<Place, Which>::wanted_of_input); });
    return all;
  }
};

}  // namespace nn
