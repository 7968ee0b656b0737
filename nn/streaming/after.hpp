// frames_after: what a layer makes of the frames that come in, found from what it says of itself (AlongTime), or why it cannot.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>

#include "nn/layer/layer.hpp"
#include "nn/streaming/frames.hpp"

namespace nn {

// Of the layer that is refused, both numbers.
template <std::size_t Hop, std::size_t Stride>
constexpr void hop_and_stride() {
  static_assert(Hop % Stride == 0,
                "nn::Streaming<Net, Hop>: the new frames of each time must be a multiple of the strides; here Hop and Stride of "
                "nn::hop_and_stride<Hop, Stride>");
}

// The same frames in the shape of an output that has as many; else one vector.
constexpr Frames relabelled(const Frames& input, Shape output) {
  const std::size_t count = input.count();
  Frames frames{input.axis, output, input.hop, input.first, input.last};
  if (output.height == count)
    frames.axis = TimeAxis::rows;
  else if (output.height == 1 && output.width == count)
    frames.axis = TimeAxis::columns;
  else if (output.height == 1 && output.width == 1 && output.channels == count)
    frames.axis = TimeAxis::numbers;
  else
    return without_time(output);
  return frames;
}

template <class Bound, TimeAxis Along>
constexpr const Axis& axis_of() {
  if constexpr (Along == TimeAxis::rows)
    return Bound::Window::rows;
  else
    return Bound::Window::columns;
}

template <class Topology, Frames Input>
struct FramesThrough;

template <class Bound, Frames Input>
constexpr std::pair<Frames, bool> frames_after_branches = [] {
  const auto after = [&]<std::size_t Index>() {
    if constexpr (requires { typename Bound::template BranchAt<Index>::Topology; })
      return FramesThrough<typename Bound::template BranchAt<Index>::Topology, Input>::last;
    else
      return Input;
  };
  Frames joined = after.template operator()<0>();
  bool alike = true;
  Bound::for_each_branch([&]<std::size_t Index>() {
    const Frames one = after.template operator()<Index>();
    alike = alike && one.axis == joined.axis && one.count() == joined.count() && one.hop == joined.hop;
    joined.first = std::max(joined.first, one.first);
    joined.last = std::min(joined.last, one.last);
  });
  joined.shape = Bound::output;
  return std::pair{joined, alike};
}();

template <class Bound, Frames Input>
constexpr Frames frames_after() {
  constexpr AlongTime how = along_time<Bound>;
  if constexpr (!Input.has_time() || how == AlongTime::whole || (how == AlongTime::window && Input.axis == TimeAxis::numbers)) {
    return without_time(Bound::output);
  } else if constexpr (how == AlongTime::each_frame) {
    static_assert(Input.axis != TimeAxis::numbers || !has_parameters<Bound> || Bound::output != Input.shape,
                  "nn::Streaming: a normalization over time changes with every frame; expected one of the numbers in a frame");
    return relabelled(Input, Bound::output);
  } else if constexpr (how == AlongTime::relabelled) {
    return relabelled(Input, Bound::output);
  } else if constexpr (how == AlongTime::window) {
    constexpr const Axis& axis = axis_of<Bound, Input.axis>();
    if constexpr (axis.outputs() == 1)
      return without_time(Bound::output);
    else {
      hop_and_stride<Input.hop, axis.stride>();
      return through_window(Input, axis, Bound::output);
    }
  } else if constexpr (how == AlongTime::carried) {
    static_assert(Input.axis != TimeAxis::numbers,
                  "nn::Streaming: a recurrent layer takes one frame; expected an input of several");
    static_assert(Input.last == Input.count(),
                  "nn::Streaming: a recurrent layer cannot take back what it saw of the padding behind a window; expected Valid "
                  "or Causal before it, not Same");
    static_assert(Input.first + Input.hop <= Input.count(),
                  "nn::Streaming: the padding before a window reaches a recurrent layer each time; expected a longer window");
    if constexpr (Bound::options.last_step)
      return without_time(Bound::output);
    else
      return Frames{Input.axis, Bound::output, Input.hop, 0, Input.count()};
  } else if constexpr (how == AlongTime::branches) {
    static_assert(frames_after_branches<Bound, Input>.second,
                  "nn::Streaming: branches that are joined must move over time alike");
    return frames_after_branches<Bound, Input>.first;
  } else {
    static_assert(how != AlongTime::never,
                  "nn::Streaming: a layer whose whole output changes with every frame cannot stream, such as Bidirectional or a "
                  "Softmax over time");
    return without_time(Bound::output);
  }
}

// At each place of a chain of layers.
template <class Topology, Frames Input>
struct FramesThrough {
  template <std::size_t Place>
  static constexpr Frames find() {
    if constexpr (Place == 0)
      return Input;
    else
      return frames_after<typename Topology::template Layer<Place - 1>, find<Place - 1>()>();
  }
  template <std::size_t Place>
  static constexpr Frames at = find<Place>();
  static constexpr Frames last = at<Topology::layers>;
};

}  // namespace nn
