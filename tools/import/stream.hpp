// stream: of a network over a window of time, one that takes the newest frames alone. What they change is computed; what they do
// not change is kept in variables, windows that slide in place (nn/graph/slide.hpp). After the first full window its outputs are
// those of the network on the last one, to the last bit. Which frames that concerns: nn/streaming/frames.hpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/import/network.hpp"

namespace tools::importer {

// Of one operator.
struct StreamedCost {
  std::string name;
  std::int64_t frames;    // of its output in a window; 1 where it has no time
  std::int64_t computed;  // of these, each time
  std::int64_t edges;     // of these, only because they touch padding at the edges of the window
  std::int64_t state;     // bytes that are kept of its output
  std::int64_t products;  // multiply-accumulates each time
  std::int64_t edge_products;
  std::int64_t window_products;  // of a whole window
};

struct Streamed {
  Network network;
  std::int32_t hop;     // frames that come each time
  std::int32_t frames;  // of a window
  std::int64_t input_state;  // bytes of frames that are kept of the input
  std::vector<StreamedCost> costs;

  // As a table, a line each.
  std::vector<std::string> table() const;
};

// `hop` frames at a time of the input's first axis. `file` begins the sentence that refuses what cannot stream.
Streamed stream(const Network& window, std::int32_t hop, const std::string& file);

}  // namespace tools::importer
