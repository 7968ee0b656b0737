// How many of 100 seeds end with all four rows right.
#include "console.hpp"
#include "training.hpp"

namespace {

template <class Net>
int good_seeds(std::string_view name) {
  int good = 0;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    const auto outcome = exclusive_or::train<Net>({.seed = seed}, [](std::uint32_t, float) {});
    good += exclusive_or::right<Net>(outcome.parameters) == 4 ? 1 : 0;
  }
  nn::print(console::write, name, ": ", good, " of 100 seeds\n");
  return good;
}

}  // namespace

int main() {
  const int real = good_seeds<exclusive_or::Net<float>>("float");
  const int fixed = good_seeds<exclusive_or::Net<exclusive_or::Fixed>>("fixed");
  return real >= 90 && fixed >= 90 ? 0 : 1;
}
