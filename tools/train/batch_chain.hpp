// BatchChain: the layers of a float network on a whole batch at a time, layer by layer, so that a BatchNorm may take the
// statistics of the batch (tools/train/batch_norm.hpp), also inside branches.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "nn/nn.hpp"
#include "tools/train/batch_branches.hpp"
#include "tools/train/batch_norm.hpp"

namespace tools {

// Whether a BatchNorm is among the layers, or in a branch of one.
template <class Topology>
constexpr bool has_batch_norm = [] {
  bool found = false;
  Topology::for_each_layer([&]<std::size_t I, class Layer>() {
    if constexpr (Branched<Layer>)
      Layer::for_each_branch([&]<std::size_t B>() {
        using Branch = typename Layer::template BranchAt<B>;
        if constexpr (requires { typename Branch::Topology; }) found = found || has_batch_norm<typename Branch::Topology>;
      });
    else
      found = found || batch_norm_shift<typename Topology::template Spec<I>> > 0;
  });
  return found;
}();

// What a batch is computed with, for one layer.
template <class Topology, std::size_t I>
struct BatchState {
  using Layer = typename Topology::template Layer<I>;
  static constexpr int shift = batch_norm_shift<typename Topology::template Spec<I>>;
  static constexpr bool normalizes = shift > 0;
  static constexpr bool branches = Branched<Layer> && nn::forward_learns<Layer>;
  struct Nothing {};
  static auto chosen() {
    if constexpr (normalizes)
      return std::type_identity<BatchStatistics>{};
    else if constexpr (branches)
      return std::type_identity<BatchBranches<typename Topology::template Spec<I>, Layer>>{};
    else if constexpr (nn::has_training_state<Layer>)
      return std::type_identity<std::vector<typename Layer::TrainingState>>{};
    else
      return std::type_identity<Nothing>{};
  }
  using type = typename decltype(chosen())::type;
};

template <class Topology, std::size_t layers>
class BatchChain {
  template <std::size_t I>
  using Layer = typename Topology::template Layer<I>;
  template <std::size_t I>
  static constexpr std::size_t size = Layer<I>::output.size();
  template <std::size_t I>
  static constexpr std::size_t input_size = Topology::template input_shape_of<I>.size();
  using Kernels = nn::KernelsFor<typename Topology::Arithmetic, target::Kernels>;

 public:
  static constexpr std::size_t outputs = size<layers - 1>;

  // x is [count][inputs]. The first `frozen` layers keep their statistics.
  void forward(auto&& p, std::span<const float> x, std::size_t count, nn::Random& random, std::size_t frozen) {
    for_each([&]<std::size_t I>() {
      y[I].resize(count * size<I>);
      forward_layer<I>(nn::get<I>(p), I == 0 ? x : std::span<const float>{y[I == 0 ? 0 : I - 1]}, count, random, I >= frozen);
    });
  }
  std::span<const float> output() const { return y[layers - 1]; }

  // ∂L/∂output, [count][outputs], for the caller to fill in before backward.
  std::span<float> gradient(std::size_t count) {
    g[layers - 1].resize(count * outputs);
    return g[layers - 1];
  }

  // Adds ∂L/∂p to `sum`, and overwrites dx, which may be empty, down to layer `frozen`.
  void backward(const auto& p, auto&& sum, std::span<const float> x, std::span<float> dx, std::size_t count, std::size_t frozen) {
    backward_from<layers - 1>(p, sum, x, dx, count, frozen);
  }

 private:
  static void for_each(auto&& visit) {
    [&]<std::size_t... I>(std::index_sequence<I...>) { (visit.template operator()<I>(), ...); }
    (std::make_index_sequence<layers>{});
  }

