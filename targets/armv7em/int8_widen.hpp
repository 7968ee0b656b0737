// Codes of windows as halves of words, as int8_paired_windows.hpp reads them: of four codes of a window the first and third share
// a word, then the second and fourth; words of two windows take turns.
#pragma once

#include <cstdint>
#include <cstring>

namespace target {

inline std::uint32_t word_at(const std::int8_t* x) {
  std::uint32_t word;
  std::memcpy(&word, x, 4);
  return word;
}
// The 1 to 3 codes at x, and 0.
[[gnu::noinline]] inline std::uint32_t word_of(const std::int8_t* x, std::int32_t count) {
  std::uint32_t word = 0;
  for (std::int32_t i = 0; i < count; ++i) word |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(x[i])) << (8 * i);
  return word;
}
inline std::int32_t even_codes(std::uint32_t word) {
  std::int32_t codes;
  asm("sxtb16 %0, %1" : "=r"(codes) : "r"(word));
  return codes;
}
inline std::int32_t odd_codes(std::uint32_t word) {
  std::int32_t codes;
  asm("sxtb16 %0, %1, ror #8" : "=r"(codes) : "r"(word));
  return codes;
}

struct Int8Widen {
  // `count` codes of both windows; those that are missing to fours are 0. The loop begins in its middle where fours are
  // odd in number.
  static std::int32_t* two(const std::int8_t* x, const std::int8_t* next, std::int32_t count, std::int32_t* to) {
    const std::int8_t* const end = x + (count & ~3);
    std::uint32_t a = static_cast<std::uint32_t>(count) & 4, b, c, d;
    if (x != end)
      asm volatile(
          "cmp %[a], #0\nbne 2f\n"
          ".irp half, 1, 2\n"
          "\\half:\n"
          "ldr %[a], [%[x]], #4\n"
          "ldr %[b], [%[next]], #4\n"
          "sxtb16 %[c], %[a]\n"
          "sxtb16 %[d], %[b]\n"
          "strd %[c], %[d], [%[to]], #8\n"
          "sxtb16 %[a], %[a], ror #8\n"
          "sxtb16 %[b], %[b], ror #8\n"
          "strd %[a], %[b], [%[to]], #8\n"
          ".endr\n"
          "cmp %[x], %[end]\n"
          "bne 1b"
          : [x] "+&r"(x), [next] "+&r"(next), [to] "+&r"(to), [a] "+&r"(a), [b] "=&r"(b), [c] "=&r"(c), [d] "=&r"(d)
          : [end] "r"(end)
          : "cc", "memory");
    if ((count & 3) != 0) {
      one(word_of(x, count & 3), to);
      one(word_of(next, count & 3), to + 1);
      to += 4;
    }
    return to;
  }

  // `count` codes of one window by itself, two words to four of them. Gives the end.
  static std::int32_t* alone(const std::int8_t* x, std::int32_t count, std::int32_t* to) {
    for (const std::int8_t* const end = x + (count & ~3); x != end; x += 4) {
      const std::uint32_t word = word_at(x);
      *to++ = even_codes(word);
      *to++ = odd_codes(word);
    }
    if ((count & 3) != 0) {
      const std::uint32_t word = word_of(x, count & 3);
      *to++ = even_codes(word);
      *to++ = odd_codes(word);
    }
    return to;
  }

  // Four codes of one window.
  static void one(std::uint32_t word, std::int32_t* to) {
    to[0] = even_codes(word);
    to[2] = odd_codes(word);
  }
  static std::int32_t* same(std::uint32_t word, std::int32_t fours, std::int32_t* to) {
    for (; fours > 0; --fours, to += 4) one(word, to);
    return to;
  }
  // `before` codes of `zeros`, `inside` codes at x, and zeros up to `count`.
  static std::int32_t* padded(const std::int8_t* x, std::int32_t before, std::int32_t inside, std::int32_t count,
                              std::uint32_t zeros, std::int32_t* to) {
    if ((before | inside) % 4 == 0) {
      to = same(zeros, before >> 2, to);
      for (std::int32_t left = inside; left > 0; left -= 4, to += 4, x += 4) one(word_at(x), to);
      return same(zeros, (count - before - inside) >> 2, to);
    }
    for (std::int32_t begin = -before, end = begin + count; begin < end; begin += 4, to += 4) {
      if (begin >= 0 && begin + 4 <= inside) {
        one(word_at(x + begin), to);
      } else {
        std::uint32_t word = zeros;
        const std::int8_t* const first = x + (begin > 0 ? begin : 0);
        const std::int8_t* from = x + (begin + 4 < inside ? begin + 4 : inside);
        while (from > first) word = word << 8 | static_cast<std::uint8_t>(*--from);
        if (-4 < begin && begin < 0) word = word << (-8 * begin) | zeros >> (32 + 8 * begin);
        one(word, to);
      }
    }
    return to;
  }
};

}  // namespace target
