// The types that a network's numbers may have, in C++.
#pragma once

#include <cstdint>
#include <vector>

#include "tools/import/model.hpp"

namespace tools::importer {

inline const std::vector<Type> computed_types{Type::float32, Type::int8, Type::int16, Type::int32, Type::uint8, Type::boolean};

// Bytes of a number; of int4 and others none.
constexpr std::int32_t bytes_of(Type type) {
  switch (type) {
    case Type::float32:
    case Type::int32: return 4;
    case Type::int64: return 8;
    case Type::int16:
    case Type::float16: return 2;
    default: return 1;
  }
}

// of(Number{}) with the type of such a tensor's numbers; it must be one of those above.
auto with_number_of(Type type, auto of) {
  switch (type) {
    case Type::float32: return of(float{});
    case Type::int32: return of(std::int32_t{});
    case Type::int16: return of(std::int16_t{});
    case Type::uint8: return of(std::uint8_t{});
    case Type::boolean: return of(bool{});
    default: return of(std::int8_t{});
  }
}

}  // namespace tools::importer
