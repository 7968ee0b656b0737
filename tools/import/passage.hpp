// Passage: how an operator that leaves channels apart passes them on.
//
// A tensor is [elements / channels][channels]: element i belongs to channel i % channels. How many channels it has follows from
// the operator that writes it; one that reads it may see a multiple of them, as a fully connected layer does behind a reshape.
#pragma once

#include <cstdint>
#include <vector>

namespace tools::importer {

struct Passage {
  // Channel c of the `channels` that are read of this input becomes the channels (offset + c)·repeat … of the output.
  struct Part {
    std::int32_t channels;
    std::int32_t offset;
    bool passed;  // else one number for all channels
  };
  std::int32_t channels;  // of the output
  std::int32_t repeat;
  std::vector<Part> parts;  // one for each input
};

// Of an operator with one input, each channel of which becomes one of the output.
inline Passage alike(std::int32_t channels) { return {channels, 1, {{channels, 0, true}}}; }

}  // namespace tools::importer
