// Add on Helium, four codes at a time. VMLAS brings a code to its scale with more bits; VQRDMLAH multiplies, rounds and adds the
// sign, which nn::int8::rounded_shift wants before it rounds. Armv8-M ARM (DDI 0553), VMLAS, VQRDMLAH, VRSHL.
#pragma once

#include <arm_mve.h>

#include <cstdint>

#include "../armv7em/int8_elements.hpp"
#include "int8_codes.hpp"

namespace target {

// y = a ± b, of scales that are possible (SimpleTerm) and rows that both go on.
template <int MoreBits, bool Subtract>
[[gnu::noinline]] void add_rows(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
  const SimpleTerm first{m.a_scale}, second{m.b_scale}, output{m.scale};
  const int32x4_t unit = vdupq_n_s32(1 << MoreBits);
  const int32x4_t first_by = vdupq_n_s32(-first.by), second_by = vdupq_n_s32(-second.by), output_by = vdupq_n_s32(-output.by);
  const int32x4_t zero = vdupq_n_s32(m.range.zero);
  int32x4_t s, t, u;
  std::int8_t* to = y;
  asm volatile(
      "ldr lr, %[count]\nwlstp.32 lr, lr, 2f\n"
      "1:\n"
      "vldrb.s32 %q[s], [%[a]], #4\n"
      "vmlas.s32 %q[s], %q[unit], %[a_zero]\n"
      "vshr.s32 %q[t], %q[s], #31\n"
      "vqrdmlah.s32 %q[t], %q[s], %[first]\n"
      "vrshl.s32 %q[t], %q[t], %q[first_by]\n"
      "vldrb.s32 %q[s], [%[b]], #4\n"
      "vmlas.s32 %q[s], %q[unit], %[b_zero]\n"
      "vshr.s32 %q[u], %q[s], #31\n"
      "vqrdmlah.s32 %q[u], %q[s], %[second]\n"
      "vrshl.s32 %q[u], %q[u], %q[second_by]\n"
      ".if %c[subtract]\nvsub.i32 %q[t], %q[t], %q[u]\n.else\nvadd.i32 %q[t], %q[t], %q[u]\n.endif\n"
      "vshr.s32 %q[u], %q[t], #31\n"
      "vqrdmlah.s32 %q[u], %q[t], %[output]\n"
      "vrshl.s32 %q[u], %q[u], %q[output_by]\n"
      "vqadd.s32 %q[u], %q[u], %q[zero]\n"
      "vqmovnb.s32 %q[u], %q[u]\n"
      "vqmovnb.s16 %q[u], %q[u]\n"
      "vstrb.32 %q[u], [%[y]], #4\n"
      "letp lr, 1b\n"
      "2:"
      : [a] "+&l"(a), [b] "+&l"(b), [y] "+&l"(to), [s] "=&w"(s), [t] "=&w"(t), [u] "=&w"(u)
      : [count] "m"(m.count), [a_zero] "r"(-m.a_zero * (1 << MoreBits)), [b_zero] "r"(-m.b_zero * (1 << MoreBits)),
        [first] "r"(first.multiplier), [second] "r"(second.multiplier), [output] "r"(output.multiplier), [unit] "w"(unit),
        [zero] "w"(zero), [subtract] "i"(Subtract), [first_by] "w"(first_by), [second_by] "w"(second_by),
        [output_by] "w"(output_by)
      : "lr", "memory");
  clamp_if_needed(y, m.count, m.range);
}

// y = a + b, where a's scale is 1/2, eight codes at a time: half of a code with 20 more bits is the code with 19, exact. Even
// codes are widened apart from odd ones (VSHLLB, VSHLLT), so that their count must be even: a predicate of the tail leaves no
// half word.
[[gnu::noinline]] inline void add_to_half(const nn::Int8Sum& m, const std::int8_t* a, std::int32_t a_zero, const std::int8_t* b,
                                          std::int32_t b_zero, nn::int8::Scale b_scale, std::int8_t* y) {
  const int16x8_t eight = vdupq_n_s16(8), sixteen = vdupq_n_s16(16);
  int32x4_t s, t, u, v, w;
  std::int8_t* to = y;
  asm volatile(
      "ldr lr, %[count]\nwlstp.16 lr, lr, 2f\n"
      "1:\n"
      "vldrb.s16 %q[s], [%[a]], #8\n"
      "vmlas.s16 %q[s], %q[eight], %[a_zero]\n"
      "vshllb.s16 %q[t], %q[s], #16\n"
      "vshllt.s16 %q[s], %q[s], #16\n"
      "vldrb.s16 %q[u], [%[b]], #8\n"
      "vmlas.s16 %q[u], %q[sixteen], %[b_zero]\n"
      "vshllb.s16 %q[v], %q[u], #16\n"
      "vshllt.s16 %q[u], %q[u], #16\n"
      "vshr.s32 %q[w], %q[v], #31\n"
      "vqrdmlah.s32 %q[w], %q[v], %[by]\n"
      "vrshl.s32 %q[w], %[shift]\n"
      "vadd.i32 %q[t], %q[t], %q[w]\n"
      "vshr.s32 %q[w], %q[u], #31\n"
      "vqrdmlah.s32 %q[w], %q[u], %[by]\n"
      "vrshl.s32 %q[w], %[shift]\n"
      "vadd.i32 %q[s], %q[s], %q[w]\n"
      "vshr.s32 %q[v], %q[t], #31\n"
      "vqrdmlah.s32 %q[v], %q[t], %[output]\n"
      "vrshl.s32 %q[v], %[output_shift]\n"
      "vshr.s32 %q[w], %q[s], #31\n"
      "vqrdmlah.s32 %q[w], %q[s], %[output]\n"
      "vrshl.s32 %q[w], %[output_shift]\n"
      "vqmovnb.s32 %q[v], %q[v]\n"
      "vqmovnt.s32 %q[v], %q[w]\n"
      "vqadd.s16 %q[v], %q[v], %[zero]\n"
      "vqmovnb.s16 %q[v], %q[v]\n"
      "vstrb.16 %q[v], [%[y]], #8\n"
      "letp lr, 1b\n"
      "2:"
      : [a] "+&l"(a), [b] "+&l"(b), [y] "+&l"(to), [s] "=&w"(s), [t] "=&w"(t), [u] "=&w"(u), [v] "=&w"(v), [w] "=&w"(w)
      : [count] "m"(m.count), [a_zero] "r"(-8 * a_zero), [b_zero] "r"(-16 * b_zero), [by] "r"(b_scale.multiplier),
        [shift] "r"(b_scale.shift), [output] "r"(m.scale.multiplier), [output_shift] "r"(m.scale.shift), [zero] "r"(m.range.zero),
        [eight] "w"(eight), [sixteen] "w"(sixteen)
      : "lr", "memory");
  clamp_if_needed(y, m.count, m.range);
}

// The loop that adds rows of these scales, if there is one.
enum class Int8SumLoop { to_half, sums, differences, none };

constexpr Int8SumLoop loop_of(const nn::Int8Sum& m) {
  const auto to_half = [](const nn::int8::Scale& half, const nn::int8::Scale& other) {
    return SimpleTerm::is_half(half) && SimpleTerm::shifts(other);
  };
  if (m.a_step != 1 || m.b_step != 1 || !SimpleTerm::shifts(m.scale)) return Int8SumLoop::none;
  if (m.sign > 0 && m.count % 2 == 0 && (to_half(m.a_scale, m.b_scale) || to_half(m.b_scale, m.a_scale)))
    return Int8SumLoop::to_half;
  if (!SimpleTerm::possible(m.a_scale) || !SimpleTerm::possible(m.b_scale)) return Int8SumLoop::none;
  return m.sign < 0 ? Int8SumLoop::differences : Int8SumLoop::sums;
}

template <Int8SumLoop Loop>
inline void add_by(const nn::Int8Sum& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
  if constexpr (Loop != Int8SumLoop::to_half)
    add_rows<20, Loop == Int8SumLoop::differences>(m, a, b, y);
  else if (SimpleTerm::is_half(m.a_scale))
    add_to_half(m, a, m.a_zero, b, m.b_zero, m.b_scale, y);
  else
    add_to_half(m, b, m.b_zero, a, m.a_zero, m.a_scale, y);
}

// A row of nn::int8::AddHalfUp of which both inputs go on.
[[gnu::noinline]] inline void add_half_up_rows(const auto& m, const std::int8_t* a, const std::int8_t* b, std::int8_t* y) {
  const int32x4_t bias = vdupq_n_s32(m.bias), least = vdupq_n_s32(m.range.least), most = vdupq_n_s32(m.range.most);
  const std::int32_t first = m.a_multiplier, second = m.b_multiplier, shift = -m.shift, zero = m.range.zero;
  for (std::int32_t left = m.shape.extent[4]; left > 0; left -= 4, a += 4, b += 4, y += 4) {
    const mve_pred16_t those = vctp32q(static_cast<std::uint32_t>(left));
    int32x4_t sum = vmlaq_n_s32(bias, vldrbq_z_s32(a, those), first);
    sum = vmlaq_n_s32(sum, vldrbq_z_s32(b, those), second);
    sum = vaddq_n_s32(vshlq_r_s32(sum, shift), zero);
    vstrbq_p_s32(y, vminq_s32(vmaxq_s32(sum, least), most), those);
  }
}

}  // namespace target
