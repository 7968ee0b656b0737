// Passage: how an operator that leaves channels apart passes them on.
//
// A tensor is [elements / channels][channels]: element i belongs to channel i % channels. How many channels it has follows from
// the operator that writes it; one that reads it may see a multiple of them, as a fully connected layer does behind a reshape.
#pragma once

#include <optional>
#include <vector>

#include "tools/import/network.hpp"

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

// None if the operator mixes channels, or is not known. `channels`: of each of its inputs.
std::optional<Passage> passage(const Operation& operation, const std::vector<std::int32_t>& channels);

}  // namespace tools::importer
