// One window on rows as int8_pairs.hpp has them: eight rows at a time, 31 instructions for 32 products, or four. The window is
// read as it stands, at any address.
#pragma once

#include <cstddef>
#include <cstring>

#include "int8_pairs.hpp"
#include "int8_rows.hpp"

namespace target {

// `all` sums 256·O + E, `even` sums E.
struct Int8PairSums {
  std::uint32_t all;
  std::uint32_t even;

  std::int32_t twice_even() const { return static_cast<std::int32_t>(2 * even); }
  std::int32_t twice_odd(std::int32_t twice_bias) const {
    const std::int32_t twice = static_cast<std::int32_t>(all - even) >> 7;
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(twice) + static_cast<std::uint32_t>(twice_bias));
  }
};

template <int Rows, class Rounding>
struct Int8PairedRows {
  // A group, of which `rows` are there; the next. `shared`: the outlet of all rows, or none.
  static const std::int8_t* run(const std::int8_t* w, const Int8OutletOf<Rounding>* shared, const std::int8_t* x, std::int32_t depth,
                                std::int32_t rows, std::int8_t* y) {
    Int8PairSums sum[4];
    w = add(w + 2 * Rows, x, depth, reinterpret_cast<const std::int32_t*>(w), sum);
    const std::int32_t step = static_cast<std::int32_t>(shared == nullptr ? sizeof(Int8PairOutlet<Rounding>) : sizeof(std::int32_t));
    std::int8_t codes[static_cast<std::size_t>(Rows)];
#pragma GCC unroll 4
    for (int k = 0; k < Rows / 2; ++k, w += step) {
      const auto& outlet = *reinterpret_cast<const Int8PairOutlet<Rounding>*>(w);
      codes[2 * k] = static_cast<std::int8_t>((shared ? *shared : outlet.even)(sum[k].twice_even()));
      codes[2 * k + 1] = static_cast<std::int8_t>((shared ? *shared : outlet.odd)(sum[k].twice_odd(outlet.twice_odd_bias)));
    }
    if (rows == Rows) [[likely]] {
      std::memcpy(y, codes, sizeof codes);
    } else {
      const volatile std::int8_t* const some = codes;  // no call of memcpy
      for (std::int32_t r = 0; r < rows; ++r) y[r] = some[r];
    }
    return w;
  }

 private:
  // Whole words of codes first; what is left of them is copied to a word. Returns the end of the weights.
  [[gnu::always_inline]] static const std::int8_t* add(const std::int8_t* w, const std::int8_t* x, std::int32_t depth,
                                                       const std::int32_t* start, Int8PairSums (&sum)[4]) {
    std::uint32_t s0 = static_cast<std::uint32_t>(start[0]), s1 = static_cast<std::uint32_t>(start[1]), s2 = 0, s3 = 0;
    if constexpr (Rows == 8) s2 = static_cast<std::uint32_t>(start[2]), s3 = static_cast<std::uint32_t>(start[3]);
    std::uint32_t t0 = s0, t1 = s1, t2 = s2, t3 = s3, rest = 0;
    const std::int8_t* end = x + (depth & ~3);
    for (bool last = (depth & 3) == 0;; last = true) {
      if (x != end) {
        std::uint32_t a = static_cast<std::uint32_t>(end - x) & 4, b, u, v;
        asm volatile(
            "cmp %[a], #0\n"
            "bne 2f\n"
            ".irp part, 1, 2\n"
            "\\part:\n"
            "ldr %[b], [%[x]], #4\n"
            "sxtb16 %[a], %[b]\n"
            "sxtb16 %[b], %[b], ror #8\n"
            ".irp code, %[a], %[b]\n"
            "ldrd %[u], %[v], [%[w]], #8\n"
            "smlad %[s0], \\code, %[u], %[s0]\nsxtb16 %[u], %[u]\nsmlad %[t0], \\code, %[u], %[t0]\n"
            "smlad %[s1], \\code, %[v], %[s1]\nsxtb16 %[v], %[v]\nsmlad %[t1], \\code, %[v], %[t1]\n"
            ".if %c[rows] == 8\n"
            "ldrd %[u], %[v], [%[w]], #8\n"
            "smlad %[s2], \\code, %[u], %[s2]\nsxtb16 %[u], %[u]\nsmlad %[t2], \\code, %[u], %[t2]\n"
            "smlad %[s3], \\code, %[v], %[s3]\nsxtb16 %[v], %[v]\nsmlad %[t3], \\code, %[v], %[t3]\n"
            ".endif\n"
            ".endr\n"
            ".endr\n"
            "ldr %[a], %[end]\n"
            "cmp %[x], %[a]\n"
            "bne 1b"
            : [x] "+r"(x), [w] "+r"(w), [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [t0] "+r"(t0), [t1] "+r"(t1),
              [t2] "+r"(t2), [t3] "+r"(t3), [a] "+r"(a), [b] "=&r"(b), [u] "=&r"(u), [v] "=&r"(v)
            : [end] "m"(end), [rows] "i"(Rows)
            : "cc", "memory");
      }
      if (last) break;
      for (std::int32_t i = 0; i < (depth & 3); ++i)
        rest |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(x[i])) << (8 * i);
      x = reinterpret_cast<const std::int8_t*>(&rest);
      end = x + 4;
    }
    sum[0] = {s0, t0};
    sum[1] = {s1, t1};
    sum[2] = {s2, t2};
    sum[3] = {s3, t3};
    return w;
  }
};

// y = requantized W·x + b, within [-128, 127].
template <int Rows, class Rounding>
[[gnu::noinline]] void paired_rows(const nn::Int8RowsOf<Rounding>& m, const std::int8_t* x, std::int8_t* y) {
  const std::int8_t* w = m.laid_out;
  const Int8OutletOf<Rounding>* const shared =
      !Int8Pairs::one_outlet(m) ? nullptr : reinterpret_cast<const Int8OutletOf<Rounding>*>(w + Int8Pairs::all_groups(m));
  for (std::int32_t left = m.outputs; left > 0; left -= Rows, y += Rows)
    w = Int8PairedRows<Rows, Rounding>::run(w, shared, x, m.depth, left < Rows ? left : Rows, y);
}

}  // namespace target
