// NetworkFacts: what a training depends on of its network that is no code.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "nn/shape.hpp"

namespace tools {

struct NetworkFacts {
  nn::Shape input;
  std::size_t layers, outputs, classes;
  bool by_class;            // the loss asks for a class alone
  bool by_squares;          // classes are learnt by squared errors
  bool takes_batches;       // a BatchNorm by the statistics of each batch (tools/train/batch_learner.hpp)
  bool is_watched;          // notes how far its numbers go, in one place
  std::string targets;      // how they are normalized unless asked otherwise
  std::uint64_t front_end;  // its fingerprint; 0 if there is none

  // How inputs are normalized unless asked otherwise: `standard` for numbers without an order, whose columns may have units of
  // their own; `scale` for images and signals, whose numbers share one.
  std::string inputs() const { return input.height == 1 && input.width == 1 ? "standard" : "scale"; }
};

}  // namespace tools
