// What a layer is.
//
// A layer is an empty type with a nested template Bound<Arithmetic, Input shape>: the layer in its place, with
//   output                                  its output's Shape
//   Parameters                              an aggregate of std::arrays, empty if it has none
//   forward<Kernels>(p, x, y)               y from x, both spans
// and, if it can learn,
//   backward<Kernels>(p, x, y, g, dx)       overwrites dx = ∂L/∂x from g = ∂L/∂y
//   gradient(x, g, sink)                    hands ∂L/∂p to the sink (only a layer with parameters)
// Optional, false or 0 or absent unless stated:
//   in_place                 y may be the memory of x, and dx that of g; its backward then looks at y and not at x, or it has
//   backward_reads_input     its backward looks at x, so in training y has memory of its own
//   backward_reads_output    its backward looks at y, so no later layer may overwrite y in training
//   macs                     multiply-accumulates of one forward pass
//   Workspace                memory that inference keeps for it; its forward takes it last. It has a TrainingState, too; where
//                            training computes as inference does, forward takes that and AsInInference in place of the Random
//   scratch                  bytes of the stack that its forward takes by its shapes
//   training_scratch         the same of its backward and gradient
//   TrainingState            what training alone needs; forward and backward of training take it (and a Random) last
//   learns_at_once           instead of backward and gradient it has
//   learn<Kernels>(p, x, g, dx, state, sink)    both; dx may be Unwanted. For a gradient that takes more than x and g
//   forward_learns           its forward of training changes p, and it has
//   undo(p, state)           which takes that back
//   carries                  its TrainingState goes on from sample to sample: its forward of training takes it even when frozen,
//                            and undo takes the last sample back
//   outputs_in_columns       its weight has a column for each output channel, not a row
//   initialize(p, initializer, random)          where its parameters start, if not as those of a layer with fan_in, fan_out
//   constant                 a number of the topology that no shape shows, for the fingerprint
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "nn/shape.hpp"

namespace nn {

struct NoParameters {};

struct AsInInference {};

template <class Bound>
concept Layer = requires {
  { Bound::output } -> std::convertible_to<Shape>;
  typename Bound::Parameters;
};

template <class Bound>
constexpr bool has_parameters = !std::is_empty_v<typename Bound::Parameters>;

template <class Bound>
constexpr bool in_place = [] {
  if constexpr (requires { Bound::in_place; }) return Bound::in_place;
  return false;
}();

template <class Bound>
constexpr bool backward_reads_input = [] {
  if constexpr (requires { Bound::backward_reads_input; }) return Bound::backward_reads_input;
  return false;
}();

template <class Bound>
constexpr bool backward_reads_output = [] {
  if constexpr (requires { Bound::backward_reads_output; }) return Bound::backward_reads_output;
  return false;
}();

template <class Bound>
constexpr bool learns_at_once = requires { requires Bound::learns_at_once; };

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
constexpr std::uint32_t constant = [] {
  if constexpr (requires { Bound::constant; }) return std::uint32_t{Bound::constant};
  return std::uint32_t{0};
}();

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

}  // namespace nn
