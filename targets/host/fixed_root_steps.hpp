// RootLanes: nn::RootSteps of several parameters at a time, with its bits. With AVX2 alone.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "nn/optimizer/root_steps.hpp"
#include "words.hpp"

namespace target {

#ifdef __AVX2__
// As nn::mantissa::quick_root.
[[gnu::always_inline]] inline __m256i quick_roots(__m256i m) {
  static constexpr auto inverted = [] {
    std::array<std::int32_t, 256> words{};  // of the first 64 there are none
    for (std::size_t k = 64; k < words.size(); ++k) words[k] = nn::mantissa::inverted_roots[k - 64];
    return words;
  }();
  const __m256i first = _mm256_i32gather_epi32(inverted.data(), _mm256_srli_epi32(m, 24), 4);
  const __m256i off = _mm256_sub_epi32(each_word(0xc0000000u), high_products(m, _mm256_mullo_epi32(first, first)));
  const __m256i inverse = high_products(_mm256_slli_epi32(first, 16), off);
  const __m256i root = _mm256_srli_epi32(high_products(m, inverse), 14);
  const __m256i rest = _mm256_slli_epi32(_mm256_sub_epi32(m, _mm256_mullo_epi32(root, root)), 1);
  return _mm256_add_epi32(_mm256_slli_epi32(root, 16), high_products(rest, inverse));
}

// a / b for a whose highest bit is set and b of 2^15 to 2^16: as floats it is at most 1 off, which the remainder tells.
[[gnu::always_inline]] inline __m256i quotients(__m256i a, __m256i b) {
  const __m256 half = _mm256_div_ps(_mm256_cvtepi32_ps(_mm256_srli_epi32(a, 1)), _mm256_cvtepi32_ps(b));
  const __m256i q = _mm256_cvttps_epi32(_mm256_add_ps(half, half));
  const __m256i rest = _mm256_sub_epi32(a, _mm256_mullo_epi32(q, b));
  const __m256i below = _mm256_srai_epi32(rest, 31), above = _mm256_cmpgt_epi32(rest, _mm256_sub_epi32(b, each_word(1)));
  return _mm256_sub_epi32(_mm256_add_epi32(q, below), above);
}

// Several vectors of eight. One step of one vector waits for its own numbers most of the time: several in turns do not.
template <std::size_t Count>
struct Words {
  __m256i of[Count];
  static Words load(const void* place) {
    Words words;
    for (std::size_t k = 0; k < Count; ++k) words.of[k] = load_words(static_cast<const char*>(place) + k * sizeof(__m256i));
    return words;
  }
  void store(void* place) const {
    for (std::size_t k = 0; k < Count; ++k) store_words(static_cast<char*>(place) + k * sizeof(__m256i), of[k]);
  }
  bool any() const {
    __m256i all = of[0];
    for (std::size_t k = 1; k < Count; ++k) all = _mm256_or_si256(all, of[k]);
    return _mm256_testz_si256(all, all) == 0;
  }
  static Words each(auto f) {
    Words words;
    for (std::size_t k = 0; k < Count; ++k) words.of[k] = f(k);
    return words;
  }
};

struct RootLanes {
  __m256i share_of_square, least_divisor, factor, dropped, negative, most;

  template <class Moment>
  explicit RootLanes(const nn::RootSteps<Moment>& steps)
      : share_of_square{each_word(steps.share_of_square)},
        least_divisor{each_word(steps.least_divisor)},
        factor{each_word(steps.factor)},
        dropped{_mm256_set1_epi32(steps.dropped)},
        negative{_mm256_set1_epi32(steps.negative ? -1 : 0)},
        most{each_word(steps.most)} {}

  template <std::size_t Count>
  static Words<Count> averaged(std::int32_t share, const Words<Count>& x, const Words<Count>& y) {
    const __m256i kept = _mm256_set1_epi32((1 << 30) - share), taken = _mm256_set1_epi32(share);
    const __m256i half = _mm256_set1_epi64x(1 << 29);
    const auto sum = [&](__m256i a, __m256i b) {
      return _mm256_add_epi64(_mm256_add_epi64(_mm256_mul_epi32(a, kept), _mm256_mul_epi32(b, taken)), half);
    };
    return Words<Count>::each([&](std::size_t k) {
      const __m256i even = sum(x.of[k], y.of[k]), odd = sum(odd_words(x.of[k]), odd_words(y.of[k]));
      return interleaved(_mm256_srli_epi64(even, 30), _mm256_slli_epi64(odd, 2));
    });
  }

