// How much of a generated header is computed by the compiler that reads it.
#pragma once

#include <cstddef>

namespace tools {

// Multiply-accumulates of a network; above this the probe is left to a test: the compiler would take too long.
constexpr std::size_t most_macs_at_compile_time = 32'000;

}  // namespace tools
