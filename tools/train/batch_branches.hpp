// BatchBranches: the branches of a Residual or Concat, each a BatchChain, on a whole batch; Branch<> passes on what comes in.
#pragma once

#include <cstddef>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

template <class Topology, std::size_t layers = Topology::layers>
class BatchChain;

template <class Bound>
concept Branched = requires {
  typename Bound::template BranchAt<0>;
};

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