  template <std::size_t Count>
  Words<Count> mean_square(const Words<Count>& root, const Words<Count>& g) const {
    Words<Count> mean, down;  // the mean is shifted up, its root is to be shifted down
    for (std::size_t k = 0; k < Count; ++k) {
      const __m256i size = _mm256_abs_epi32(g.of[k]);
      const __m256i up = leading_zeros(_mm256_or_si256(size, root.of[k]));
      const __m256i from_root = _mm256_sllv_epi32(root.of[k], up), to_root = _mm256_sllv_epi32(size, up);
      const __m256i from = high_products(from_root, from_root), to = high_products(to_root, to_root);
      const __m256i less = _mm256_sub_epi32(from, high_products(from, share_of_square));
      const __m256i sum = _mm256_or_si256(_mm256_add_epi32(less, high_products(to, share_of_square)), each_word(1));
      const __m256i more = _mm256_andnot_si256(each_word(1), leading_zeros(sum));
      mean.of[k] = _mm256_sllv_epi32(sum, more);
      down.of[k] = _mm256_add_epi32(up, _mm256_srli_epi32(more, 1));  // where all is 0, 32 at least; then nothing is left
    }
    return Words<Count>::each([&](std::size_t k) {
      const __m256i twice = _mm256_srlv_epi32(quick_roots(mean.of[k]), _mm256_sub_epi32(down.of[k], each_word(1)));
      const __m256i nearest = _mm256_min_epu32(_mm256_sub_epi32(twice, _mm256_srli_epi32(twice, 1)), each_word(INT32_MAX));
      return _mm256_blendv_epi8(nearest, each_word(INT32_MAX), _mm256_cmpeq_epi32(down.of[k], __m256i{}));
    });
  }

  template <std::size_t Count>
  Words<Count> over_root(const Words<Count>& m, const Words<Count>& root) const {
    return Words<Count>::each([&](std::size_t k) { return over_root(m.of[k], root.of[k]); });
  }

 private:
  __m256i over_root(__m256i m, __m256i root) const {
    const __m256i size = _mm256_abs_epi32(m);
    const __m256i divisor = _mm256_max_epu32(_mm256_add_epi32(root, least_divisor), each_word(1));
    const __m256i of_size = leading_zeros(size), of_divisor = leading_zeros(divisor);
    const __m256i wide_divisor = _mm256_srli_epi32(_mm256_sllv_epi32(divisor, of_divisor), 15);
    const __m256i short_divisor = _mm256_srli_epi32(_mm256_add_epi32(wide_divisor, each_word(1)), 1);
    const __m256i quotient = _mm256_slli_epi32(quotients(_mm256_sllv_epi32(size, of_size), short_divisor), 15);  // 0 of 0
    const __m256i product = high_products(quotient, factor);
    const __m256i by = _mm256_add_epi32(dropped, _mm256_sub_epi32(of_size, of_divisor));
    const __m256i twice = _mm256_srlv_epi32(product, _mm256_sub_epi32(by, each_word(1)));
    __m256i step = _mm256_sub_epi32(twice, _mm256_srli_epi32(twice, 1));
    if (const __m256i to_left = _mm256_cmpgt_epi32(each_word(1), by); _mm256_movemask_epi8(to_left) != 0)
      step = _mm256_blendv_epi8(step, shifted_up(product, _mm256_sub_epi32(__m256i{}, by)), to_left);
    step = _mm256_min_epu32(step, most);
    const __m256i below = _mm256_xor_si256(_mm256_srai_epi32(m, 31), negative);
    return _mm256_sub_epi32(_mm256_xor_si256(step, below), below);
  }
  static __m256i shifted_up(__m256i x, __m256i by) {
    const __m256i held = _mm256_min_epu32(by, each_word(31)), highest = each_word(INT32_MAX);
    const __m256i limit = _mm256_srlv_epi32(highest, held);
    const __m256i within = _mm256_cmpeq_epi32(_mm256_min_epu32(x, limit), x);
    return _mm256_blendv_epi8(highest, _mm256_sllv_epi32(x, held), within);
  }
};

// Gradients with 23 bits behind the point as moments with 27, at the limits where these are beyond them.
template <std::size_t Count>
Words<Count> moments(const Words<Count>& g) {
  const __m256i most = each_word(INT32_MAX >> 4), least = _mm256_set1_epi32(INT32_MIN >> 4);
  return Words<Count>::each([&](std::size_t k) {
    const __m256i held = _mm256_max_epi32(_mm256_min_epi32(g.of[k], most), least);
    return _mm256_or_si256(_mm256_slli_epi32(held, 4), _mm256_srli_epi32(_mm256_cmpgt_epi32(g.of[k], most), 28));
  });
}
// What nn::Adam and nn::RmsProp ask of an arithmetic, where gradients are moments already.
struct AsTheyAre {
  template <std::size_t Count>
  static Words<Count> moment(const Words<Count>& g) {
    return g;
  }
};
#endif

}  // namespace target
