// by_four<Channels>(visit): calls visit(k, indices 0 to 3) for four channels from k on, and with the index 0 alone for each that
// is left over. What a layer keeps for four channels of a window stays in registers, where an array of all would be in memory.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <utility>

namespace nn {

template <std::size_t Channels>
constexpr void by_four(auto&& visit) {
  constexpr std::size_t whole = Channels / 4 * 4;
  for (std::size_t k = 0; k < whole; k += 4) visit(k, std::make_index_sequence<4>{});
  if constexpr (whole < Channels)
    for (std::size_t k = whole; k < Channels; ++k) visit(k, std::index_sequence<0>{});
}

}  // namespace nn
