// infer 784-32-16-10 laid out: fixed8
#include "nets.hpp"

namespace {

// Weights lie in flash here, as the core reads them.
constexpr bench::Large::Parameters constants = [] {
  bench::Large::Parameters made{};
  nn::Random random{1};
  nn::for_each_row(
      [&random](auto& row) {
        for (auto& number : row) number = nn::number<std::remove_reference_t<decltype(number)>>(random.uniform() - 0.5f);
      },
      made);
  return made;
}();

}  // namespace

int main() { return bench::infer_laid_out<nn::LaidOut<bench::Large, constants>>(); }
