// How to learn, chosen at run time.
#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <vector>

namespace tools {

// A limit of infinity is none; no weights are all 1.
struct LearnerChoice {
  std::string optimizer;
  std::size_t batch;
  float momentum;
  float decay;
  float longest, largest;      // of a gradient and of its elements
  float smoothing;             // of labels
  std::vector<float> weights;  // of classes
  bool normalizes_batches;     // a BatchNorm by the statistics of each batch
  std::size_t threads = 1;     // that share a batch

  bool plain() const {
    constexpr float none = std::numeric_limits<float>::infinity();
    return optimizer == "sgd" && batch == 1 && decay == 0 && longest == none && largest == none && smoothing == 0 &&
           weights.empty();
  }
};

}  // namespace tools
