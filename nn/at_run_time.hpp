// at_run_time: what the compiler is not to know. A static object that it can build lies in flash as a whole, to be copied to RAM
// at start-up: the random weights of a Trainer whose seed it knows, the workspace of an Inference whose weights it knows.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstdint>
#include <type_traits>

namespace nn {

inline std::uint32_t at_run_time(std::uint32_t seed) {
  volatile std::uint32_t hidden = seed;
  return hidden;
}

// The parameters themselves stay where they are.
template <class Parameters>
  requires std::is_class_v<Parameters>
const Parameters& at_run_time(const Parameters& parameters) {
  const Parameters* volatile hidden = &parameters;
  return *hidden;
}
template <class Parameters>
  requires std::is_class_v<Parameters>
const Parameters& at_run_time(const Parameters&&) = delete;  // would be gone before they are used

}  // namespace nn
