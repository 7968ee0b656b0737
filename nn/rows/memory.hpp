// RowMemory: the rows that a planned chain holds at each place, and what its layers keep from row to row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "nn/pack.hpp"
#include "nn/rows/plan.hpp"

namespace nn {

// The row of each place that lies in its memory first.
template <std::size_t Places>
struct HeldFrom {
  std::array<std::uint16_t, Places> rows{};
};

struct NoRing {};
struct NothingBesideRows {};

template <class Plan, class Indices = typename Plan::Chain::Indices>
struct RowMemory;

template <class Plan, std::size_t Place>
constexpr auto ring_at() {
  using Chain = typename Plan::Chain;
  if constexpr (Chain::template owner<Place> != Place || (Place == 0 && !Plan::owns_first) ||
                (Place == Chain::layers && !Plan::owns_last))
    return std::type_identity<NoRing>{};
  else
    return std::type_identity<
        std::array<typename Chain::template Number<Place>, Plan::held.rows[Place] * Chain::template row_numbers<Place>>>{};
}

template <class Plan, std::size_t Index, class Which>
struct MemoryInside;
template <class Plan, std::size_t Index, std::size_t Which>
constexpr auto memory_of_branch() {
  if constexpr (std::is_void_v<typename Plan::Chain::template BranchAt<Index, Which>>)
    return std::type_identity<NothingBesideRows>{};
  else
    return std::type_identity<RowMemory<InnerRowPlan<Plan, Index, Which>>>{};
}
template <class Plan, std::size_t Index, std::size_t... Which>
struct MemoryInside<Plan, Index, std::index_sequence<Which...>> {
  using type = Pack<typename decltype(memory_of_branch<Plan, Index, Which>())::type...>;
};

template <class Plan, std::size_t Index>
constexpr auto kept_by() {
  using Layer = typename Plan::Chain::template Layer<Index>;
  if constexpr (Layer::way == RowWay::gathered)
    return std::type_identity<typename Layer::Bound::RunningSums>{};
  else if constexpr (Layer::way == RowWay::carried)
    return std::type_identity<typename Layer::Bound::State>{};
  else if constexpr (Layer::way == RowWay::branches)
    return std::type_identity<typename MemoryInside<Plan, Index, std::make_index_sequence<Layer::Bound::branches>>::type>{};
  else
    return std::type_identity<NothingBesideRows>{};
}

template <class Plan, std::size_t... Index>
struct RowMemory<Plan, std::index_sequence<Index...>> {
  constexpr RowMemory() = default;  // clang 18 loses an aggregate that begins with an empty one of these
  [[no_unique_address]] Pack<typename decltype(ring_at<Plan, 0>())::type, typename decltype(ring_at<Plan, Index + 1>())::type...>
      rings{};
  [[no_unique_address]] Pack<typename decltype(kept_by<Plan, Index>())::type...> kept{};
  HeldFrom<Plan::Chain::layers + 1> above{};
};

}  // namespace nn
