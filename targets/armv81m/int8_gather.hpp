// Windows at the edge of an image by vectors. Where a row is at most one vector, the padding beside it is what a predicate does
// not load (VMSR P0, VPSEL). Armv8-M ARM (DDI 0553).
#pragma once

#include <arm_mve.h>

#include <algorithm>
#include <cstdint>

#include "nn/int8/kernels.hpp"

namespace target {

struct Int8Gather {
  [[gnu::noinline]] static void run(const nn::Int8Edge& window, std::int8_t zero, std::int8_t* to) {
    const int8x16_t padding = vdupq_n_s8(zero);
    const std::int32_t row = window.before + window.length + window.after;
    to = fill(to, window.above * row, padding);
    if (row <= 16)
      to = narrow(window, row, padding, to);
    else
      for (std::int32_t r = 0; r < window.rows; ++r) {
        to = fill(to, window.before, padding);
        to = copy(to, window.x + r * window.step, window.length);
        to = fill(to, window.after, padding);
      }
    fill(to, window.below * row, padding);
  }

  // `count` windows within the image, whose runs are shorter than eight vectors, to `to` and every `apart` codes. Each run enters
  // the copies of whole vectors, of 8 bytes each, where as many are left as it has.
  [[gnu::noinline]] static void within(const nn::Int8Runs& windows, std::int32_t count, std::int8_t* to, std::int32_t apart) {
    const std::int32_t vectors = windows.length / 16;
    const std::int8_t* from = windows.x;
    int8x16_t codes;
    std::uint32_t entry;
    asm volatile(
        "vctp.8 %[part]\n"
        "adr.w %[entry], 3f\n"
        "sub %[entry], %[entry], %[vectors], lsl #3\n"
        "orr %[entry], %[entry], #1\n"
        "1:\n"
        "dls lr, %[runs]\n"
        "2:\n"
        "bx %[entry]\n"
        ".rept 7\nvldrb.8 %q[codes], [%[from]], #16\nvstrb.8 %q[codes], [%[to]], #16\n.endr\n"
        "3:\n"
        "vpstt\nvldrbt.8 %q[codes], [%[from]]\nvstrbt.8 %q[codes], [%[to]]\n"
        "add %[from], %[from], %[step]\n"
        "add %[to], %[to], %[part]\n"
        "le lr, 2b\n"
        "add %[from], %[from], %[from_further]\n"
        "add %[to], %[to], %[to_further]\n"
        "subs %[count], #1\n"
        "bne 1b"
        : [from] "+&r"(from), [to] "+&r"(to), [count] "+&r"(count), [codes] "=&w"(codes), [entry] "=&r"(entry)
        : [runs] "r"(windows.runs), [vectors] "r"(vectors), [part] "r"(windows.length % 16),
          [step] "r"(windows.step - 16 * vectors), [from_further] "r"(windows.next - windows.runs * windows.step),
          [to_further] "r"(apart - windows.runs * windows.length)
        : "lr", "p0", "cc", "memory");
  }

  static void fill(std::int8_t* to, std::int32_t count, std::int8_t code) { fill(to, count, vdupq_n_s8(code)); }

  // To a place that may lie over theirs, below.
  [[gnu::always_inline]] static std::int8_t* copy(std::int8_t* to, const std::int8_t* from, std::int32_t count) {
    std::int8_t* at = to;
    int8x16_t codes;
    asm volatile(
        "wlstp.8 lr, %[count], 2f\n1:\nvldrb.8 %q[codes], [%[from]], #16\nvstrb.8 %q[codes], [%[at]], #16\nletp lr, 1b\n2:"
        : [at] "+&r"(at), [from] "+&r"(from), [codes] "=&w"(codes)
        : [count] "r"(count)
        : "lr", "memory");
    return to + count;
  }

 private:
  [[gnu::always_inline]] static std::int8_t* fill(std::int8_t* to, std::int32_t count, int8x16_t padding) {
    std::int8_t* at = to;
    asm volatile("wlstp.8 lr, %[count], 2f\n1:\nvstrb.8 %q[padding], [%[at]], #16\nletp lr, 1b\n2:"
                 : [at] "+&r"(at) : [count] "r"(count), [padding] "w"(padding) : "lr", "memory");
    return to + count;
  }

  // Rows of at most a vector. While the window goes on for 16 codes more, they are stored whole: what is too much is overwritten.
  [[gnu::always_inline]] static std::int8_t* narrow(const nn::Int8Edge& window, std::int32_t row, int8x16_t padding,
                                                    std::int8_t* to) {
    const std::int32_t whole = std::clamp(window.rows + window.below + 1 - (15 + row) / row, std::int32_t{0}, window.rows);
    const std::uint32_t inside = ((1u << window.length) - 1) << window.before;
    const std::int8_t* from = window.x - window.before;
    int8x16_t codes;
    asm volatile(
        "vmsr p0, %[inside]\n"
        "wls lr, %[whole], 2f\n"
        "1:\n"
        "vpst\n"
        "vldrbt.8 %q[codes], [%[from]]\n"
        "vpsel %q[codes], %q[codes], %q[padding]\n"
        "vstrb.8 %q[codes], [%[to]]\n"
        "add %[from], %[from], %[step]\n"
        "add %[to], %[to], %[row]\n"
        "le lr, 1b\n"
        "2:\n"
        "wls lr, %[cut], 4f\n"
        "3:\n"
        "vmsr p0, %[inside]\n"
        "vpst\n"
        "vldrbt.8 %q[codes], [%[from]]\n"
        "vpsel %q[codes], %q[codes], %q[padding]\n"
        "vctp.8 %[row]\n"
        "vpst\n"
        "vstrbt.8 %q[codes], [%[to]]\n"
        "add %[from], %[from], %[step]\n"
        "add %[to], %[to], %[row]\n"
        "le lr, 3b\n"
        "4:"
        : [codes] "=&w"(codes), [from] "+&r"(from), [to] "+&r"(to)
        : [inside] "r"(inside), [whole] "r"(whole), [cut] "r"(window.rows - whole), [padding] "w"(padding),
          [step] "r"(window.step), [row] "r"(row)
        : "lr", "p0", "memory");
    return to;
  }
};

}  // namespace target
