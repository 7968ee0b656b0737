// RowRun: makes the rows of a pass. What a place holds is a small image that moves in its memory: kernels know no rings.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/graph/move_rows.hpp"
#include "nn/rows/memory.hpp"

namespace nn {

template <class Kernels, class Plan>
struct RowRun {
  using Chain = typename Plan::Chain;
  using Parameters = typename Chain::Parameters;
  template <std::size_t Index>
  using Layer = typename Chain::template Layer<Index>;
  template <std::size_t Place>
  using Number = typename Chain::template Number<Place>;

  std::conditional_t<std::is_empty_v<Parameters>, Parameters, const Parameters&> parameters;
  const RowPlaces<Chain>& there;
  const Number<0>* first;       // the first place
  std::uint16_t first_above;    // the row of it that lies there first
  Number<Chain::layers>* last;  // the last place
  std::uint16_t joined;         // rows of it that the layer around it has taken
  RowMemory<Plan>& memory;

  template <std::size_t Index>
  constexpr void make(std::uint16_t r) const {
    using Bound = typename Layer<Index>::Bound;
    constexpr RowWay way = Layer<Index>::way;
    const auto& p = get<Index>(parameters);
    if constexpr (way == RowWay::window) {
      make_room<Index + 1>(r);
      Bound::template forward_rows<Kernels>(p, place<Index>(), std::size_t{above<Index>()}, r, r + 1u, row<Index + 1>(r).data());
    } else if constexpr (way == RowWay::each_row) {
      make_room<Index + 1>(r);
      Layer<Index>::OfOneRow::template forward<Kernels>(p, row<Index>(r), row<Index + 1>(r));
    } else if constexpr (way == RowWay::gathered) {
      auto& sums = get<Index>(memory.kept);
      Bound::enter(sums, row<Index>(r));
      if (r + 1u == Layer<Index>::rows) Bound::give(sums, row<Index + 1>(0));
    } else if constexpr (way == RowWay::carried) {
      auto& state = get<Index>(memory.kept);
      Bound::template step<Kernels>(p, row<Index>(r), state);
      if constexpr (!Layer<Index>::ends_rows) make_room<Index + 1>(r);
      if (Layer<Index>::ends_rows && r + 1u < Layer<Index>::rows) return;
      const auto y = row<Index + 1>(Layer<Index>::ends_rows ? std::uint16_t{0} : r);
      for (std::size_t k = 0; k < y.size(); ++k) y[k] = state.h[k];
    } else {
      make_room<Index + 1>(r);
      Bound::for_each_branch(
          [&]<std::size_t Which>() { Bound::template join<Which>(row<Index + 1>(r), end_of<Index, Which>(r)); });
    }
  }

  template <std::size_t Index, std::size_t Which>
  constexpr auto inside() const {
    using Branch = InnerRowPlan<Plan, Index, Which>;
    auto& its = get<Which>(get<Index>(memory.kept));
    return RowRun<Kernels, Branch>{.parameters = get<Which>(get<Index>(parameters)),
                                   .there = get<Which>(get<Index>(there.inside)),
                                   .first = place<Index>(),
                                   .first_above = above<Index>(),
                                   .last = get<Branch::Chain::layers>(its.rings).data(),
                                   .joined = there.rows[Index + 1],
                                   .memory = its};
  }

  // Before row r of a place is written: where the memory is full, those rows that are still to be read move to its beginning.
  template <std::size_t Place>
  constexpr void make_room(std::uint16_t r) const {
    constexpr std::size_t owner = Chain::template owner<Place>;
    constexpr std::size_t each = Chain::template row_numbers<owner>;
    if constexpr (moves<owner>) {
      std::uint16_t& begin = memory.above.rows[owner];
      if (static_cast<std::size_t>(r - begin) < held<owner>) return;
      const std::uint16_t from = std::min(first_read<owner>(), r);
      auto* const numbers = get<owner>(memory.rings).data();
      move(numbers, numbers + (from - begin) * each, static_cast<std::size_t>(r - from) * each);
      begin = from;
    }
  }

  // All numbers of row r of a place.
  template <std::size_t Place>
  constexpr auto row(std::uint16_t r) const {
    constexpr std::size_t count = Chain::template row_numbers<Place>;
    auto* const numbers = place<Place>() + static_cast<std::size_t>(r - above<Place>()) * count;
    return std::span<std::remove_pointer_t<decltype(place<Place>())>, count>{numbers, count};
  }

 private:
  template <std::size_t Place>
  static constexpr std::size_t held = Plan::held.rows[Chain::template owner<Place>];
  template <std::size_t Place>
  static constexpr bool moves = (Place > 0 || Plan::owns_first) && held<Place> < Chain::template height<Place>;

  template <std::size_t Place>
  constexpr auto place() const {
    constexpr std::size_t owner = Chain::template owner<Place>;
    if constexpr (Place == 0)
      return first;
    else if constexpr (owner == Chain::layers)
      return last;
    else
      return get<owner>(memory.rings).data();
  }
  // The row of a place that lies in its memory first.
  template <std::size_t Place>
  constexpr std::uint16_t above() const {
    constexpr std::size_t owner = Chain::template owner<Place>;
    if constexpr (owner == 0)
      return Plan::owns_first ? memory.above.rows[0] : first_above;
    else if constexpr (moves<owner>)
      return memory.above.rows[owner];
    else
      return 0;
  }
  template <std::size_t Place>
  constexpr std::uint16_t first_read() const {
    if constexpr (Place == Chain::layers)
      return joined;
    else
      return Chain::template first_read<Place>(there);
  }
  // Row r of what a branch gives.
  template <std::size_t Index, std::size_t Which>
  constexpr auto end_of(std::uint16_t r) const {
    if constexpr (std::is_void_v<typename Chain::template BranchAt<Index, Which>>)
      return row<Index>(r);
    else
      return inside<Index, Which>().template row<InnerRowPlan<Plan, Index, Which>::Chain::layers>(r);
  }

  template <class Element>
  static constexpr void move(Element* to, const Element* from, std::size_t count) {
    if (std::is_constant_evaluated())
      for (std::size_t i = 0; i < count; ++i) to[i] = from[i];
    else
      graph::move_rows(reinterpret_cast<std::byte*>(to), reinterpret_cast<const std::byte*>(from),
                       static_cast<std::int32_t>(count * sizeof(Element)));
  }
};

}  // namespace nn
