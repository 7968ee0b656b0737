// Dtype: what a number of a tensor is, by the names of the safetensors format, and how it becomes a float.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tools::safetensors {

enum class Dtype { f32, f16, bf16, f64, i64, i32, i16, i8, u64, u32, u16, u8, boolean, f8_e5m2, f8_e4m3 };

std::optional<Dtype> dtype_of(std::string_view name);
std::string_view name_of(Dtype dtype);
std::size_t bytes_of(Dtype dtype);

// F32, F16, BF16 and F64, of which a float can be made.
constexpr bool is_real(Dtype dtype) {
  return dtype == Dtype::f32 || dtype == Dtype::f16 || dtype == Dtype::bf16 || dtype == Dtype::f64;
}

// Of the bits of such a number. F16 (IEEE 754 binary16) and BF16 (the upper half of a float) are exact, F64 is rounded to
// nearest.
float float_of(Dtype dtype, std::uint64_t bits);

}  // namespace tools::safetensors
