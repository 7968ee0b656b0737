// Pipeline<Frames, Stages…, Model>: takes samples and gives decisions.
//
//   static nn::Pipeline<signal::MicroFrames<settings>, signal::MicroFeatures<settings>, signal::MicroCodes,
//                       signal::Stack<49, 2>, kws::Net> pipeline;
//   pipeline.process(samples, [](auto scores) { … });     whenever the model has run
//
// Without a model the last stage's features are given. What a stage gives lives until the next has read it, at one or the other
// end of a scratch, which lies under the model's workspace: the transform's buffer and the network's activations share their
// bytes. What a model keeps from run to run has none of them. Features and scores are good until the function that gets them
// returns.
//
// A model is a Graph, or a Network, whose parameters the constructor gets. A pipeline without one is a front end: what a
// model.hpp declares beside its Net, and FrontEnd::With<Net> is the whole.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

#include "nn/fingerprint.hpp"
#include "nn/kernels.hpp"
#include "nn/pipeline_model.hpp"

namespace nn {
namespace pipeline {

// Stages bound to what comes before them.
template <class Number, std::size_t Count, class Done, class... Rest>
struct Bind {
  using Bounds = Done;
  using Model = void;
  using Output = Number;
  static constexpr std::size_t outputs = Count;
};
template <class Number, std::size_t Count, class... Done, class First, class... Rest>
  requires(!GraphModel<First> && !NetworkModel<First>)
struct Bind<Number, Count, std::tuple<Done...>, First, Rest...> {
  static_assert(requires { typename First::template Bound<Number, Count>; },
                "nn::Pipeline: every argument after Frames must be a stage or, the last, a model");
  using Here = typename First::template Bound<Number, Count>;
  using Next = Bind<typename Here::Output, Here::outputs, std::tuple<Done..., Here>, Rest...>;
  using Bounds = typename Next::Bounds;
  using Model = typename Next::Model;
  using Output = typename Next::Output;
  static constexpr std::size_t outputs = Next::outputs;
};
template <class Number, std::size_t Count, class Done, class Last, class... Rest>
  requires(GraphModel<Last> || NetworkModel<Last>)
struct Bind<Number, Count, Done, Last, Rest...> {
  static_assert(sizeof...(Rest) == 0, "nn::Pipeline: the model must be the last argument");
  using Bounds = Done;
  using Model = Last;
  using Output = Number;
  static constexpr std::size_t outputs = Count;
};

// At how many samples a second something works; 0: any.
template <class Stage>
constexpr std::uint32_t rate_of() {
  if constexpr (requires { Stage::rate; })
    return static_cast<std::uint32_t>(Stage::rate);
  else
    return 0;
}

}  // namespace pipeline

template <class Frames, class... Stages>
class Pipeline {
  using Number = std::remove_const_t<typename Frames::Frame::element_type>;
  using Binding = pipeline::Bind<Number, Frames::Frame::extent, std::tuple<>, Stages...>;
  using Bounds = typename Binding::Bounds;
  static constexpr std::size_t stages = std::tuple_size_v<Bounds>;
  static_assert(stages > 0, "nn::Pipeline: there is no stage after Frames");
  template <std::size_t Index>
  using Stage = std::tuple_element_t<Index, Bounds>;

  template <class>
  struct Gather;
  template <class... Bound>
  struct Gather<std::tuple<Bound...>> {
    using States = std::tuple<typename Bound::State...>;
    static constexpr std::array<std::size_t, sizeof...(Bound)> rooms{(Bound::room + 7) / 8 * 8 ...};
    static constexpr std::size_t table_bytes = (std::size_t{0} + ... + Bound::table_bytes);
    static constexpr std::array<std::uint32_t, sizeof...(Bound) + 1> rates{pipeline::rate_of<Frames>(),
                                                                           pipeline::rate_of<Bound>()...};
    static constexpr void identify(Fingerprint& hash) { (Bound::identify(hash), ...); }
  };
  using Gathered = Gather<Bounds>;

 public:
  using Model = typename Binding::Model;
  using Feature = typename Binding::Output;
  static constexpr std::size_t features = Binding::outputs;
  using Sample = Number;
  static constexpr std::size_t step = Frames::step;  // samples from frame to frame
  // Samples a second, as its frames or stages state it; 0: none does.
  static constexpr std::uint32_t rate = *std::max_element(Gathered::rates.begin(), Gathered::rates.end());
  static_assert(std::ranges::all_of(Gathered::rates, [](std::uint32_t each) { return each == 0 || each == rate; }),
                "nn::Pipeline: its stages are made for different rates");
  // The same with further stages or a model behind it.
  template <class... More>
  using With = Pipeline<Frames, Stages..., More...>;
  // The most that two neighbours take.
  static constexpr std::size_t scratch_bytes = [] {
    std::size_t most = 8;
    for (std::size_t i = 0; i < stages; ++i) most = std::max(most, Gathered::rooms[i] + (i > 0 ? Gathered::rooms[i - 1] : 0));
    return most;
  }();
  // Of the stages; a model's constants are its own.
  static constexpr std::size_t table_bytes = Gathered::table_bytes;
  static constexpr std::size_t ram_bytes() { return sizeof(Pipeline); }
  // Identifies the front end, without its model: frames and stages with their settings. Equal from every compiler.
  static constexpr std::uint64_t fingerprint = [] {
    Fingerprint hash;
    Frames::identify(hash);
    Gathered::identify(hash);
    return hash.value;
  }();

  Pipeline() = default;
  template <class Parameters>
  explicit Pipeline(const Parameters& parameters) : holder{parameters} {}

  // Samples in chunks of any size; use(scores), or use(features), as often as there is something.
  template <class Kernels = target::Kernels>
  void process(std::span<const Number> samples, auto&& use) {
    frames.process(samples, [&](auto frame) { run<0, Kernels>(frame.data(), use); });
  }

  void reset() {
    frames.reset();
    const auto begin = [](auto& state) {
      if constexpr (requires { state.reset(); })
        state.reset();
      else
        state = {};
    };
    std::apply([&](auto&... state) { (begin(state), ...); }, states);
    if constexpr (!std::is_void_v<Model>) holder.reset();
  }

  // What stage Index keeps.
  template <std::size_t Index>
  auto& state() {
    return std::get<Index>(states);
  }

 private:
  template <std::size_t Index, class Kernels>
  void run(const auto* x, auto&& use) {
    if constexpr (Index == stages) {
      if constexpr (std::is_void_v<Model>)
        use(std::span<const Feature, features>{x, features});
      else
        holder.template run<Kernels, Feature, features>(x, use);
    } else if constexpr (requires { Stage<Index>::push(std::get<Index>(states), x); }) {
      if (Stage<Index>::template push<Kernels>(std::get<Index>(states), x))
        run<Index + 1, Kernels>(std::get<Index>(states).values.data(), use);
    } else {
      std::byte* const place = holder.scratch() + (Index % 2 == 0 ? 0 : scratch_bytes - Gathered::rooms[Index]);
      auto* const y = reinterpret_cast<typename Stage<Index>::Output*>(place);
      Stage<Index>::template run<Kernels>(std::get<Index>(states), x, y);
      run<Index + 1, Kernels>(y, use);
    }
  }

  Frames frames;
  typename Gathered::States states;
  pipeline::Holder<Model, scratch_bytes> holder;
};

}  // namespace nn
