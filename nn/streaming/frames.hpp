// Frames: the axis of time at one place of a network whose window moves on by some frames at a time, and which of its frames are
// computed anew when it does. All of it is known to the compiler.
//
// A frame whose value no padding has touched keeps it as the window moves: those in [first, last). The `hop` last of them are
// new, the others were there before, `hop` places later. What lies before `first` or from `last` on is an edge: computed anew
// each time.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <cstddef>

#include "nn/layer/window.hpp"
#include "nn/shape.hpp"

namespace nn {

// Rows of the shape, or columns of one row, or single numbers; none where there is one vector a window.
enum class TimeAxis { rows, columns, numbers, none };

struct Frames {
  TimeAxis axis;
  Shape shape;  // of the whole window
  std::size_t hop;
  std::size_t first;
  std::size_t last;

  constexpr std::size_t count() const {
    if (axis == TimeAxis::rows) return shape.height;
    if (axis == TimeAxis::columns) return shape.width;
    return axis == TimeAxis::numbers ? shape.channels : 1;
  }
  constexpr std::size_t numbers() const { return shape.size() / count(); }  // of one frame
  constexpr bool has_time() const { return axis != TimeAxis::none; }
  constexpr bool has_edges() const { return first > 0 || last < count(); }

  // So many of them.
  constexpr Shape of(std::size_t frames) const {
    if (axis == TimeAxis::rows) return {frames, shape.width, shape.channels};
    if (axis == TimeAxis::columns) return {1, frames, shape.channels};
    return axis == TimeAxis::numbers ? Shape{.channels = frames} : shape;
  }
};

// The frames of a network's input, of which `hop` are new.
constexpr Frames frames_of(Shape shape, std::size_t hop) {
  if (shape.size() == 1) return {TimeAxis::none, shape, 1, 0, 1};
  Frames frames{shape.height > 1 ? TimeAxis::rows : shape.width > 1 ? TimeAxis::columns : TimeAxis::numbers, shape, hop, 0, 0};
  frames.last = frames.count();
  return frames;
}

// One vector a window.
constexpr Frames without_time(Shape shape) { return {TimeAxis::none, shape, 1, 0, 1}; }

// The output's frames that a window, moving along `axis`, makes of its input's.
constexpr Frames through_window(const Frames& input, const Axis& axis, Shape output) {
  Frames frames{input.axis, output, (input.hop + axis.stride - 1) / axis.stride, 0, 0};
  const std::size_t end = input.last + axis.before();
  frames.first = std::min((input.first + axis.before() + axis.stride - 1) / axis.stride, frames.count());
  frames.last = end < axis.reach() ? 0 : std::min((end - axis.reach()) / axis.stride + 1, frames.count());
  if (frames.last < frames.first) frames.first = frames.last = frames.count();
  return frames;
}

// The frames [0, start) and from `end` on; with end = 0, all.
struct Wanted {
  std::size_t start = 0;
  std::size_t end = 0;

  static constexpr Wanted all() { return {}; }
  static constexpr Wanted both(const Wanted& one, const Wanted& other) {
    return normal({std::max(one.start, other.start), std::min(one.end, other.end)});
  }
  static constexpr Wanted normal(Wanted wanted) { return wanted.start >= wanted.end ? all() : wanted; }
};

// What is done about frames of which some are wanted each time.
struct Stored {
  Wanted computed;  // anew
  Wanted held;      // in memory, one behind the other
  bool kept;        // from one time to the next

  constexpr std::size_t frames(const Frames& of) const { return held.start + of.count() - held.end; }
  // Where frame i lies among those in memory.
  constexpr std::size_t place(std::size_t i) const { return i < held.start ? i : i - held.end + held.start; }
};

constexpr Stored stored_of(const Frames& frames, Wanted wanted) {
  const std::size_t fresh = frames.last < frames.hop ? 0 : frames.last - frames.hop;
  if (!frames.has_time() || frames.first >= fresh) return {Wanted::all(), Wanted::all(), false};
  const bool kept = wanted.end < fresh || wanted.start > frames.first;
  if (!kept) return {wanted, wanted, false};
  const bool wants_start = wanted.start > 0 || wanted.end < frames.first;
  return {{wants_start ? frames.first : 0, fresh}, wants_start ? Wanted::all() : Wanted{0, wanted.end}, true};
}

// The frames of a window's input under [begin, end) of its output, and the padding beside them.
struct UnderWindow {
  std::size_t begin, end, before, after;
};
constexpr UnderWindow under_window(const Axis& axis, std::size_t begin, std::size_t end) {
  const std::size_t first = begin * axis.stride, beyond = (end - 1) * axis.stride + axis.reach();  // in the padded input
  const auto inside = [&](std::size_t place) { return std::min(place < axis.before() ? 0 : place - axis.before(), axis.input); };
  return {inside(first), inside(beyond), axis.before() > first ? std::min(axis.before(), beyond) - first : 0,
          beyond > axis.before() + axis.input ? beyond - std::max(axis.before() + axis.input, first) : 0};
}

constexpr Wanted wanted_under(const Axis& axis, const Frames& output, Wanted computed) {
  const std::size_t end = under_window(axis, computed.end, output.count()).begin;
  return Wanted::normal({computed.start > 0 ? under_window(axis, 0, computed.start).end : 0, end});
}

}  // namespace nn
