#include "tools/safetensors/dtype.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <limits>

namespace tools::safetensors {

namespace {

struct Entry {
  Dtype dtype;
  std::string_view name;
  std::size_t bytes;
};

constexpr std::array<Entry, 15> entries{{{Dtype::f32, "F32", 4},
                                         {Dtype::f16, "F16", 2},
                                         {Dtype::bf16, "BF16", 2},
                                         {Dtype::f64, "F64", 8},
                                         {Dtype::i64, "I64", 8},
                                         {Dtype::i32, "I32", 4},
                                         {Dtype::i16, "I16", 2},
                                         {Dtype::i8, "I8", 1},
                                         {Dtype::u64, "U64", 8},
                                         {Dtype::u32, "U32", 4},
                                         {Dtype::u16, "U16", 2},
                                         {Dtype::u8, "U8", 1},
                                         {Dtype::boolean, "BOOL", 1},
                                         {Dtype::f8_e5m2, "F8_E5M2", 1},
                                         {Dtype::f8_e4m3, "F8_E4M3", 1}}};

const Entry& entry_of(Dtype dtype) { return entries[static_cast<std::size_t>(dtype)]; }

// Sign, 5 bits of exponent (bias 15), 10 of fraction.
float float_of_half(std::uint32_t bits) {
  const float sign = (bits & 0x8000u) != 0 ? -1.0f : 1.0f;
  const auto exponent = static_cast<int>(bits >> 10 & 0x1f);
  const auto fraction = static_cast<float>(bits & 0x3ff);
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  if (exponent < 31) return sign * std::ldexp(1024 + fraction, exponent - 25);
  return sign * (fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN());
}

}  // namespace

std::optional<Dtype> dtype_of(std::string_view name) {
  for (const Entry& entry : entries)
    if (entry.name == name) return entry.dtype;
  return std::nullopt;
}

std::string_view name_of(Dtype dtype) { return entry_of(dtype).name; }
std::size_t bytes_of(Dtype dtype) { return entry_of(dtype).bytes; }

float float_of(Dtype dtype, std::uint64_t bits) {
  const auto low = static_cast<std::uint32_t>(bits);
  if (dtype == Dtype::f16) return float_of_half(low);
  if (dtype == Dtype::bf16) return std::bit_cast<float>(low << 16);
  if (dtype == Dtype::f32) return std::bit_cast<float>(low);
  return static_cast<float>(std::bit_cast<double>(bits));
}

}  // namespace tools::safetensors
