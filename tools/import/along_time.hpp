// along_time: what an operator makes of the frames of its inputs when their first axis is time, and the operator that computes
// some frames of its output alone. A frame is a row (nn/graph/rows.hpp), or some rows one behind the other; or a pixel, where an
// image of one row is a sequence.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "nn/graph/reduction.hpp"
#include "nn/graph/rows.hpp"
#include "nn/graph/window.hpp"

namespace tools::importer {

// The frames of an operator's inputs and output, all of them.
struct Sequences {
  std::int32_t frames;                // of the inputs that have time
  std::vector<std::int32_t> numbers;  // of one frame of each input; 0: it has no time
  std::int32_t output;                // numbers of the whole output
};

struct AlongTime {
  enum class How {
    each_frame,  // a frame of the output is made of the same frame of the inputs
    window,      // of the frames under a window
    whole,       // the output is one vector, made of all frames
    never,       // each frame is made of all frames, or of others than lie beneath
  };
  How how = How::never;
  std::string why{};  // never
  bool anew = false;  // the output's frames depend on their place in the window, or on what comes with each window

  // Of a window: frame f reads `taps` frames from f·stride - before on, `dilation` apart, of which those outside are padding.
  std::int32_t taps = 1, stride = 1, dilation = 1, before = 0, after = 0;

