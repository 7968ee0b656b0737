// BatchChain: the layers of a float network on a whole batch at a time, layer by layer, so that a BatchNorm may take the
// statistics of the batch, as it was first meant, also inside branches:
//   y = gamma · z + beta,   z = (x - mean) · s,   s = 1 / √(variance + 2^-10)      of m numbers a channel, count samples of H·W
//   pixels ∂L/∂x = gamma · s · (g - Σ g / m - z · Σ (g · z) / m)     ∂L/∂gamma = Σ g · z     ∂L/∂beta = Σ g
// The running statistics, which inference uses, move as far as by so many samples of a Trainer (nn/layer/batch_norm.hpp), that is
// by 1 - (1 - 2^-Shift)^count of the way, to the mean and to variance · m / (m - 1).
// Ioffe and Szegedy, Batch Normalization (2015), algorithms 1 and 2.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

template <class Layer>
constexpr int batch_norm_shift = 0;
template <int Shift>
constexpr int batch_norm_shift<nn::BatchNorm<Shift>> = Shift;

template <class Bound>
concept Branched = requires {
  typename Bound::template BranchAt<0>;
};

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
struct BatchStatistics {
  std::vector<double> mean, factor;  // of each channel; s
};
template <class Spec, class Layer>
class BatchBranches;

template <class Topology, std::size_t I>
struct BatchState {
  using Layer = typename Topology::template Layer<I>;
  static constexpr bool normalizes = batch_norm_shift<typename Topology::template Spec<I>> > 0;
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

template <class Topology, std::size_t layers = Topology::layers>
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
      if (learns) return normalize<I>(p, x, count);
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
      normalize_backward<I>(nn::get<I>(p), nn::get<I>(sum), in, to);
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

