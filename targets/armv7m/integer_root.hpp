// Square roots of integers by division: Cortex-M3 and above divide 32 bits in one instruction.
// Zimmermann, Karatsuba square root (INRIA report 3805, 1999), one level.
#pragma once

#include <bit>
#include <cstdint>

namespace target {

// The largest integer whose square is at most x; Root does it for 32 bits.
template <class Root>
[[gnu::noinline]] std::uint32_t integer_root(std::uint64_t x, Root root_of) {
  if (x >> 32 == 0) return root_of(static_cast<std::uint32_t>(x));
  const int shift = std::countl_zero(x) & ~1;
  x <<= shift;
  const auto high = static_cast<std::uint32_t>(x >> 32), low = static_cast<std::uint32_t>(x);
  const std::uint32_t first = root_of(high);  // 16 bits, the highest of them 1
  const std::uint32_t rest = high - first * first;
  std::uint32_t second = (rest << 15 | low >> 17) / first;
  if (second > 0xffff) second = 0xffff;
  std::uint32_t root = first << 16 | second;
  if (std::uint64_t{root} * root > x) --root;
  return root >> (shift / 2);
}

// Newton's method from above.
struct RootByDivision {
  std::uint32_t operator()(std::uint32_t x) const {
    if (x == 0) return 0;
    std::uint32_t root = std::uint32_t{1} << ((std::bit_width(x) + 1) / 2);
    for (;;) {
      const std::uint32_t next = (root + x / root) >> 1;
      if (next >= root) return root;
      root = next;
    }
  }
};

}  // namespace target
