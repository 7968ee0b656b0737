// The store of this machine, in memory: it ends with the program. Functions as of nn::Store (nn/store/store.hpp).
#pragma once

#include <cstddef>

#include "../chips/simulated_flash.hpp"
#include "nn/store/store.hpp"

namespace platform {

// For records of up to `bytes` bytes.
class Store : public nn::Store<SimulatedFlash<64, 4096, 8>> {
 public:
  explicit Store(std::size_t bytes) : nn::Store<SimulatedFlash<64, 4096, 8>>{bytes, SimulatedFlash<64, 4096, 8>{cells}} {}

 private:
  static inline SimulatedCells<64, 4096> cells;
};

}  // namespace platform
