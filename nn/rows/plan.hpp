// RowPlan: how many rows each place of a chain holds at most. The compiler goes through an input's whole schedule and counts.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "nn/rows/chain.hpp"

namespace nn {

// Makes no rows, but sees how many of each place are still to be read as a row comes.
template <class Chain>
struct RowWitness {
  const RowPlaces<Chain>& there;
  RowPlaces<Chain>& most;
  const std::uint16_t* joined;  // rows that the layer around it has made of the last place; null of the outermost chain

  static constexpr void see(std::uint16_t& held, std::uint16_t row, std::uint16_t first) {
    held = std::max(held, static_cast<std::uint16_t>(row + 1 - std::min(first, row)));
  }
  template <std::size_t Index>
  constexpr void make(std::uint16_t row) const {
    if constexpr (Index + 1 < Chain::layers)
      see(most.rows[Index + 1], row, Chain::template first_read<Index + 1>(there));
    else if (joined)
      see(most.rows[Index + 1], row, *joined);
  }
  template <std::size_t Index, std::size_t Which>
  constexpr auto inside() const {
    using Branch = typename Chain::template BranchAt<Index, Which>;
    return RowWitness<Branch>{get<Which>(get<Index>(there.inside)), get<Which>(get<Index>(most.inside)), &there.rows[Index + 1]};
  }
};

// Of the outermost chain: its last place is whole, and its first one, unless rows are pushed.
template <class Rows, bool Pushed>
struct RowPlan {
  using Chain = Rows;
  static constexpr bool owns_first = Pushed, owns_last = false;
  static constexpr RowPlaces<Chain> held = [] {
    RowPlaces<Chain> there{}, most{};
    if constexpr (Chain::layers == 0 || Chain::highest >= 1 << 16) return most;  // refused elsewhere, in one sentence
    const RowWitness<Chain> witness{there, most, nullptr};
    for (std::uint16_t row = 0; row < Chain::template height<0>; ++row) {
      witness.see(most.rows[0], row, Chain::template first_read<0>(there));
      ++there.rows[0];
      while (Chain::pass(there, witness)) {
      }
    }
    if (!Pushed) most.rows[0] = Chain::template height<0>;
    most.rows[Chain::layers] = Chain::template height<Chain::layers>;
    return most;
  }();
};

// Of a branch of layer Index, whose first place is the input of that layer.
template <class Outer, std::size_t Index, std::size_t Which>
struct InnerRowPlan {
  using Chain = typename Outer::Chain::template BranchAt<Index, Which>;
  static constexpr bool owns_first = false, owns_last = true;
  static constexpr RowPlaces<Chain> held = [] {
    RowPlaces<Chain> inside = get<Which>(get<Index>(Outer::held.inside));
    inside.rows[0] = Outer::held.rows[Outer::Chain::template owner<Index>];
    return inside;
  }();
};

}  // namespace nn
