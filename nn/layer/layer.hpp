// What a layer is: three concepts, and what else a layer may say of itself.
//
// A layer is an empty type with a nested template Bound<Arithmetic, Input shape>: the layer in its place, with
//   output                                  its output's Shape
//   Parameters                              an aggregate of std::arrays, empty if it has none
//   forward<Kernels>(p, x, y)               y from x, both spans; it returns void, as do all functions here
// A LayerThatLearns has besides
//   backward<Kernels>(p, x, y, g, dx)       overwrites dx = ∂L/∂x from g = ∂L/∂y
//   gradient(x, g, sink)                    hands ∂L/∂p to the sink (only a layer with parameters)
// or, where the gradient takes more than x and g, says learns_at_once and has instead
//   learn<Kernels>(p, x, g, dx, state, sink)    both; dx may be Unwanted
// If its forward of training changes p, it says forward_learns and has
//   undo(p, state)                          which takes that back
// If its TrainingState goes on from sample to sample, it says carries: its forward of training takes that even when frozen, and
// undo takes the last sample back
// A LayerWithMemory has one of
//   Workspace                memory that inference keeps for it; its forward takes it last. It has a TrainingState, too; where
//                            training computes as inference does, forward takes that and AsInInference in place of the Random
//   TrainingState            what training alone needs; forward and backward of training take it (forward also a Random) last
//
// Optional, false or 0 or absent unless stated:
//   in_place                 y may be the memory of x, and dx that of g; its backward then looks at y and not at x, or it has
//   backward_reads_input     its backward looks at x, so in training y has memory of its own
//   backward_reads_output    its backward looks at y, so no later layer may overwrite y in training
//   macs                     multiply-accumulates of one forward pass
//   scratch                  bytes of the stack that its forward takes by its shapes
//   training_scratch         the same of its backward and gradient
//   one_product              its Parameters are weight and bias, its gradient one call of sink.affine(weight, bias, g, x)
//   gradient_by_rows         its gradient asks a sink that has it takes(o, outputs) before it works out a row, and adds each once
//   forward_of_all<Kernels>(p, x, y)            the forward of several inputs, spans of pointers, if Kernels can
//   outputs_in_columns       its weight has a column for each output channel, not a row
//   initialize(p, initializer, random)          where its parameters start, if not as those of a layer with fan_in, fan_out
//   along_time                what it does along the axis of time, if it can take frames one after the other (AlongTime)
//   constant                 a number of the topology that no shape shows, for the fingerprint
// The least of each: tests/smallest_layer.cpp, tests/smallest_layer_that_learns.cpp, tests/smallest_layer_with_memory.cpp.
#pragma once

#include <concepts>
#include <span>

#include "nn/kernels.hpp"
#include "nn/layer/members.hpp"
#include "nn/random.hpp"
#include "nn/shape.hpp"

namespace nn {

struct NoParameters {};

struct AsInInference {};

// What passes through a layer in its place, and what learning hands it.
template <class Bound, class Arithmetic, Shape Input>
struct Passing {
  static constexpr Shape output = Bound::output;

  typename Bound::Parameters p;
  std::span<const typename Arithmetic::Input, Input.size()> x;
  std::span<typename Arithmetic::Activation, output.size()> y;
  std::span<const typename Arithmetic::Activation, output.size()> seen;  // y, in the backward pass
  std::span<const typename Arithmetic::Gradient, output.size()> g;
  std::span<typename Arithmetic::InputGradient, Input.size()> dx;
  typename WorkspaceOf<Bound>::type workspace;
  typename TrainingStateOf<Bound>::type state;
  Random random;
  AsInInference as_in_inference;
  struct {
  } sink;
};

template <class Bound, class Arithmetic, Shape Input>
concept Layer = requires {
  { Bound::output } -> std::convertible_to<Shape>;
  typename Bound::Parameters;
} && (has_workspace<Bound> || requires(const Passing<Bound, Arithmetic, Input> in) {
  Bound::template forward<target::Kernels>(in.p, in.x, in.y);
});

// The two ways to learn.
template <class Bound, class Arithmetic, Shape Input>
concept LearnsAtOnce = requires(Passing<Bound, Arithmetic, Input> in) {
  Bound::template learn<target::Kernels>(in.p, in.x, in.g, in.dx, in.state, in.sink);
};
template <class Bound, class Arithmetic, Shape Input>
concept LearnsBackward = (requires(Passing<Bound, Arithmetic, Input> in) {
  Bound::template backward<target::Kernels>(in.p, in.x, in.seen, in.g, in.dx);
} || requires(Passing<Bound, Arithmetic, Input> in) {
  Bound::template backward<target::Kernels>(in.p, in.x, in.seen, in.g, in.dx, in.state);
}) && (!has_parameters<Bound> || requires(Passing<Bound, Arithmetic, Input> in) { Bound::gradient(in.x, in.g, in.sink); });

template <class Bound, class Arithmetic, Shape Input>
concept LayerThatLearns =
    Layer<Bound, Arithmetic, Input> &&
    ((learns_at_once<Bound> && LearnsAtOnce<Bound, Arithmetic, Input>) ||
     (!learns_at_once<Bound> && LearnsBackward<Bound, Arithmetic, Input>)) &&
    (!forward_learns<Bound> || requires(Passing<Bound, Arithmetic, Input> in) { Bound::undo(in.p, in.state); });

template <class Bound, class Arithmetic, Shape Input>
concept LayerWithMemory =
    Layer<Bound, Arithmetic, Input> && has_training_state<Bound> &&
    requires(Passing<Bound, Arithmetic, Input> in) {
      Bound::template forward<target::Kernels>(in.p, in.x, in.y, in.state, in.random);
    } &&
    (!has_workspace<Bound> || requires(Passing<Bound, Arithmetic, Input> in) {
      Bound::template forward<target::Kernels>(in.p, in.x, in.y, in.workspace);
      Bound::template forward<target::Kernels>(in.p, in.x, in.y, in.state, in.as_in_inference);
    });

}  // namespace nn
