// learn head 512-3 sgd b1: float fixed16
#include "learn.hpp"

// The head of firmware/keyword_learn.
int main() {
  using Head = nn::Network<bench::Arithmetic, nn::Input<512>, nn::Dense<3>, nn::Softmax>;
  return bench::learn<nn::Trainer<Head, nn::CrossEntropy>, Head::Input>(
      [](const auto&, std::uint32_t step) { return std::size_t{step % 3}; });
}
