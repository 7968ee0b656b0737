// --flatten channels-first|channels-last: the order of channels that PyTorch flattened, where no layer tells.
#pragma once

#include "tools/options.hpp"
#include "tools/pytorch/layout.hpp"

namespace tools::pytorch {

inline Order flattened(Options& options) {
  if (!options.has("flatten")) return Order::unknown;
  return options.one_of("flatten", "", {"channels-first", "channels-last"}) == "channels-first" ? Order::channels_first
                                                                                                : Order::channels_last;
}

}  // namespace tools::pytorch
