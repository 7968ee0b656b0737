// random_sequences [N (600)]: so many seeded random recurrent layers on int8, each run twice in the planned workspace; every code
// is compared with the oracle's. Prints how many differ; status 1 if any does, or if one of five was not judged.
#include <cstdlib>
#include <exception>
#include <iostream>

#include "import_sequence.hpp"
#include "random.hpp"
#include "sequences.hpp"

namespace {

using namespace reference;

Sequence drawn(std::uint64_t seed) {
  Random random{seed};
  const std::vector<int> sizes{1, 2, 3, 7, 13, 15, 17, 33};
  Sequence made{};
  made.kind = static_cast<Sequence::Kind>(random.number(0, 4));
  made.steps = random.number(1, 5), made.batch = random.one_in(4) ? 2 : 1, made.inputs = random.pick(sizes),
  made.units = random.pick(sizes);
  made.reversed = random.one_in(2), made.last_only = random.one_in(2);
  // Now and then far from what learning gives: products at the limits of 16 bits, and tables at their ends.
  const double wide = random.one_in(5) ? 8 : 1;
  made.x_scale = static_cast<float>(wide * random.real(0.5, 4) / 128),
  made.h_scale = static_cast<float>(random.real(0.001, 0.012));
  if (made.kind == Sequence::rnn_relu) made.h_scale *= static_cast<float>(random.real(1, 20));
  made.x_zero = random.between(-128, 127), made.h_zero = random.between(-128, 127), made.cell_bits = random.number(5, 15);
  const auto codes = [&](std::vector<Integer>& to, int count, int least) {
    for (int i = 0; i < count; ++i) to.push_back(random.between(least, 127));
  };
  const int rows = made.gates() * made.units;
  codes(made.weight, rows * made.inputs, -127);
  codes(made.recurrent, rows * made.units, -127);
  codes(made.x, made.steps * made.batch * made.inputs, -128);
  for (int g = 0; g < made.gates(); ++g) {
    made.weight_scale.push_back(static_cast<float>(wide * random.real(0.001, 0.01)));
    made.recurrent_scale.push_back(static_cast<float>(wide * random.real(0.001, 0.01)));
  }
  if (random.one_in(4)) made.weight_scale.assign(made.weight_scale.size(), made.weight_scale[0]);
  for (int o = 0; o < rows + (made.kind == Sequence::gru_behind ? made.units : 0); ++o) {
    const std::size_t g = static_cast<std::size_t>(o / made.units);
    const float unit = o < rows ? made.x_scale * made.weight_scale[g] : made.h_scale * made.recurrent_scale.back();
    made.bias.push_back(static_cast<Integer>(random.real(-2, 2) / static_cast<double>(unit)));
  }
  return made;
}

}  // namespace

int main(int count, char** arguments) {
  const long number = count > 1 ? std::atol(arguments[1]) : 600;
  long judged = 0, differing = 0;
  for (long seed = 1; seed <= number; ++seed) {
    const Sequence sequence = drawn(static_cast<std::uint64_t>(seed));
    std::vector<Integer> expected;
    try {
      expected = outputs(sequence);
    } catch (const Undefined&) {
      continue;
    }
    try {
      std::size_t wrong = 0;
      for (const std::vector<Integer>& found : run_sequence(sequence, 2)) {
        wrong += found.size() != expected.size();
        for (std::size_t i = 0; i < expected.size() && i < found.size(); ++i) wrong += expected[i] != found[i];
      }
      ++judged;
      if (wrong == 0) continue;
      ++differing;
      std::cout << "seed " << seed << ": kind " << sequence.kind << ", " << sequence.steps << " steps of " << sequence.inputs
                << ", " << sequence.units << " units: " << wrong << " codes differ\n";
    } catch (const std::exception& refused) {
      std::cout << "seed " << seed << ": " << refused.what() << '\n';
    }
  }
  std::cout << judged << " of " << number << " sequences judged, " << differing << " differ\n";
  return differing == 0 && judged * 5 >= number * 4 ? 0 : 1;
}
