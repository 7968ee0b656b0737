// Windows: what layers share that move a window over an image.
#pragma once

#include "nn/layer/window.hpp"
#include "tools/import/layer_kind.hpp"

namespace tools::importer {

// The options of such a layer, and what its fingerprint has of them.
struct WindowText {
  std::string options;  // ", nn::Stride<2>, nn::Same"
  nn::Axes axes;
  nn::Shape output;     // with the channels of the input

  bool whole() const;  // one window over everything
};

// Windows of height x width over the output of the chain, which becomes an image: moved and padded as the operator's attributes
// say. `side_by_side`: of a pooling, which moves by its own size unless it says so.
WindowText window_text(const Node& node, Chain& chain, int height, int width, bool side_by_side);

}  // namespace tools::importer
