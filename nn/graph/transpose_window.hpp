// TransposeWindow: which part of an image each output pixel of a transposed convolution reads.
//
// Input row r reaches the output rows r·stride - before + k, k = 0 … kernel - 1; columns alike. So output row i, where
// i + before = q·stride + a, reads the input rows q, q - 1 … with the taps a, a + stride …: those of one remainder `a` are
// a kernel of their own on neighbouring rows, a phase. Phases lie behind each other, that of (a, b) at a·stride width + b.
#pragma once

#include <cstdint>

#include "nn/graph/window.hpp"

namespace nn::graph {

struct TransposeWindow {
  std::int32_t batch = 1;
  Extent input{};
  Extent output{};
  Pair kernel{};
  Pair stride{};
  Pair before{0, 0};

  constexpr std::int32_t pixels() const { return batch * output.pixels(); }
  constexpr std::int32_t phases() const { return stride.height * stride.width; }

  // Taps along one dimension with the remainder `phase`; none if the stride is the longer.
  static constexpr std::int32_t taps(std::int32_t kernel, std::int32_t stride, std::int32_t phase) {
    return phase < kernel ? (kernel - 1 - phase) / stride + 1 : 0;
  }
  constexpr Pair taps(Pair phase) const {
    return {taps(kernel.height, stride.height, phase.height), taps(kernel.width, stride.width, phase.width)};
  }
  // The most that a phase has: the first.
  constexpr std::int32_t most_taps() const { return taps({0, 0}).height * taps({0, 0}).width; }

  // How many taps the phases before this one have.
  constexpr std::int32_t taps_before(Pair phase) const {
    const Pair own = taps(phase);
    std::int32_t count = 0;
    for (std::int32_t a = 0; a < phase.height; ++a) count += taps({a, 0}).height * kernel.width;
    for (std::int32_t b = 0; b < phase.width; ++b) count += own.height * taps({0, b}).width;
    return count;
  }

  // Output pixel `p` of all images: its phase, and the window of that kernel.
  struct Part {
    Pair phase;
    Window window;
    Window::Place place;
  };
  constexpr Part part(std::int32_t p) const {
    const std::int32_t i = p / output.width % output.height + before.height;
    const std::int32_t j = p % output.width + before.width;
    const Pair phase{i % stride.height, j % stride.width};
    const Pair own = taps(phase);
    return {phase, {.batch = batch, .input = input, .output = output, .kernel = own},
            {p / output.pixels(), Window::taps(i / stride.height, 1, own.height - 1, 1, own.height, input.height),
             Window::taps(j / stride.width, 1, own.width - 1, 1, own.width, input.width)}};
  }

  constexpr Overlap overlap() const {
    const std::int32_t size = batch * input.pixels() * input.channels;
    return walked(pixels(), 1, output.channels, size, [this, size](std::int32_t p) {
      const auto [phase, window, at] = part(p);
      if (at.rows.first >= at.rows.last || at.columns.first >= at.columns.last) return Reads{size, 0};
      return Reads{window.pixel(at, at.rows.first, at.columns.first) * input.channels,
                   (window.pixel(at, at.rows.last - 1, at.columns.last - 1) + 1) * input.channels};
    });
  }

  constexpr void members(auto&& list) const {
    list("batch", batch);
    list("input", input);
    list("output", output);
    list("kernel", kernel);
    list("stride", stride);
    list("before", before);
  }
};

}  // namespace nn::graph
