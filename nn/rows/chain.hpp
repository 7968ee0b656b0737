// RowChain: the layers of a chain that go by rows, the first ones up to one that cannot, and their schedule. Place i is the input
// of layer i; the last place is what the last of them gives, or the sums that it gathers.
//
// A pass goes through the layers once, in their order, and each makes one row if it can. Nothing but how many rows there are
// decides it, so that the compiler goes through all passes beforehand (plan.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "nn/pack.hpp"
#include "nn/rows/layer.hpp"

namespace nn {

// A branch that is its input as it is.
template <class Branch>
struct BranchRows {
  using type = void;
};
template <class Branch>
  requires requires { typename Branch::Topology; }
struct BranchRows<Branch> {
  using type = RowChain<typename Branch::Topology>;
};

// For each place of a chain, and of those inside its layers: a number of rows.
struct NoPlaces {};
template <class Chain>
struct RowPlaces;

template <class Topology>
struct RowChain {
  using Network = Topology;
  using Parameters = typename Topology::Parameters;
  template <std::size_t Index>
  using Layer = RowLayer<Topology, Index>;

  static constexpr std::size_t layers = []<std::size_t... Index>(std::index_sequence<Index...>) {
    std::size_t count = 0;
    bool on = true;
    ((on = on && Layer<Index>::way != RowWay::whole, count += on, on = on && !Layer<Index>::ends_rows), ...);
    return count;
  }(std::make_index_sequence<Topology::layers>{});
  static constexpr bool to_the_end =
      layers == Topology::layers && Topology::template Layer<Topology::layers - 1>::output.height > 1;
  using Indices = std::make_index_sequence<layers>;

  template <std::size_t Place>
  static constexpr Shape shape = Topology::template input_shape_of<Place>;
  template <std::size_t Place>
  static constexpr std::size_t row_numbers = shape<Place>.width * shape<Place>.channels;
  template <std::size_t Place>
  static constexpr std::size_t height = shape<Place>.height;
  static constexpr std::size_t highest = []<std::size_t... Index>(std::index_sequence<Index...>) {
    return std::max({height<0>, height<Index + 1>...});
  }(Indices{});
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

  // A layer in place has the memory of the place behind it.
  template <std::size_t Place>
  static constexpr std::size_t find_owner() {
    if constexpr (Place > 0 && Place < layers)
      if constexpr (Layer<Place>::way == RowWay::each_row && in_place<typename Layer<Place>::Bound> &&
                    std::is_same_v<Number<Place>, Number<Place + 1>>)
        return find_owner<Place + 1>();
    return Place;
  }
  template <std::size_t Place>
  static constexpr std::size_t owner = find_owner<Place>();

  // A chain, or void.
  template <std::size_t Index, std::size_t Which>
  using BranchAt = typename BranchRows<typename Layer<Index>::Bound::template BranchAt<Which>>::type;

  // One pass; act.make<Index>(r) makes row r, act.inside<Index, Which>() is the same for a branch. False: no row could be made.
  static constexpr bool pass(RowPlaces<RowChain>& there, const auto& act) {
    return [&]<std::size_t... Index>(std::index_sequence<Index...>) {
      bool any = false;
      ((any = step<Index>(there, act) || any), ...);
      return any;
    }(Indices{});
  }

  // The first row of a place that is still to be read, if any.
  template <std::size_t Place>
  static constexpr std::uint16_t first_read(const RowPlaces<RowChain>& there) {
    const std::uint16_t made = there.rows[Place + 1];
    if constexpr (Layer<Place>::way == RowWay::branches) {
      std::uint16_t first = height<Place>;
      Layer<Place>::Bound::for_each_branch([&]<std::size_t Which>() {
        std::uint16_t here = made;
        if constexpr (!std::is_void_v<BranchAt<Place, Which>>)
          here = BranchAt<Place, Which>::template first_read<0>(get<Which>(get<Place>(there.inside)));
        if (here < first) first = here;
      });
      return first;
    } else {
      return made == Layer<Place>::rows ? std::uint16_t{height<Place>}
                                        : static_cast<std::uint16_t>(Layer<Place>::need.first(made));
    }
  }

 private:
  template <std::size_t Index>
  static constexpr bool step(RowPlaces<RowChain>& there, const auto& act) {
    std::uint16_t& made = there.rows[Index + 1];
    bool any = false, possible = true;
    if constexpr (Layer<Index>::way == RowWay::branches) {
      Layer<Index>::Bound::for_each_branch([&]<std::size_t Which>() {
        using Branch = BranchAt<Index, Which>;
        if constexpr (std::is_void_v<Branch>) {
          possible = possible && made < there.rows[Index];
        } else {
          auto& inside = get<Which>(get<Index>(there.inside));
          inside.rows[0] = there.rows[Index];
          any = Branch::pass(inside, act.template inside<Index, Which>()) || any;
          possible = possible && made < inside.rows[Branch::layers];
        }
      });
    } else {
      possible = made < Layer<Index>::rows && made < Layer<Index>::need.possible(there.rows[Index]);
    }
    if (!possible) return any;
    act.template make<Index>(made);
    ++made;
    return true;
  }
};

template <class Chain, std::size_t Index, class Which>
struct PlacesInside;
template <class Chain, std::size_t Index, std::size_t... Which>
struct PlacesInside<Chain, Index, std::index_sequence<Which...>> {
  using type = Pack<std::conditional_t<std::is_void_v<typename Chain::template BranchAt<Index, Which>>, NoPlaces,
                                       RowPlaces<typename Chain::template BranchAt<Index, Which>>>...>;
};
template <class Chain, std::size_t Index>
constexpr auto places_inside() {
  using Layer = typename Chain::template Layer<Index>;
  if constexpr (Layer::way == RowWay::branches)
    return std::type_identity<typename PlacesInside<Chain, Index, std::make_index_sequence<Layer::Bound::branches>>::type>{};
  else
    return std::type_identity<NoPlaces>{};
}
template <class Chain, class Indices>
struct PlacesOfLayers;
template <class Chain, std::size_t... Index>
struct PlacesOfLayers<Chain, std::index_sequence<Index...>> {
  using type = Pack<typename decltype(places_inside<Chain, Index>())::type...>;
};

template <class Chain>
struct RowPlaces {
  std::array<std::uint16_t, Chain::layers + 1> rows{};
  [[no_unique_address]] typename PlacesOfLayers<Chain, typename Chain::Indices>::type inside{};
};

}  // namespace nn
