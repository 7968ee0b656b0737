// train 64-32-10 sgd b1 unchecked: float
#include "nets.hpp"
#include "digits_8x8.hpp"

// Without a look at the numbers that keep a NaN or an infinity out: what that costs is the difference.
struct Unchecked : target::Kernels {
  static constexpr bool all_small(const float*, std::size_t) { return true; }
};

int main() { return bench::train<bench::Small, nn::Sgd, 1, Unchecked>(bench::digits_8x8, 1'000, {.rate = 0.05f}); }
