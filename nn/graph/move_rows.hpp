// move_rows: bytes to a place that may lie over theirs, in words: the libraries of small cores move them one by one.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

namespace nn::graph {

template <bool Aligned>
inline void move_sixteen(std::byte* to, const std::byte* from) {
  struct {
    std::uint32_t word[4];
  } all;
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
  constexpr std::int32_t step = 32;
  const std::int32_t rest = bytes % step;
  if (to < from) {
    for (const std::byte* const end = from + (bytes - rest); from != end; from += step, to += step) {
      move_sixteen<Aligned>(to, from);
      move_sixteen<Aligned>(to + 16, from + 16);
    }
    for (std::int32_t i = 0; i < rest; ++i) to[i] = from[i];
  } else {
    const std::byte* const end = from;
    from += bytes;
    to += bytes;
    for (std::int32_t i = 0; i < rest; ++i) *--to = *--from;
    while (from != end) {
      from -= step;
      to -= step;
      move_sixteen<Aligned>(to + 16, from + 16);
      move_sixteen<Aligned>(to, from);
    }
  }
}

[[gnu::noinline]] inline void move_rows(std::byte* to, const std::byte* from, std::int32_t bytes) {
  if (to == from) return;
  if (((reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from)) & 3) == 0)
    move_rows<true>(to, from, bytes);
  else
    move_rows<false>(to, from, bytes);
}

// A copy of something small whose size the compiler knows, without a call.
template <class Type>
Type* copied(std::byte* to, const Type& from) {
  static_assert(std::is_trivially_copyable_v<Type>, "nn::graph::copied: what is copied as bytes has no copy of its own");
  const std::byte* const bytes = reinterpret_cast<const std::byte*>(&from);
  if constexpr (alignof(Type) % 4 == 0) {
    std::size_t i = 0;
    for (; i + 16 <= sizeof(Type); i += 16) move_sixteen<true>(to + i, bytes + i);
    for (; i < sizeof(Type); i += 4) std::memcpy(__builtin_assume_aligned(to + i, 4), __builtin_assume_aligned(bytes + i, 4), 4);
  } else {
    std::memcpy(to, bytes, sizeof(Type));
  }
  return std::launder(reinterpret_cast<Type*>(to));
}

}  // namespace nn::graph