  std::int32_t reach() const { return (taps - 1) * dilation + 1; }
};

// Frames [first, first + frames) of the output's `of`; of a window, the frames of its input that they lie over, and the padding
// before them.
struct Cut {
  std::int32_t first, frames, of;
  std::int32_t under, before;
  std::int32_t input;  // all frames of the input
};

namespace along {

using How = AlongTime::How;

inline AlongTime never(std::string why) { return {How::never, std::move(why)}; }
inline AlongTime through_window(std::int32_t input, std::int32_t outputs, std::int32_t taps, std::int32_t stride,
                                std::int32_t dilation, std::int32_t before) {
  if (outputs == 1) return {How::whole};
  if (before < 0) return never("leaves frames out by their place in the window");
  AlongTime made{.how = How::window, .taps = taps, .stride = stride, .dilation = dilation, .before = before};
  const std::int32_t behind = (outputs - 1) * stride + made.reach() - input - before;
  made.after = behind > 0 ? behind : 0;
  if ((input + before + made.after - made.reach()) / stride + 1 != outputs)
    return never("leaves frames out by their place in the window");
  return made;
}

template <class Kernel>
concept HasWindow = requires { requires std::same_as<decltype(Kernel::window), nn::graph::Window>; };
// Numbers put in their places of five dimensions.
template <class Kernel>
concept Places = requires(const Kernel& kernel) { kernel.input[4]; kernel.before[4]; kernel.output[4]; };
template <class Kernel>
concept Strides = requires(const Kernel& kernel) { kernel.extent[4]; kernel.step[4]; kernel.block; };
template <class Kernel>
concept Reduces = requires { requires std::same_as<decltype(Kernel::reduction), nn::graph::Reduction>; };
template <class Kernel>
concept Outermost = requires(const Kernel& kernel) { kernel.outer; kernel.extent; kernel.inner; };

// The first dimension that is more than one.
inline int outermost(const std::int32_t (&extent)[5]) {
  int d = 0;
  while (d < 4 && extent[d] == 1) ++d;
  return d;
}

// Is a window's time its batch, or its width? Else it is its height.
inline bool by_batch(const nn::graph::Window& window, std::int32_t frames) { return window.batch % frames == 0; }
inline bool by_width(const nn::graph::Window& window, std::int32_t frames) {
  return window.batch == 1 && window.input.height == 1 && window.input.width == frames;
}

inline AlongTime of_window(const nn::graph::Window& window, std::int32_t frames) {
  if (by_batch(window, frames)) return {How::each_frame};
  if (by_width(window, frames))
    return window.output.height != 1 ? never("pads frames to images")
                                     : through_window(frames, window.output.width, window.kernel.width, window.stride.width,
                                                      window.dilation.width, window.before.width);
  if (window.batch == 1 && window.input.height == frames)
    return through_window(frames, window.output.height, window.kernel.height, window.stride.height, window.dilation.height,
                          window.before.height);
  return window.pixels() == 1 ? AlongTime{How::whole} : never("mixes frames with what is in them");
}

template <Places Kernel>
AlongTime of_places(const Kernel& kernel, std::int32_t frames) {
  const int d = outermost(kernel.input);
  if (kernel.input[d] != frames) return never("pads within frames that lie one behind the other");
  for (int outer = 0; outer < d; ++outer)
    if (kernel.output[outer] != 1) return never("makes several windows of one");
  if (kernel.output[d] == frames && kernel.before[d] == 0) return {How::each_frame};
  if constexpr (requires { kernel.value; })
    return through_window(frames, kernel.output[d], 1, 1, 1, kernel.before[d]);
  else
    return never("mirrors frames at the edges of the window");
}

template <Strides Kernel>
AlongTime of_strides(const Kernel& kernel, const Sequences& of) {
  const int d = outermost(kernel.extent);
  const std::int32_t each = of.numbers[0], rows = kernel.extent[d] / of.frames;
  if (kernel.extent[d] % of.frames == 0 && kernel.step[d] * rows == each) {
    std::int32_t least = kernel.start, most = kernel.start + kernel.block;
    for (int inner = d; inner < 5; ++inner) {
      const std::int32_t reach = ((inner == d ? rows : kernel.extent[inner]) - 1) * kernel.step[inner];
      (reach < 0 ? least : most) += reach;
    }
    if (least >= 0 && most <= each) return {How::each_frame};
  }
  if (of.output <= each) return {How::whole};
  return never(of.output == each * of.frames ? "moves frames to other places of the window"
                                             : "takes frames by their place in the window");
}

template <Reduces Kernel>
AlongTime of_reduction(const Kernel& kernel, const Sequences& of) {
  const int d = outermost(kernel.reduction.kept);
  const std::int32_t kept = kernel.reduction.kept[d];
  const bool each = kept % of.frames == 0 && kernel.reduction.kept_step[d] * (kept / of.frames) == of.numbers[0];
  return {each ? How::each_frame : How::whole};
}

}  // namespace along

// Operators say nothing for it: it follows from their members.
template <class Kernel>
AlongTime along_time(const Kernel& kernel, const Sequences& of) {
  using namespace along;
  using Need = nn::graph::RowNeed;
  if constexpr (HasWindow<Kernel>) {
    return of_window(kernel.window, of.frames);
  } else if constexpr (Places<Kernel>) {
    return of_places(kernel, of.frames);
  } else if constexpr (Strides<Kernel>) {
    return of_strides(kernel, of);
  } else if constexpr (Reduces<Kernel>) {
    return of_reduction(kernel, of);
  } else if constexpr (Outermost<Kernel> && !requires { kernel.batched; }) {
    return kernel.outer % of.frames == 0 ? AlongTime{How::each_frame}
           : kernel.outer == 1           ? AlongTime{How::whole}
                                         : never("looks at frames that lie one behind the other");
  } else if constexpr (requires { kernel.table; kernel.gates; } || requires { kernel.gates; }) {
    return never("begins with each window anew, so that all of its steps would be taken again");
  } else if constexpr (requires { kernel.rows; }) {
    if (kernel.rows % of.frames == 0) return {How::each_frame};
    if constexpr (requires { kernel.outputs; })
      if (kernel.rows == 1) return {How::whole};
    return never("normalizes over time, which changes every frame");
  } else {
    AlongTime made{How::each_frame};
    for (std::size_t i = 0; i < of.numbers.size(); ++i) {
      const Need need = nn::graph::row_need(kernel, static_cast<int>(i), of.frames, of.frames);
      if (need.kind == Need::Kind::nothing) return never("is not known to work frame by frame");
      const bool by_rows = need.kind == Need::Kind::rows;
      if (of.numbers[i] > 0 && !by_rows) return never("is not known to work frame by frame");
      if (of.numbers[i] == 0 && by_rows) made.anew = true;
    }
    return made;
  }
}

template <class Kernel>
Kernel on_frames(Kernel kernel, const Cut& cut) {
  using namespace along;
  if constexpr (HasWindow<Kernel>) {
    nn::graph::Window& window = kernel.window;
    if (by_batch(window, cut.input)) {
      window.batch = window.batch / cut.input * cut.frames;
    } else if (by_width(window, cut.input)) {
      window.input.width = cut.under;
      window.output.width = cut.frames;
      window.before.width = cut.before;
    } else {
      window.input.height = cut.under;
      window.output.height = cut.frames;
      window.before.height = cut.before;
    }
    return kernel;
  } else if constexpr (Places<Kernel>) {
    const int d = outermost(kernel.input);
    kernel.input[d] = cut.under;
    kernel.before[d] = cut.before;
    kernel.output[d] = cut.frames;
    return kernel;
  } else if constexpr (Strides<Kernel>) {
    std::int32_t& extent = kernel.extent[outermost(kernel.extent)];
    extent = extent / cut.of * cut.frames;
    return kernel;
  } else if constexpr (Reduces<Kernel>) {
    std::int32_t& kept = kernel.reduction.kept[outermost(kernel.reduction.kept)];
    kept = kept / cut.of * cut.frames;
    return kernel;
  } else if constexpr (Outermost<Kernel>) {
    kernel.outer = kernel.outer / cut.of * cut.frames;
    return kernel;
  } else {
    return nn::graph::on_rows(kernel, {cut.first, cut.frames, cut.of});
  }
}

}  // namespace tools::importer
