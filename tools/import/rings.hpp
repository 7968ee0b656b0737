// Rings: windows over streams. A model keeps the newest rows of a stream in a variable, puts the next ones behind them, works on
// the whole, and stores the newest again:
//
//   state [1, n, …]    window = concatenation(state, frame)    state = the last n rows of window
//   state [1, n, …]    window = concatenation(all but the first rows of state, frame)    state = window
//
// Here the window is the variable, the frame is its last rows, written where they stand, and all that is to be done is to move
// the rows up when nobody reads them any more (nn/graph/slide.hpp).
#pragma once

#include <set>
#include <vector>

#include "tools/import/lowering.hpp"

namespace tools::importer {

class Rings {
 public:
  Rings() = default;  // none
  // Finds them, and gives their windows and frames a place.
  Rings(const Model& model, Building& building);

  // Does operator `index` of the model only move rows of one? Then there is nothing to be done for it.
  bool replace(std::size_t index) const { return replaced.contains(index); }

  // Adds what moves the rows up, each behind the last operator that reads the window. A window that is an output of the model is
  // copied before.
  void slide(const Model& model, Building& building) const;

 private:
  struct Window {
    int tensor;           // of the network
    std::int32_t frame;   // numbers of it
  };
  std::vector<Window> windows;
  std::set<std::size_t> replaced;
};

}  // namespace tools::importer
