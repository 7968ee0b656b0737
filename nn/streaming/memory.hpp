// StreamedMemory: what a planned chain keeps from one time to the next (State), and what it needs meanwhile (Workspace).
#pragma once

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

#include "nn/buffers.hpp"
#include "nn/layer/layer.hpp"
#include "nn/one_of.hpp"
#include "nn/pack.hpp"
#include "nn/plan.hpp"
#include "nn/streaming/plan.hpp"

namespace nn {

// Of a branch that is its input as it is: nothing.
template <class Plan>
struct StreamedMemory {
  struct State {};
  struct Workspace {};
};

template <class Plan>
requires requires { Plan::layers; }
struct StreamedMemory<Plan> {
 private:
  struct NothingKept {};
  struct NothingCarried {};
  template <std::size_t Index>
  using Layer = typename Plan::template Layer<Index>;
  template <std::size_t Place>
  using Number = typename Plan::template Number<Place>;

  // What layer Index carries from time to time, and what it needs meanwhile.
  template <std::size_t Index, class Indices>
  struct OfBranches;
  template <std::size_t Index, std::size_t... Which>
  struct OfBranches<Index, std::index_sequence<Which...>> {
    using State = Pack<typename StreamedMemory<typename Plan::template BranchAt<Index, Which>>::State...>;
    using Workspace = OneOf<typename StreamedMemory<typename Plan::template BranchAt<Index, Which>>::Workspace...>;
  };
  template <std::size_t Index>
  static constexpr auto carried_by() {
    if constexpr (Plan::template how<Index> == AlongTime::carried)
      return std::type_identity<typename Layer<Index>::State>{};
    else if constexpr (Plan::template how<Index> == AlongTime::branches)
      return std::type_identity<typename OfBranches<Index, std::make_index_sequence<Layer<Index>::branches>>::State>{};
    else if constexpr (Plan::template sums<Index>)
      return std::type_identity<typename Layer<Index>::RunningSums>{};
    else
      return std::type_identity<NothingCarried>{};
  }
  template <std::size_t Index>
  static constexpr auto needed_by() {
    if constexpr (Plan::template how<Index> == AlongTime::branches)
      return std::type_identity<typename OfBranches<Index, std::make_index_sequence<Layer<Index>::branches>>::Workspace>{};
    else
      return std::type_identity<typename WorkspaceOf<Layer<Index>>::type>{};
  }
  template <std::size_t Place>
  static constexpr auto kept_at() {
    if constexpr (Plan::template is_kept<Place> && Plan::template owner<Place> == Place)
      return std::type_identity<std::array<Number<Place>, Plan::template size<Place>>>{};
    else
      return std::type_identity<NothingKept>{};
  }

  struct Outputs {
    static constexpr std::array<PlannedOutput, Plan::layers> planned = []<std::size_t... Index>(std::index_sequence<Index...>) {
      return std::array<PlannedOutput, Plan::layers>{
          PlannedOutput{Plan::template is_kept<Index + 1> ? 0 : Plan::template size<Index + 1>,
                        Plan::template shares<Index> && !Plan::template is_kept<Index + 1>}...};
    }
    (std::make_index_sequence<Plan::layers>{});
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
  using Its = Memory<std::make_index_sequence<Plan::layers>>;

 public:
  struct State {
    constexpr State() = default;  // clang 18 loses an aggregate that begins with an empty one of these
    [[no_unique_address]] typename Its::Kept kept{};
    [[no_unique_address]] typename Its::Carried carried{};
  };
  struct Workspace {
    typename Its::Between between{};
    [[no_unique_address]] typename Its::Inside inside{};
  };
  // Where a place lies, but for the first.
  template <std::size_t Place>
  static constexpr Number<Place>* memory(State& state, Workspace& workspace) {
    if constexpr (Plan::template is_kept<Place>)
      return get<Plan::template owner<Place> - 1>(state.kept).data();
    else
      return workspace.between.template at<Place - 1>().data();
  }

  template <std::size_t Index>
  static constexpr std::size_t carried_bytes = [] {
    using Carried = typename decltype(carried_by<Index>())::type;
    return std::is_empty_v<Carried> ? 0 : sizeof(Carried);
  }();
};

}  // namespace nn
