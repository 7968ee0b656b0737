// Floats as the bytes of a tensor, and back.
#pragma once

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "tools/import/model.hpp"

namespace tools::quantizer {

inline std::size_t elements(const importer::Model& model, int tensor) {
  std::size_t count = 1;
  for (int extent : model.tensors[static_cast<std::size_t>(tensor)].shape) count *= static_cast<std::size_t>(extent);
  return count;
}

// Of std::int8_t as networks have them, or of std::uint8_t as models do.
template <class Byte>
std::vector<float> floats_of(const std::vector<Byte>& bytes) {
  std::vector<float> values(bytes.size() / sizeof(float));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

inline std::vector<std::int8_t> bytes_of(std::span<const float> values) {
  std::vector<std::int8_t> bytes(values.size_bytes());
  std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

}  // namespace tools::quantizer
