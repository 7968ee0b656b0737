// RowLayer: how a layer of a chain goes along the rows of its input, by what it says of itself (AlongTime): a row is a frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "nn/graph/rows.hpp"
#include "nn/layer/layer.hpp"
#include "nn/layer/window.hpp"
#include "nn/shape.hpp"

namespace nn {

enum class RowWay {
  whole,     // it takes all rows at once; here the rows end
  each_row,  // a row of its output comes from one of its input
  window,    // it has forward_rows<Kernels>(p, x, above, begin, end, y): those rows of y; x begins with row `above` of the input
  gathered,  // its output is made of sums that rows enter in their order
  carried,   // it carries a State from row to row
  branches,  // it is chains of layers side by side, which go by rows as a whole
};

template <class Topology>
struct RowChain;

template <class Topology, std::size_t Index>
struct RowLayer {
  using Spec = typename Topology::template Spec<Index>;
  using Policy = typename Topology::template ArithmeticAt<Index>;
  using Bound = typename Topology::template Layer<Index>;
  static constexpr Shape input = Topology::template input_shape_of<Index>;
  static constexpr Shape output = Bound::output;

  static constexpr bool has_forward_rows =
      requires(const typename Bound::Parameters& p, const typename Policy::Input* x, typename Policy::Activation* y) {
        Bound::template forward_rows<target::Kernels>(p, x, std::size_t{0}, 0, 1, y);
      };

  // The layer in the place of one row.
  using OfOneRow = typename Spec::template Bound<Policy, Shape{1, input.width, input.channels}>;

  static constexpr RowWay way = [] {
    constexpr AlongTime how = along_time<Bound>;
    if constexpr (input.height < 2) {
      return RowWay::whole;
    } else if constexpr (requires { requires Bound::gathers; }) {
      return RowWay::gathered;
    } else if constexpr (how == AlongTime::each_frame) {
      return OfOneRow::output.size() * input.height == output.size() && output.height == input.height ? RowWay::each_row
                                                                                                      : RowWay::whole;
    } else if constexpr (how == AlongTime::window) {
      return has_forward_rows ? RowWay::window : RowWay::whole;
    } else if constexpr (how == AlongTime::carried) {
      return RowWay::carried;
    } else if constexpr (how == AlongTime::branches) {
      bool all = true;
      Bound::for_each_branch([&]<std::size_t Which>() {
        if constexpr (requires { typename Bound::template BranchAt<Which>::Topology; })
          all = all && RowChain<typename Bound::template BranchAt<Which>::Topology>::to_the_end;
      });
      return all ? RowWay::branches : RowWay::whole;
    } else {
      return RowWay::whole;
    }
  }();

  // Its output is one row, there when all of the input has been.
  static constexpr bool ends_rows = way == RowWay::gathered || (way == RowWay::carried && output.height == 1);
  // Rows that it makes; of one that ends the rows, that it takes.
  static constexpr std::size_t rows = ends_rows ? input.height : output.height;

  // Which rows of the input it reads for a row.
  static constexpr graph::RowNeed need = [] {
    constexpr std::int32_t height = static_cast<std::int32_t>(input.height);
    constexpr graph::RowNeed::Kind by_rows = graph::RowNeed::Kind::rows;
    if constexpr (way == RowWay::window) {
      constexpr const Axis& axis = Bound::Window::rows;
      return graph::RowNeed{by_rows, static_cast<std::int32_t>(axis.stride), static_cast<std::int32_t>(axis.reach()),
                            static_cast<std::int32_t>(axis.before()), height};
    } else {
      return graph::RowNeed{by_rows, 1, 1, 0, height};
    }
  }();
};

}  // namespace nn
