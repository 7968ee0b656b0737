// How many of 100 seeds give 100 % on the validation and test rows, by arithmetic and by how the weights start.
#include "console.hpp"
#include "training.hpp"

namespace {

template <class Arithmetic>
std::uint32_t good_seeds(std::string_view arithmetic, std::string_view start, const auto& initializer) {
  std::uint32_t good = 0;
  for (std::uint32_t seed = 1; seed <= 100; ++seed) {
    linear::Training<Arithmetic> training{seed, initializer};
    for (std::uint32_t iteration = 0; iteration < linear::iterations; ++iteration) training.step();
    const bool right = training.evaluate(linear::validation).right == 4 && training.evaluate(linear::test).right == 4;
    good += right ? 1 : 0;
  }
  nn::print(console::write, nn::left(arithmetic, 8), nn::left(start, 8), good, " of 100 seeds\n");
  return good;
}

}  // namespace

int main() {
  const std::uint32_t real = good_seeds<float>("float", "small", nn::Uniform{});
  const std::uint32_t fixed = good_seeds<nn::Fixed16>("Fixed16", "small", nn::Uniform{});
  good_seeds<float>("float", "He", nn::He{});
  good_seeds<nn::Fixed16>("Fixed16", "He", nn::He{});
  return real == 100 && fixed == 100 ? 0 : 1;
}
