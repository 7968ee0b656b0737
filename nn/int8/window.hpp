// Window: which part of an image each output pixel of a convolution or a pooling reads. Images are [batch][height][width]
// [channels], channels vary fastest.
//
// Output pixel (i, j) reads the rows i·stride - before + k·dilation, k = 0 … kernel - 1, that lie within the image, and the
// columns alike.
#pragma once

#include <cstdint>

#include "nn/int8/overlap.hpp"

namespace nn::int8 {

struct Extent {
  std::int32_t height = 1;
  std::int32_t width = 1;
  std::int32_t channels = 1;

  constexpr std::int32_t pixels() const { return height * width; }
};

// Along the height and along the width.
struct Pair {
  std::int32_t height = 1;
  std::int32_t width = 1;
};

struct Window {
  std::int32_t batch = 1;
  Extent input{};
  Extent output{};
  Pair kernel{};
  Pair stride{};
  Pair dilation{};
  Pair before{0, 0};  // rows and columns of padding above and to the left

  constexpr std::int32_t pixels() const { return batch * output.pixels(); }

  // The taps of one output row or column that fall on the image: [first, last) of the kernel's.
  struct Taps {
    std::int32_t origin;  // where tap 0 falls
    std::int32_t first;
    std::int32_t last;
  };
  static constexpr Taps taps(std::int32_t at, std::int32_t stride, std::int32_t before, std::int32_t dilation,
                             std::int32_t kernel, std::int32_t extent) {
    Taps taps{at * stride - before, 0, kernel};
    if (taps.origin < 0) taps.first = (dilation - 1 - taps.origin) / dilation;
    if (taps.origin + (kernel - 1) * dilation >= extent) taps.last = (extent - taps.origin + dilation - 1) / dilation;
    return taps;
  }
  constexpr Taps rows(std::int32_t i) const {
    return taps(i, stride.height, before.height, dilation.height, kernel.height, input.height);
  }
  constexpr Taps columns(std::int32_t j) const {
    return taps(j, stride.width, before.width, dilation.width, kernel.width, input.width);
  }

  // Does any window reach over the edge?
  constexpr bool padded() const {
    return before.height > 0 || before.width > 0 ||
           (output.height - 1) * stride.height + (kernel.height - 1) * dilation.height >= input.height ||
           (output.width - 1) * stride.width + (kernel.width - 1) * dilation.width >= input.width;
  }

  // Output pixel `p` of all images: its place, and the taps that it reads.
  struct Place {
    std::int32_t image;
    Taps rows;
    Taps columns;
  };
  constexpr Place place(std::int32_t p) const {
    const std::int32_t in_image = p % output.pixels();
    return {p / output.pixels(), rows(in_image / output.width), columns(in_image % output.width)};
  }
  // Do all taps fall on the image?
  constexpr bool whole(const Place& at) const {
    return at.rows.first == 0 && at.rows.last == kernel.height && at.columns.first == 0 && at.columns.last == kernel.width;
  }
  // The output columns [first, end) whose windows do not reach over the left or right edge; none if first = end = width.
  struct Whole {
    std::int32_t first;
    std::int32_t end;
  };
  constexpr Whole whole_columns() const {
    const auto is_whole = [this](std::int32_t j) {
      const Taps of = columns(j);
      return of.first == 0 && of.last == kernel.width;
    };
    std::int32_t first = 0;
    while (first < output.width && !is_whole(first)) ++first;
    std::int32_t end = first;
    while (end < output.width && is_whole(end)) ++end;
    return {first, end};
  }
  // The index of the pixel of the input under tap (k, l).
  constexpr std::int32_t pixel(const Place& at, std::int32_t k, std::int32_t l) const {
    return (at.image * input.height + at.rows.origin + k * dilation.height) * input.width + at.columns.origin +
           l * dilation.width;
  }

  // How far the output must stay from an input in the same memory when `at_once` pixels are written before the last of
  // their windows was read.
  constexpr Overlap overlap(std::int32_t at_once) const {
    return walked(pixels(), at_once, output.channels, batch * input.pixels() * input.channels, [this](std::int32_t p) {
      const Place at = place(p);
      return Reads{pixel(at, at.rows.first, at.columns.first) * input.channels, (pixel(at, at.rows.last - 1, at.columns.last - 1) + 1) * input.channels};
    });
  }
};

}  // namespace nn::int8
