// Runner: runs a network on this machine, in the workspace that the compiler will plan for it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "nn/graph/row_pass.hpp"
#include "tools/import/network.hpp"

namespace tools::importer {

using Bytes = std::vector<std::int8_t>;

class Runner {
 public:
  explicit Runner(const Network& all);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // One tensor for each of network.inputs; returns those of network.outputs, one after another.
  Bytes run(const std::vector<Bytes>& x);
  // Variables begin with their initial numbers, states of operators with 0.
  void reset();

  // Where everything lies in the workspace, and why.
  const std::vector<nn::graph::Block>& plan() const { return blocks; }
  const nn::graph::Facts& planned() const { return facts; }
  std::size_t workspace_bytes() const { return static_cast<std::size_t>(workspace); }
  // Operators that run by rows: 0 unless network.rows says so, and where none can.
  std::int32_t row_operators() const { return rows_first; }

 private:
  nn::graph::Facts planned_facts() const {
    if (rows_first == 0) return facts;
    return {planned_by_rows.tensors, planned_by_rows.steps, planned_by_rows.reads, facts.inputs,
            facts.outputs, facts.keeps_inputs};
  }
  void plan_by_rows();
  void run_by_rows(const Bytes& x);
  void run_step(std::size_t s, std::byte* to, std::span<const std::byte* const> from, const nn::graph::RowRange* range);
  void run_whole(std::size_t s);
  std::byte* at(std::size_t block) { return reinterpret_cast<std::byte*>(memory.data()) + blocks[block].offset; }
  std::byte* at_tensor(int tensor) { return at(static_cast<std::size_t>(number[static_cast<std::size_t>(tensor)])); }

  const Network& network;
  std::vector<int> number;  // of each tensor among those that are computed; -1 of a constant
  std::vector<nn::graph::TensorFacts> tensors;
  std::vector<nn::graph::StepFacts> steps;
  std::vector<nn::graph::Read> reads;
  std::vector<std::int32_t> inputs, outputs;
  nn::graph::Facts facts;
  std::vector<nn::graph::Block> blocks;
  std::int32_t rows_first = 0;
  std::vector<nn::graph::RowTensor> row_tensors;
  std::vector<nn::graph::RowStep> row_sums;
  std::vector<nn::graph::RowNeed> needs;
  nn::graph::RowFacts row_facts;
  std::vector<nn::graph::RowTable> tables;
  struct {
    std::vector<nn::graph::TensorFacts> tensors;
    std::vector<nn::graph::StepFacts> steps;
    std::vector<nn::graph::Read> reads;
  } planned_by_rows;
  std::int32_t workspace = 0;        // bytes
  std::vector<std::int64_t> memory;  // in words, so that all numbers are aligned
};

// From the beginning.
inline Bytes run(const Network& network, const std::vector<Bytes>& x) { return Runner{network}.run(x); }

}  // namespace tools::importer
