// Sums2d: a convolution whose sums are its output, y = W·window with the zero points taken off both. That of the input may be
// computed. With a kernel of one pixel it multiplies rows by a matrix.
//
//   x  [batch][height][width][channels]    z  [1]    y  [batch][height][width][outputs], 32 bits
//   W  [outputs][kernel height][kernel width][channels of a group]
//
//   Σ (w - v)·(x - z) = Σ w·x - z·Σ w - v·(Σ x - count·z)      z stands where the window reaches over the edge
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/graph/call.hpp"
#include "nn/graph/members.hpp"
#include "nn/int8/gather_window.hpp"

namespace nn::int8 {

struct Sums2d {
  static constexpr std::string_view kind = "Sums2d";

  graph::Window window;
  std::int32_t groups;
  const std::int8_t* weight;
  const std::int32_t* weight_sum;  // Σ w of each output
  const std::int8_t* weight_zero;  // v of each output; nullptr: 0

  constexpr std::int32_t taps() const { return window.kernel.height * window.kernel.width; }
  constexpr std::int32_t channels() const { return window.input.channels / groups; }  // of a group
  constexpr std::int32_t depth() const { return taps() * channels(); }
  constexpr bool in_place() const { return window.in_one_piece(); }
  constexpr graph::Overlap overlap(int) const { return graph::no_overlap; }
  constexpr std::int32_t scratch() const { return in_place() ? 0 : taps() * window.input.channels; }
  constexpr std::int64_t products() const { return std::int64_t{window.pixels()} * window.output.channels * depth(); }
  constexpr void members(auto&& list) const {
    list("window", window);
    list("groups", groups);
    list("weight", graph::listed(weight, window.output.channels * depth()));
    list("weight_sum", graph::listed(weight_sum, window.output.channels));
    list("weight_zero", graph::listed(weight_zero, weight_zero == nullptr ? 0 : window.output.channels));
  }

  template <class Kernels>
  [[gnu::noinline]] constexpr void run(graph::Call call, std::int32_t* y, const std::int8_t* x, const std::int8_t* zero) const {
    std::int8_t* const gathered =
        in_place() ? nullptr : graph::begin_numbers<std::int8_t>(call.scratch, static_cast<std::size_t>(scratch()));
    for (std::int32_t p = 0; p < window.pixels(); ++p) {
      const graph::Window::Place at = window.place(p);
      if (!in_place()) gather_window<Kernels>(window, at, x, *zero, gathered);
      const std::int8_t* const row = in_place() ? x + window.pixel(at, 0, 0) * window.input.channels : gathered;
      for (std::int32_t o = 0; o < window.output.channels; ++o) *y++ = sum(o, row, *zero);
    }
  }

 private:
  constexpr std::int32_t sum(std::int32_t o, const std::int8_t* row, std::int32_t zero) const {
    const std::int32_t each = groups == 1 ? depth() : channels();  // numbers in one piece
    const std::int8_t* w = weight + o * depth();
    const std::int8_t* x = row + o / (window.output.channels / groups) * channels();
    std::int32_t sum = -zero * weight_sum[o];
    for (std::int32_t done = 0; done < depth(); done += each, w += each, x += window.input.channels)
      for (std::int32_t i = 0; i < each; ++i) sum += w[i] * x[i];
    return weight_zero == nullptr || weight_zero[o] == 0 ? sum : sum - weight_zero[o] * rest(o, row, zero);
  }
  constexpr std::int32_t rest(std::int32_t o, const std::int8_t* row, std::int32_t zero) const {
    const std::int8_t* x = row + o / (window.output.channels / groups) * channels();
    std::int32_t sum = -depth() * zero;
    for (std::int32_t t = 0; t < taps(); ++t, x += window.input.channels)
      for (std::int32_t i = 0; i < channels(); ++i) sum += x[i];
    return sum;
  }
};

}  // namespace nn::int8
