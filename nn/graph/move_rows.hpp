// move_rows: bytes to a place that may lie over theirs, sixteen at once: the libraries of small cores move them one by one.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace nn::graph {

struct Sixteen {
  std::uint32_t word[4];
};

template <bool Aligned>
inline void move_sixteen(std::byte* to, const std::byte* from) {
  Sixteen all;
  if constexpr (Aligned) {
    std::memcpy(&all, __builtin_assume_aligned(from, 4), sizeof all);
    std::memcpy(__builtin_assume_aligned(to, 4), &all, sizeof all);
  } else {
    std::memcpy(&all, from, sizeof all);
    std::memcpy(to, &all, sizeof all);
  }
}

template <bool Aligned>
inline void move_rows(std::byte* to, const std::byte* from, std::int32_t bytes) {
  constexpr std::int32_t step = sizeof(Sixteen);
  const std::int32_t rest = bytes % step;
  if (to < from) {
    for (std::int32_t i = 0; i < bytes - rest; i += step) move_sixteen<Aligned>(to + i, from + i);
    for (std::int32_t i = bytes - rest; i < bytes; ++i) to[i] = from[i];
  } else {
    for (std::int32_t i = bytes - 1; i >= bytes - rest; --i) to[i] = from[i];
    for (std::int32_t i = bytes - rest - step; i >= 0; i -= step) move_sixteen<Aligned>(to + i, from + i);
  }
}

[[gnu::noinline]] inline void move_rows(std::byte* to, const std::byte* from, std::int32_t bytes) {
  if (to == from) return;
  if (((reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from)) & 3) == 0)
    move_rows<true>(to, from, bytes);
  else
    move_rows<false>(to, from, bytes);
}

}  // namespace nn::graph