  template <std::size_t I>
  void forward_layer(auto&& p, std::span<const float> x, std::size_t count, nn::Random& random, bool learns) {
    using State = BatchState<Topology, I>;
    if constexpr (State::normalizes) {
      if (learns) return std::get<I>(state).template normalize<State::shift>(p, x, std::span{y[I]}, count);
    } else if constexpr (State::branches) {
      if (learns) return std::get<I>(state).forward(p, x, std::span{y[I]}, count, random);
    } else if constexpr (nn::has_training_state<Layer<I>>) {
      std::get<I>(state).resize(count);
    }
    for (std::size_t k = 0; k < count; ++k) {
      const auto from = sample<input_size<I>>(x, k);
      const auto to = sample<size<I>>(std::span{y[I]}, k);
      if constexpr (State::normalizes) {
        Layer<I>::template forward<Kernels>(std::as_const(p), from, to);
      } else if constexpr (State::branches) {
        nn::AsInInference as_in_inference;
        const auto apart = std::make_unique<typename Layer<I>::TrainingState>();
        Layer<I>::template forward<Kernels>(std::as_const(p), from, to, *apart, as_in_inference);
      } else if constexpr (nn::has_training_state<Layer<I>>) {
        Layer<I>::template forward<Kernels>(p, from, to, std::get<I>(state)[k], random);
      } else {
        Layer<I>::template forward<Kernels>(std::as_const(p), from, to);
      }
    }
  }

  template <std::size_t I>
  void backward_from(const auto& p, auto&& sum, std::span<const float> x, std::span<float> dx, std::size_t count,
                     std::size_t frozen) {
    if (I < frozen) return;
    const std::span<const float> in = [&]() -> std::span<const float> {
      if constexpr (I == 0)
        return x;
      else
        return y[I - 1];
    }();
    std::span<float> to;
    if constexpr (I == 0) {
      to = dx;
    } else {
      g[I - 1].resize(count * input_size<I>);
      to = g[I - 1];
    }
    using State = BatchState<Topology, I>;
    if constexpr (State::normalizes) {
      std::get<I>(state).backward(nn::get<I>(p), nn::get<I>(sum), in, std::span<const float>{g[I]}, to);
    } else if constexpr (State::branches) {
      std::get<I>(state).backward(nn::get<I>(p), nn::get<I>(sum), in, std::span<const float>{g[I]}, to, count);
    } else {
      for (std::size_t k = 0; k < count; ++k)
        if (to.empty())
          learn<I>(p, sum, in, nn::Unwanted{}, k);
        else
          learn<I>(p, sum, in, sample<input_size<I>>(to, k), k);
    }
    if constexpr (I > 0) backward_from<I - 1>(p, sum, x, dx, count, frozen);
  }

  template <std::size_t I>
  void learn(const auto& p, auto& all, std::span<const float> x, auto dx, std::size_t k) {
    using Policy = typename Topology::template ArithmeticAt<I>;
    auto sink = [&] {
      if constexpr (nn::has_parameters<Layer<I>>) {
        auto& sum = nn::get<I>(all);
        return nn::SumSink<Policy, Kernels, std::remove_reference_t<decltype(sum)>, nn::Small<>>{sum, {}};
      } else {
        return nn::NoSink{};
      }
    }();
    const auto in = sample<input_size<I>>(x, k);
    const auto out = sample<size<I>>(std::span<const float>{y[I]}, k);
    const auto wanted = sample<size<I>>(std::span<const float>{g[I]}, k);
    if constexpr (nn::has_training_state<Layer<I>>)
      nn::learn_layer<Layer<I>, Kernels>(nn::get<I>(p), in, out, wanted, dx, std::get<I>(state)[k], sink);
    else
      nn::learn_layer<Layer<I>, Kernels>(nn::get<I>(p), in, out, wanted, dx, typename nn::TrainingStateOf<Layer<I>>::type{},
                                         sink);
  }

  template <std::size_t Size, class Number>
  static std::span<Number, Size> sample(std::span<Number> all, std::size_t k) {
    return std::span<Number, Size>{all.data() + k * Size, Size};
  }

  template <std::size_t... I>
  static std::tuple<typename BatchState<Topology, I>::type...> states(std::index_sequence<I...>);

  std::array<std::vector<float>, layers> y, g;  // of each layer, [count][size]
  decltype(states(std::make_index_sequence<layers>{})) state;
};

}  // namespace tools
