// Add: y = a ± b, each with a scale of its own; an input may be repeated along dimensions where it has the extent 1.
// Both are brought to a common scale with more bits, added, and brought to that of the output. ByTables: an Add of int8 that asks
// for tables (add_by_tables.hpp), which cost up to 2 KiB of flash; it gets them on cores where they are faster.
#pragma once

#include <cstdint>
#include <string_view>

#include "nn/graph/broadcast.hpp"
#include "nn/graph/call.hpp"
#include "nn/int8/add_by_tables.hpp"
#include "nn/int8/requantize.hpp"
#include "nn/kernels.hpp"

namespace nn::int8 {

template <class Code, bool ByTables = false>
  requires(!ByTables || sizeof(Code) == 1)
struct AddOf {
  static constexpr std::string_view kind = "Add";

  // How many: 20 more than int8 has, or 15 more than int16.
  static constexpr int more_bits = sizeof(Code) == 1 ? 20 : 15;

  graph::Broadcast shape;
  std::int32_t sign;  // -1 subtracts b
  std::int32_t a_zero;
  std::int32_t b_zero;
  Scale a_scale;
  Scale b_scale;
  Scale scale;
  Range range;

  constexpr graph::Overlap overlap(int input) const { return in_bytes(shape.overlap(input), sizeof(Code)); }
  constexpr void members(auto&& list) const {
    list("shape", shape);
    list("sign", sign);
    list("a_zero", a_zero);
    list("b_zero", b_zero);
    list("a_scale", a_scale);
    list("b_scale", b_scale);
    list("scale", scale);
    list("range", range);
  }

  // Of each row.
  constexpr Int8Sum sum() const {
    return {a_zero, b_zero, a_scale, b_scale, scale, range, sign, shape.extent[4], shape.a_step[4], shape.b_step[4]};
  }

  // Terms of scales of 1 or more may be too large to be doubled.
  constexpr bool asks_for_tables() const { return ByTables && a_scale.shift <= 0 && b_scale.shift <= 0; }
  template <const auto& Sum>
  static constexpr AddByTables with_tables{Sum.shape,
                                           twice_terms<more_bits, Sum.a_zero, Sum.a_scale, 1>.data(),
                                           twice_terms<more_bits, Sum.b_zero, Sum.b_scale, Sum.sign>.data(),
                                           Sum.scale, Sum.range};

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call, Code* y, const Code* a, const Code* b) const {
    const Int8Sum row = sum();
    shape.for_each_row(y, a, b, [&row](Code* to, const Code* left, const Code* right) {
      Kernels::template add_codes<more_bits>(row, left, right, to);
    });
  }
};

using Add = AddOf<std::int8_t>;
using TabledAdd = AddOf<std::int8_t, true>;

}  // namespace nn::int8
