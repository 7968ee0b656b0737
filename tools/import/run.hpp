// Runs a network on this machine, in the workspace that the compiler will plan for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tools/import/network.hpp"

namespace tools::importer {

using Bytes = std::vector<std::int8_t>;

class Runner {
 public:
  explicit Runner(const Network& network);

  // One tensor each; returns the network's outputs, one each.
  std::vector<Bytes> run(const std::vector<Bytes>& inputs);
  void reset();  // what it keeps from run to run is lost

  std::size_t workspace_bytes() const { return static_cast<std::size_t>(bytes); }

 private:
  std::byte* at(std::size_t block);

  const Network& network;
  std::vector<int> number;             // of each of its tensors among those with a place in the workspace; constants: -1
  std::vector<std::int32_t> offset;    // of those tensors, of each operator's scratch, of each operator's state
  std::vector<bool> backward;          // of each operator
  std::size_t placed = 0;              // tensors with a place in the workspace
  std::int32_t bytes = 0;
  std::vector<std::int64_t> memory;    // in words, so that all numbers are aligned
};

// The outputs of a network that begins anew, one after another.
Bytes run(const Network& network, const std::vector<Bytes>& inputs);

}  // namespace tools::importer
