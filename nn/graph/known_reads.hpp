// KnownReads: who reads what in a graph that the compiler knows, one call after another: RowReads (row_progress.hpp) whose steps,
// tensors and reads are constants, so that no table of them is kept and no loop runs over it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "nn/graph/row_progress.hpp"

namespace nn::graph {

template <std::int32_t Number>
using Constant = std::integral_constant<std::int32_t, Number>;

template <const Facts& All, std::int32_t Steps>
class KnownReads {
 public:
  template <std::int32_t Step>
  [[gnu::always_inline]] static constexpr void of_step(Constant<Step>, auto see) { each<of_one_step<Step>>(see); }
  template <std::int32_t Tensor>
  [[gnu::always_inline]] static constexpr void of_tensor(Constant<Tensor>, auto see) { each<of_one_tensor<Tensor>>(see); }

 private:
  // Of a step: the tensor and the number of its read; of a tensor: the step and the number of the read.
  struct One {
    std::int32_t other;
    std::size_t read;
  };
  template <std::int32_t Step>
  static constexpr auto of_one_step = [] {
    std::array<One, static_cast<std::size_t>(All.steps[static_cast<std::size_t>(Step)].reads)> all{};
    RowReads{All, Steps}.of_step(Step, [&all](std::int32_t tensor, std::size_t i) { all[i] = {tensor, i}; });
    return all;
  }();
  template <std::int32_t Tensor>
  static constexpr std::size_t readers = [] {
    std::size_t count = 0;
    RowReads{All, Steps}.of_tensor(Tensor, [&count](std::int32_t, std::size_t) { ++count; });
    return count;
  }();
  template <std::int32_t Tensor>
  static constexpr auto of_one_tensor = [] {
    std::array<One, readers<Tensor>> all{};
    RowReads{All, Steps}.of_tensor(Tensor, [&all, at = std::size_t{0}](std::int32_t step, std::size_t i) mutable {
      all[at++] = {step, i};
    });
    return all;
  }();

  template <const auto& Several>
  [[gnu::always_inline]] static constexpr void each(auto see) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) __attribute__((always_inline)) {
      (see(Several[Index].other, Several[Index].read), ...);
    }
    (std::make_index_sequence<Several.size()>{});
  }
};

}  // namespace nn::graph
