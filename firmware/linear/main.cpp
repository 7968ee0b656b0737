// Softmax regression on sixteen rows, in float and in fixed point: finds out that the third feature is the class.
#include "console.hpp"
#include "training.hpp"

namespace {

constexpr std::uint32_t seed = 1;

// True if every row that was not learnt from is told right.
template <class Arithmetic>
bool learn(std::string_view name) {
  linear::Training<Arithmetic> training{nn::at_run_time(seed)};
  nn::print(console::write, name, ", seed ", seed, '\n');
  const auto show = [&](std::string_view what, const nn::Evaluation<2>& on) {
    nn::print(console::write, what, " loss ", nn::decimal(on.loss, 4), "  accuracy ", nn::decimal(100 * on.accuracy, 2), " %");
  };
  for (std::uint32_t iteration = 1; iteration <= linear::iterations; ++iteration) {
    training.step();
    if (iteration % 100 != 0) continue;
    nn::print(console::write, nn::right(iteration, 5));
    show("  training", training.evaluate(linear::training));
    if (iteration % 500 == 0) show("   validation", training.evaluate(linear::validation));
    nn::print(console::write, '\n');
  }
  const auto validation = training.evaluate(linear::validation);
  const auto test = training.evaluate(linear::test);
  show("test", test);

  // Class 1 against class 0: how much each feature speaks for it.
  nn::print(console::write, "\nweight of each feature, class 1 minus class 0:");
  const auto& p = nn::get<0>(training.trainer.parameters);
  for (std::size_t i = 0; i < 4; ++i)
    nn::print(console::write, "  ", nn::decimal(static_cast<float>(p.weight[1][i]) - static_cast<float>(p.weight[0][i]), 3));
  nn::print(console::write, "\nchecksum ", nn::hex(nn::checksum(training.trainer.parameters)), " of the parameters\n\n");
  return validation.right == linear::validation.size() && test.right == linear::test.size();
}

}  // namespace

int main() {
  const bool real = learn<float>("float");
  const bool fixed = learn<nn::Fixed16>("Fixed16");
  return real && fixed ? 0 : 1;
}
