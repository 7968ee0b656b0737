// Window: which part of an image each output pixel of a convolution or a pooling reads. Images are [batch][height][width]
// [channels], channels vary fastest.
//
// Output pixel (i, j) reads the rows i·stride - before + k·dilation, k = 0 … kernel - 1, that lie within the image, and the
// columns alike.
#pragma once

#include <algorithm>
#include <cstdint>

#include "nn/graph/overlap.hpp"

namespace nn::graph {

struct Extent {
  std::int32_t height = 1;
  std::int32_t width = 1;
  std::int32_t channels = 1;

  constexpr std::int32_t pixels() const { return height * width; }
  constexpr void members(auto&& list) const {
    list("height", height);
    list("width", width);
    list("channels", channels);
  }
};

// Along the height and along the width.
struct Pair {
  std::int32_t height = 1;
  std::int32_t width = 1;

  constexpr void members(auto&& list) const {
    list("height", height);
    list("width", width);
  }
};

struct Window {
  std::int32_t batch = 1;
  Extent input{};
  Extent output{};
  Pair kernel{};
  Pair stride{};
  Pair dilation{};
  Pair before{0, 0};  // rows and columns of padding above and to the left; of the image that are left out, if negative

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
  [[gnu::noinline]] constexpr Taps rows(std::int32_t i) const {
    return taps(i, stride.height, before.height, dilation.height, kernel.height, input.height);
  }
  [[gnu::noinline]] constexpr Taps columns(std::int32_t j) const {
    return taps(j, stride.width, before.width, dilation.width, kernel.width, input.width);
  }

  // Does any window reach over the edge?
  constexpr bool padded() const {
    return before.height > 0 || before.width > 0 ||
           (output.height - 1) * stride.height - before.height + (kernel.height - 1) * dilation.height >= input.height ||
           (output.width - 1) * stride.width - before.width + (kernel.width - 1) * dilation.width >= input.width;
  }

  // Do the numbers of every window lie in one piece?
  constexpr bool in_one_piece() const {
    if (padded()) return false;
    const bool whole_rows = kernel.width == input.width && dilation.height == 1 && dilation.width == 1;
    return whole_rows || (kernel.height == 1 && (kernel.width == 1 || dilation.width == 1));
  }

  // Are the windows one after another all that there is of the input?
  constexpr bool end_to_end() const {
    const auto tiled = [](std::int32_t taps, std::int32_t step, std::int32_t count, std::int32_t extent) {
      return taps * count == extent && (count == 1 || step == taps);
    };
    return before.height == 0 && before.width == 0 && dilation.height == 1 && dilation.width == 1 &&
           tiled(kernel.height, stride.height, output.height, input.height) &&
           tiled(kernel.width, stride.width, output.width, input.width) && (kernel.height == 1 || output.width == 1);
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
  // The output columns [first, end) whose windows do not reach over the left or right edge. Before and after them lie multiples
  // of `at_once` columns, where this leaves any.
  struct Whole {
    std::int32_t first;
    std::int32_t end;
  };
  constexpr Whole whole_columns(std::int32_t at_once) const {
    const std::int32_t last = input.width - 1 - (kernel.width - 1) * dilation.width + before.width;  // where the last may begin
    std::int32_t first = before.width > 0 ? (before.width + stride.width - 1) / stride.width : 0;
    std::int32_t end = last < 0 ? 0 : std::min(last / stride.width + 1, output.width);
    if (end <= first) return {output.width, output.width};
    if (end - first >= 2 * at_once) {
      first += (at_once - first % at_once) % at_once;
      end -= (at_once - (output.width - end) % at_once) % at_once;
    }
    return {first, end};
  }
  // The index of the pixel of the input under tap (k, l).
  constexpr std::int32_t pixel(const Place& at, std::int32_t k, std::int32_t l) const {
    return (at.image * input.height + at.rows.origin + k * dilation.height) * input.width + at.columns.origin +
           l * dilation.width;
  }

  // How far the output must stay from an input in the same memory, in numbers, when `at_once` pixels are written before the
  // last of their windows was read.
  constexpr Overlap overlap(std::int32_t at_once) const {
    const std::int32_t line = input.width * input.channels;
    const auto row = [this, line](std::int32_t r) {
      const Taps at = rows(r % output.height);
      const std::int32_t image = r / output.height * input.height + at.origin;
      return Reads{(image + at.first * dilation.height) * line, (image + (at.last - 1) * dilation.height) * line};
    };
    const auto column = [this](std::int32_t c) {
      const Taps at = columns(c);
      return Reads{(at.origin + at.first * dilation.width) * input.channels,
                   (at.origin + (at.last - 1) * dilation.width + 1) * input.channels};
    };
    return walked(batch * output.height, output.width, at_once, output.channels, batch * input.height * line, row, column);
  }

  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("kernel", kernel);
    list("stride", stride);
    list("dilation", dilation);
    list("before", before);
  }
};

}  // namespace nn::graph
