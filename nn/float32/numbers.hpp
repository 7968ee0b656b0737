// Numbers: how imported operators on float32 find their tensors in the workspace of a graph, which is one of bytes.
#pragma once

#include <cstdint>
#include <limits>

#include "nn/int8/overlap.hpp"

namespace nn::float32 {

inline float* numbers(std::int8_t* bytes) { return reinterpret_cast<float*>(bytes); }
inline const float* numbers(const std::int8_t* bytes) { return reinterpret_cast<const float*>(bytes); }

// Distances between numbers as distances between bytes.
constexpr int8::Overlap in_bytes(int8::Overlap of) {
  return {of.below * static_cast<std::int32_t>(sizeof(float)), of.above * static_cast<std::int32_t>(sizeof(float))};
}

// What a fused activation leaves of a number.
struct Limits {
  float least = std::numeric_limits<float>::lowest();
  float most = std::numeric_limits<float>::max();

  constexpr float operator()(float x) const { return x < least ? least : x > most ? most : x; }
};

}  // namespace nn::float32
