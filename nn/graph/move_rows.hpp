// move_rows: bytes to a place that may lie over theirs, in words: the libraries of small cores move them one by one.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>

#include "nn/kernels.hpp"

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

// Blocks of 32 bytes, one after another; up: from the last to the first, whose ends are `to` and `from`.
template <class Kernels, bool Aligned>
inline void move_blocks(std::byte* to, const std::byte* from, std::int32_t bytes, bool up) {
  if (bytes == 0) return;
  if constexpr (Aligned && requires { Kernels::move_blocks(to, from, bytes, up); })
    return Kernels::move_blocks(to, from, bytes, up);
  for (; bytes > 0; bytes -= 32) {
    if (up) {
      from -= 32;
      to -= 32;
      move_sixteen<Aligned>(to + 16, from + 16);
      move_sixteen<Aligned>(to, from);
    } else {
      move_sixteen<Aligned>(to, from);
      move_sixteen<Aligned>(to + 16, from + 16);
      from += 32;
      to += 32;
    }
  }
}

template <class Kernels, bool Aligned>
inline void move_rows(std::byte* to, const std::byte* from, std::int32_t bytes) {
  const std::int32_t rest = bytes % 32, blocks = bytes - rest;
  if (to < from) {
    move_blocks<Kernels, Aligned>(to, from, blocks, false);
    for (std::int32_t i = blocks; i < bytes; ++i) to[i] = from[i];
  } else {
    for (std::int32_t i = bytes; i > blocks; --i) to[i - 1] = from[i - 1];
    move_blocks<Kernels, Aligned>(to + blocks, from + blocks, blocks, true);
  }
}

template <class Kernels = target::Kernels>
[[gnu::noinline]] void move_rows(std::byte* to, const std::byte* from, std::int32_t bytes) {
  if (to == from) return;
  if constexpr (requires { Kernels::move_down(to, from, bytes); })
    if (to < from && bytes < 128) return Kernels::move_down(to, from, bytes);
  if (((reinterpret_cast<std::uintptr_t>(to) | reinterpret_cast<std::uintptr_t>(from)) & 3) == 0)
    move_rows<Kernels, true>(to, from, bytes);
  else
    move_rows<Kernels, false>(to, from, bytes);
}

// A copy of something small whose size the compiler knows, without a call.
template <class Type>
Type* copied(std::byte* to, const Type& from) {
  static_assert(std::is_trivially_copyable_v<Type>, "nn::graph::copied: what is copied as bytes has no copy of its own");
  const std::byte* const bytes = reinterpret_cast<const std::byte*>(&from);
  if constexpr (alignof(Type) % 4 == 0) {
    std::size_t i = 0;
    const auto copy = [&](std::size_t some) {
      for (; i + some <= sizeof(Type); i += some)
        std::memcpy(__builtin_assume_aligned(to + i, 4), __builtin_assume_aligned(bytes + i, 4), some);
    };
    copy(16);
    copy(4);
  } else {
    std::memcpy(to, bytes, sizeof(Type));
  }
  return std::launder(reinterpret_cast<Type*>(to));
}

}  // namespace nn::graph
