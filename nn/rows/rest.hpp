// RowsRest: the layers of a network behind those that go by rows, on whole maps. The first of them may work in place, as Flatten
// does: then in the map in which the rows have been gathered.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <type_traits>
#include <utility>

#include "nn/buffers.hpp"
#include "nn/layer/layer.hpp"
#include "nn/one_of.hpp"
#include "nn/plan.hpp"
#include "nn/rows/chain.hpp"

namespace nn {

template <class Chain>
struct RowsRest {
  using Topology = typename Chain::Network;
  using Number = typename Chain::template Number<Chain::layers>;
  static constexpr std::size_t map_numbers = Chain::template shape<Chain::layers>.size();
  using Map = std::array<Number, map_numbers>;
  template <std::size_t Index>
  using NumberAfter = typename Topology::template ArithmeticAt<Index>::Activation;

  // The first layer whose output does not lie in the map.
  static constexpr std::size_t beyond_map = []<std::size_t... Index>(std::index_sequence<Index...>) {
    std::size_t first = Chain::layers;
    constexpr auto lies_in_map = []<std::size_t Which>(std::integral_constant<std::size_t, Which>) {
      return in_place<typename Topology::template Layer<Which>> && std::is_same_v<NumberAfter<Which>, Number>;
    };
    ((first += Index == first && lies_in_map(std::integral_constant<std::size_t, Index>{})), ...);
    return first;
  }(std::make_index_sequence<Topology::layers>{});

  struct Outputs {
    static constexpr std::array<PlannedOutput, Topology::layers> planned = [] {
      std::array<PlannedOutput, Topology::layers> all{};
      Topology::for_each_layer([&]<std::size_t Index, class Layer>() {
        if (Index >= beyond_map) all[Index] = {Layer::output.size(), Index > beyond_map && in_place<Layer>};
      });
      return all;
    }();
    static constexpr auto plan(const auto& those) { return two_ended_plan(those); }
  };
  template <class Indices>
  struct MemoryOf;
  template <std::size_t... Index>
  struct MemoryOf<std::index_sequence<Index...>> {
    struct Nothing {};
    template <std::size_t Here>
    using Inside =
        typename WorkspaceOf<std::conditional_t<(Here >= Chain::layers), typename Topology::template Layer<Here>, Nothing>>::type;
    Buffers<Outputs, NumberAfter<Index>...> between{};
    [[no_unique_address]] OneOf<Inside<Index>...> inside{};
  };
  using Memory = MemoryOf<std::make_index_sequence<Topology::layers>>;

  // A workspace as Network::run_from takes it.
  struct Workspace {
    Map& map;
    Memory& memory;
    decltype(Memory::inside)& inside = memory.inside;

    template <std::size_t Index>
    constexpr auto at() {
      if constexpr (Index < beyond_map)
        return std::span<Number, map_numbers>{map};
      else
        return memory.between.template at<Index>();
    }
  };

  template <class Kernels>
  static constexpr auto run(const typename Topology::Parameters& parameters, Map& map, Memory& memory) {
    if constexpr (Chain::layers == Topology::layers) {
      return std::span<const Number, map_numbers>{map};
    } else {
      Workspace workspace{map, memory};
      return Topology::template run_from<Kernels, Chain::layers>(parameters, std::span<const Number, map_numbers>{map}, workspace,
                                                                 [](std::size_t) {});
    }
  }
};

}  // namespace nn