  template <std::size_t I>
  void normalize(auto&& p, std::span<const float> x, std::size_t count) {
    constexpr std::size_t channels = Layer<I>::Channels;
    const std::size_t m = x.size() / channels;
    std::vector<double> mean(channels), squares(channels), factor(channels);
    for (std::size_t i = 0; i < x.size(); ++i) mean[i % channels] += static_cast<double>(x[i]);
    for (double& one : mean) one /= static_cast<double>(m);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double d = static_cast<double>(x[i]) - mean[i % channels];
      squares[i % channels] += d * d;
    }
    double kept = 1;
    for (std::size_t k = 0; k < count; ++k) kept *= 1 - 1.0 / (1u << batch_norm_shift<typename Topology::template Spec<I>>);
    const auto approach = [&](float& running, double now) {
      running = static_cast<float>(now + (static_cast<double>(running) - now) * kept);
    };
    for (std::size_t k = 0; k < channels; ++k) {
      factor[k] = 1 / std::sqrt(squares[k] / static_cast<double>(m) + 0x1p-10);
      approach(p.mean[k], mean[k]);
      approach(p.variance[k], squares[k] / static_cast<double>(m - 1));
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
      const std::size_t k = i % channels;
      y[I][i] = static_cast<float>((static_cast<double>(x[i]) - mean[k]) * factor[k] * static_cast<double>(p.gamma[k]) +
                                   static_cast<double>(p.beta[k]));
    }
    std::get<I>(state) = {std::move(mean), std::move(factor)};
  }

  template <std::size_t I>
  void normalize_backward(const auto& p, auto& sum, std::span<const float> x, std::span<float> dx) {
    constexpr std::size_t channels = Layer<I>::Channels;
    const double m = static_cast<double>(x.size() / channels);
    const std::vector<double>&mean = std::get<I>(state).mean, &factor = std::get<I>(state).factor;
    const auto z = [&](std::size_t i) { return (static_cast<double>(x[i]) - mean[i % channels]) * factor[i % channels]; };
    std::vector<double> of_gamma(channels), of_beta(channels);
    for (std::size_t i = 0; i < x.size(); ++i) {
      of_gamma[i % channels] += static_cast<double>(g[I][i]) * z(i);
      of_beta[i % channels] += static_cast<double>(g[I][i]);
    }
    for (std::size_t k = 0; k < channels; ++k) {
      sum.gamma[k] += static_cast<float>(of_gamma[k]);
      sum.beta[k] += static_cast<float>(of_beta[k]);
    }
    for (std::size_t i = 0; i < dx.size(); ++i) {
      const std::size_t k = i % channels;
      dx[i] = static_cast<float>(static_cast<double>(p.gamma[k]) * factor[k] *
                                 (static_cast<double>(g[I][i]) - of_beta[k] / m - z(i) * of_gamma[k] / m));
    }
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

// The branches of a Residual or Concat side by side; Branch<> passes on what comes in.
template <class Spec, class Layer>
class BatchBranches {
  template <std::size_t B>
  using Branch = typename Layer::template BranchAt<B>;
  template <std::size_t B>
  static constexpr bool passes = !requires {
    typename Branch<B>::Topology;
  };
  struct Nothing {};
  template <std::size_t B>
  static auto chosen() {
    if constexpr (passes<B>)
      return std::type_identity<Nothing>{};
    else
      return std::type_identity<BatchChain<typename Branch<B>::Topology>>{};
  }
  template <std::size_t... B>
  static std::tuple<typename decltype(chosen<B>())::type...> chains(std::index_sequence<B...>);
  static constexpr std::size_t inputs = Layer::InputSize, outputs = Layer::OutputSize;

 public:
  void forward(auto&& p, std::span<const float> x, std::span<float> y, std::size_t count, nn::Random& random) {
    Layer::for_each_branch([&]<std::size_t B>() {
      std::span<const float> from = x;
      if constexpr (!passes<B>) {
        std::get<B>(chain).forward(nn::get<B>(p), x, count, random, 0);
        from = std::get<B>(chain).output();
      }
      for (std::size_t k = 0; k < count; ++k)
        join<B>(static_cast<const Spec*>(nullptr), y.subspan(k * outputs, outputs), from.subspan(k * size<B>, size<B>));
    });
  }

  void backward(const auto& p, auto&& sum, std::span<const float> x, std::span<const float> g, std::span<float> dx,
                std::size_t count) {
    for (float& one : dx) one = 0;
    std::vector<float> share(dx.size());
    Layer::for_each_branch([&]<std::size_t B>() {
      const auto part_of = [&](std::span<float> to) {
        for (std::size_t k = 0; k < count; ++k)
          for (std::size_t i = 0; i < size<B>; ++i)
            to[k * size<B> + i] = g[k * outputs + part<B>(static_cast<const Spec*>(nullptr), i)];
      };
      if constexpr (passes<B>) {
        if (!dx.empty()) part_of(share);
      } else {
        part_of(std::get<B>(chain).gradient(count));
        std::get<B>(chain).backward(nn::get<B>(p), nn::get<B>(sum), x, std::span{share}, count, 0);
      }
      for (std::size_t i = 0; i < dx.size(); ++i) dx[i] += share[i];
    });
  }

 private:
  template <std::size_t B>
  static constexpr std::size_t size = Branch<B>::output.size();
  template <std::size_t B, class Join, class... Branches>
  static void join(const nn::Branches<Join, Branches...>*, std::span<float> y, std::span<const float> from) {
    [&]<class... Bound>(std::type_identity<std::tuple<Bound...>>) {
      Join::template join<nn::ArithmeticOf<float>, B, Bound...>(y, from);
    }(std::type_identity<typename Layer::Bounds>{});
  }
  template <std::size_t B, class Join, class... Branches>
  static std::size_t part(const nn::Branches<Join, Branches...>*, std::size_t i) {
    return [&]<class... Bound>(std::type_identity<std::tuple<Bound...>>) {
      return Join::template part<Bound...>(B, i);
    }(std::type_identity<typename Layer::Bounds>{});
  }

  decltype(chains(std::make_index_sequence<Layer::branches>{})) chain;
};

}  // namespace tools
