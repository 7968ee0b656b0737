// What a layer says of itself besides what it must have, as nn/layer/layer.hpp lists it: asked here, with what holds where it
// says nothing.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nn {

// What a layer does along the axis of time, for frames that arrive one after the other (nn/streaming).
enum class AlongTime {
  whole,       // it takes the whole window; what it gives has no time any more
  each_frame,  // a frame of its output comes from one of its input
  window,      // it moves a Window along it, and its layer has a Piece with other padding
  carried,     // it carries a State from frame to frame
  branches,    // it is chains of layers side by side
  relabelled,  // its output has the same numbers in another shape
  never,       // all of its output changes with every frame
};
template <class Bound>
constexpr AlongTime along_time = [] {
  if constexpr (requires { Bound::along_time; }) return Bound::along_time;
  return AlongTime::whole;
}();

template <class Bound>
constexpr bool has_parameters = !std::is_empty_v<typename Bound::Parameters>;

template <class Bound>
constexpr bool in_place = requires { requires Bound::in_place; };

template <class Bound>
constexpr bool backward_reads_input = requires { requires Bound::backward_reads_input; };

template <class Bound>
constexpr bool backward_reads_output = requires { requires Bound::backward_reads_output; };

template <class Bound>
constexpr bool learns_at_once = requires { requires Bound::learns_at_once; };

template <class Bound>
constexpr bool one_product = requires { requires Bound::one_product; };

template <class Bound>
constexpr bool gradient_by_rows = requires { requires Bound::gradient_by_rows; };

template <class Bound>
constexpr bool forward_learns = requires { requires Bound::forward_learns; };

template <class Bound>
constexpr bool carries = requires { requires Bound::carries; };

template <class Bound>
constexpr bool outputs_in_columns = requires { requires Bound::outputs_in_columns; };

template <class Bound>
constexpr std::size_t macs = [] {
  if constexpr (requires { Bound::macs; }) return std::size_t{Bound::macs};
  return std::size_t{0};
}();

template <class Bound>
constexpr std::size_t scratch = [] {
  if constexpr (requires { Bound::scratch; }) return std::size_t{Bound::scratch};
  return std::size_t{0};
}();

// Of all passes of training.
template <class Bound>
constexpr std::size_t training_scratch = [] {
  if constexpr (requires { Bound::training_scratch; }) return std::max(scratch<Bound>, std::size_t{Bound::training_scratch});
  return scratch<Bound>;
}();

template <class Bound>
constexpr std::uint32_t constant = [] {
  if constexpr (requires { Bound::constant; }) return std::uint32_t{Bound::constant};
  return std::uint32_t{0};
}();

template <class Bound>
constexpr bool has_workspace = requires { typename Bound::Workspace; };

template <class Bound>
struct WorkspaceOf {
  struct type {};
};
template <class Bound>
  requires has_workspace<Bound>
struct WorkspaceOf<Bound> {
  using type = typename Bound::Workspace;
};

template <class Bound>
constexpr bool has_training_state = requires { typename Bound::TrainingState; };

template <class Bound>
struct TrainingStateOf {
  struct type {};
};
template <class Bound>
  requires has_training_state<Bound>
struct TrainingStateOf<Bound> {
  using type = typename Bound::TrainingState;
};

template <class Bound>
constexpr bool has_memory = has_workspace<Bound> || has_training_state<Bound>;

}  // namespace nn
