// What is asked of a network for each example: a class, or numbers in the place of one.
#pragma once

#include <array>
#include <span>
#include <type_traits>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

// The form of a loss that takes labels which are not certain.
template <class Loss>
struct Softened {
  using type = Loss;
};
template <>
struct Softened<nn::CrossEntropy> {
  using type = nn::SoftCrossEntropy;
};

template <class Input, class Target>
struct Example {
  std::span<const Input> input;
  std::size_t label;               // if a class is asked for
  std::span<const Target> target;  // else numbers, normalized, …
  std::span<const float> wanted;   // … and in their unit
  std::size_t row;                 // of the data
};

// What is asked of a network: a class, or numbers in the place of one.
template <class Net, class Loss>
struct Asked {
  using Arithmetic = typename nn::TrainingPlan<Net, Loss>::LastArithmetic;
  using Number = typename Arithmetic::Activation;
  static constexpr bool by_class = std::is_same_v<typename Loss::template Target<Arithmetic, Net::outputs>, std::size_t>;
  static constexpr std::size_t classes = Net::outputs == 1 ? 2 : Net::outputs;

  using Example = tools::Example<typename Net::InputNumber, Number>;
};

// As the network takes it.
template <class Net>
std::span<const typename Net::InputNumber, Net::inputs> input_of(const auto& example) {
  return std::span<const typename Net::InputNumber, Net::inputs>{example.input};
}

// The numbers that a network with this loss is asked for a class: 1 for the class, 0 for the others; a single output is the
// class. With `smoothing` they are smoothed as nn::smooth_label does.
template <class Net, class Loss>
class Answers {
  using Number = typename Asked<Net, Loss>::Number;
  static constexpr std::size_t classes = Asked<Net, Loss>::classes;

 public:
  explicit Answers(float smoothing) {
    for (std::size_t label = 0; label < classes; ++label) {
      std::array<Number, classes> all;
      nn::smooth_label(std::span{all}, label, smoothing);
      if constexpr (Net::outputs == 1)
        values[label][0] = all[1];
      else
        values[label] = all;
    }
  }

  std::span<const Number, Net::outputs> operator()(const auto& example) const {
    if (example.target.empty()) return values[example.label];
    return std::span<const Number, Net::outputs>{example.target.data(), Net::outputs};
  }

 private:
  std::vector<std::array<Number, Net::outputs>> values{classes};
};

}  // namespace tools
