// RowRun: makes the rows that a pass asks for. Row r of a place lies at r modulo the rows that it holds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/layer/window.hpp"
#include "nn/rows/memory.hpp"

namespace nn {

// The rows under row r of the windows along `axis`, in a ring of so many.
template <std::size_t Taps, std::size_t Width, std::size_t Held, class Number>
constexpr RingRows<Number, Taps> ring_rows(const Axis& axis, const Number* x, std::size_t r) {
  RingRows<Number, Taps> input{x, {}};
  for (std::size_t tap = 0; tap < Taps; ++tap) {
    const std::size_t row = r * axis.stride + tap * axis.dilation - axis.before();  // wraps above the input
    if (row < axis.input) input.starts[tap] = row % Held * Width;
  }
  return input;
}

template <class Kernels, class Plan>
struct RowRun {
  using Chain = typename Plan::Chain;
  template <std::size_t Index>
  using Layer = typename Chain::template Layer<Index>;
  template <std::size_t Place>
  using Number = typename Chain::template Number<Place>;

  using Parameters = typename Chain::Parameters;

  std::conditional_t<std::is_empty_v<Parameters>, Parameters, const Parameters&> parameters;
  const Number<0>* first;       // the first place
  Number<Chain::layers>* last;  // the last
  RowMemory<Plan>& memory;

  template <std::size_t Index>
  constexpr void make(std::uint16_t r) const {
    using Bound = typename Layer<Index>::Bound;
    constexpr RowWay way = Layer<Index>::way;
    const auto& p = get<Index>(parameters);
    if constexpr (way == RowWay::window) {
      constexpr const Axis& axis = Bound::Window::rows;
      constexpr std::size_t width = Chain::template shape<Index>.width;
      if constexpr (held<Index> == Chain::template height<Index>)
        Bound::template forward_row<Kernels>(p, MapRows<Number<Index>, width>{place<Index>()}, r, row<Index + 1>(r));
      else
        Bound::template forward_row<Kernels>(p, ring_rows<axis.taps, width, held<Index>>(axis, place<Index>(), r), r, row<Index + 1>(r));
    } else if constexpr (way == RowWay::each_row) {
      Layer<Index>::OfOneRow::template forward<Kernels>(p, whole_row<Index>(r), whole_row<Index + 1>(r));
    } else if constexpr (way == RowWay::gathered) {
      auto& sums = get<Index>(memory.kept);
      Bound::enter(sums, whole_row<Index>(r));
      if (r + 1u == Layer<Index>::rows) Bound::give(sums, whole_row<Index + 1>(0));
    } else if constexpr (way == RowWay::carried) {
      auto& state = get<Index>(memory.kept);
      Bound::template step<Kernels>(p, whole_row<Index>(r), state);
      if (Layer<Index>::ends_rows && r + 1u < Layer<Index>::rows) return;
      Number<Index + 1>* const y = row<Index + 1>(Layer<Index>::ends_rows ? std::uint16_t{0} : r);
      for (std::size_t k = 0; k < Chain::template row_numbers<Index + 1>; ++k) y[k] = state.h[k];
    } else {
      Bound::for_each_branch([&]<std::size_t Which>() { Bound::template join<Which>(whole_row<Index + 1>(r), end_of<Index, Which>(r)); });
    }
  }

  template <std::size_t Index, std::size_t Which>
  constexpr auto inside() const {
    using Branch = InnerRowPlan<Plan, Index, Which>;
    auto& its = get<Which>(get<Index>(memory.kept));
    return RowRun<Kernels, Branch>{get<Which>(get<Index>(parameters)), place<Index>(), get<Branch::Chain::layers>(its.rings).data(), its};
  }

  // Row r of a place, all of its numbers.
  template <std::size_t Place>
  constexpr auto whole_row(std::uint16_t r) const {
    constexpr std::size_t count = Chain::template row_numbers<Place>;
    if constexpr (Place == 0)
      return std::span<const Number<0>, count>{row<0>(r), count};
    else
      return std::span<Number<Place>, count>{row<Place>(r), count};
  }

 private:
  template <std::size_t Place>
  static constexpr std::size_t held = Plan::held.rows[Chain::template owner<Place>];

  template <std::size_t Place>
  constexpr auto* place() const {
    constexpr std::size_t owner = Chain::template owner<Place>;
    if constexpr (Place == 0)
      return first;
    else if constexpr (owner == Chain::layers)
      return last;
    else
      return get<owner>(memory.rings).data();
  }
  template <std::size_t Place>
  constexpr auto* row(std::uint16_t r) const {
    const std::size_t at = held<Place> == Chain::template height<Place> ? r : r % held<Place>;
    return place<Place>() + at * Chain::template row_numbers<Place>;
  }
  // Row r of what a branch gives.
  template <std::size_t Index, std::size_t Which>
  constexpr auto end_of(std::uint16_t r) const {
    if constexpr (std::is_void_v<typename Chain::template BranchAt<Index, Which>>) {
      return whole_row<Index>(r);
    } else {
      const auto branch = inside<Index, Which>();
      return branch.template whole_row<InnerRowPlan<Plan, Index, Which>::Chain::layers>(r);
    }
  }
};

}  // namespace nn
