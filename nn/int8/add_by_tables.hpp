// AddByTables: what runs in the place of an Add (add.hpp) that asks for tables. The terms of both inputs, of which each has only
// 256, are read from tables that the compiler makes: y = requantize((A[a] + B[b]) / 2), the bits of Add.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/add_kernels.hpp"

namespace nn::int8 {

// Of each code, as a number without a sign, twice what Add sums of it: cores that multiply into the high word want it doubled.
// 1 KiB, shared by all inputs with these numbers. By.shift <= 0, so that the sum of two stays within ±2^30.
template <int MoreBits, std::int32_t Zero, Scale By, std::int32_t Sign>
inline constexpr std::array<std::int32_t, 256> twice_terms = [] {
  std::array<std::int32_t, 256> all{};
  for (std::int32_t code = -128; code < 128; ++code)
    all[static_cast<std::uint8_t>(code)] = 2 * Sign * requantize((code - Zero) * (1 << MoreBits), By);
  return all;
}();

struct AddByTables {
  static constexpr std::string_view kind = "Add";

  graph::Broadcast shape;
  const std::int32_t* a_terms;
  const std::int32_t* b_terms;
  Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int input) const { return shape.overlap(input); }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, std::int8_t* y, const std::int8_t* a, const std::int8_t* b) const {
    const Int8TermSum row{a_terms, b_terms, scale, range, shape.extent[4], shape.a_step[4], shape.b_step[4]};
    shape.for_each_row(y, a, b, [&row](std::int8_t* to, const std::int8_t* left, const std::int8_t* right) {
      Kernels::add_terms(row, left, right, to);
    });
  }
};

}  // namespace nn::int8
