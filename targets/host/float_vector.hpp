// FloatVector: as many floats as a register of this machine holds, four, or eight where the compiler may use AVX (-mavx2,
// -march=native). The eight lanes of nn/kernels.hpp are one or two of them, so both give the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace target {

#ifdef __AVX__
inline constexpr std::size_t vector_width = 8;
#else
inline constexpr std::size_t vector_width = 4;
#endif

typedef float FloatVector __attribute__((vector_size(4 * vector_width)));
typedef std::int32_t MaskVector __attribute__((vector_size(4 * vector_width)));  // of a lane all bits or none
typedef float FourFloats __attribute__((vector_size(16)));

// As many as the widest register holds, where no lane meets another.
#ifdef __AVX512F__
inline constexpr std::size_t wide_width = 16;
#else
inline constexpr std::size_t wide_width = vector_width;
#endif
typedef float WideVector __attribute__((vector_size(4 * wide_width)));

// A vector at any address.
template <class Vector>
struct [[gnu::packed, gnu::may_alias]] Unaligned {
  Vector v;
};
template <class Vector>
inline Vector load_as(const float* place) {
  return reinterpret_cast<const Unaligned<Vector>*>(place)->v;
}
template <class Vector>
inline void store_as(float* place, Vector v) {
  reinterpret_cast<Unaligned<Vector>*>(place)->v = v;
}
inline FloatVector load(const float* place) { return load_as<FloatVector>(place); }
inline void store(float* place, FloatVector v) { store_as<FloatVector>(place, v); }

// The same, loaded once for several uses: g++ would load it again for each.
template <std::size_t Uses, class Vector = FloatVector>
inline Vector load_for(const float* place) {
  Vector v = load_as<Vector>(place);
#ifdef __AVX512F__
  if constexpr (Uses > 1) asm("" : "+v"(v));
#elif defined __SSE__
  if constexpr (Uses > 1) asm("" : "+x"(v));
#endif
  return v;
}

struct [[gnu::packed, gnu::may_alias]] UnalignedFour {
  FourFloats v;
};
inline FourFloats load_four(const float* place) { return reinterpret_cast<const UnalignedFour*>(place)->v; }

inline FloatVector broadcast(float x) {
  return [&]<std::size_t... Lane>(std::index_sequence<Lane...>) {
    return FloatVector{(static_cast<void>(Lane), x)...};
  }(std::make_index_sequence<vector_width>{});
}

// Lane by lane, yes where the mask is set.
inline FloatVector choose(MaskVector mask, FloatVector yes, FloatVector no) { return mask ? yes : no; }

// The mask of the first `count` lanes.
template <std::size_t Count>
inline MaskVector first_lanes() {
  return []<std::size_t... Lane>(std::index_sequence<Lane...>) {
    return MaskVector{(Lane < Count ? -1 : 0)...};
  }(std::make_index_sequence<vector_width>{});
}

// Lane i from lane i + Count.
template <std::size_t Count>
inline FloatVector moved_down(FloatVector v) {
  return [&]<std::size_t... Lane>(std::index_sequence<Lane...>) {
    return FloatVector{v[(Lane + Count) % vector_width]...};
  }(std::make_index_sequence<vector_width>{});
}

// The part of a length that whole blocks cover.
template <std::size_t Length, std::size_t Block>
inline constexpr std::size_t whole = Length - Length % Block;

}  // namespace target
