#include "tools/tflite/check.hpp"

namespace tools::tflite {

std::uint64_t byte_count(Type type, const std::vector<int>& shape) {
  std::uint64_t elements = 1;
  for (int extent : shape) elements *= static_cast<std::uint64_t>(extent);
  switch (type) {
    case Type::int4: return (elements + 1) / 2;
    case Type::int8:
    case Type::uint8:
    case Type::boolean: return elements;
    case Type::int16: return 2 * elements;
    case Type::float32:
    case Type::int32: return 4 * elements;
    case Type::int64: return 8 * elements;
    case Type::other: return 0;
  }
  return 0;
}

void check_operator(const Model&, std::size_t) {}

}  // namespace tools::tflite
