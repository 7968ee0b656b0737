// train 64-32-10 sgd b1 guarded: float fixed16
#include "nets.hpp"
#include "digits_8x8.hpp"
#include "nn/guarded.hpp"

// A look every 64 steps at 10 samples, all of it counted.
int main() {
  using Net = bench::Small;
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd>;
  static Trainer trainer{{.rate = 0.05f}, nn::at_run_time(1)};
  static nn::KeptInMemory keeper{trainer};
  static std::array<Net::Input, 10> inputs{};
  const auto& samples = bench::digits_8x8;
  const auto held = [&]<std::size_t... I>(std::index_sequence<I...>) {
    (samples.load(I, std::span{inputs[I]}), ...);
    return std::array{Trainer::Sample{inputs[I], samples.labels[I]}...};
  }(std::make_index_sequence<10>{});
  nn::Guarded guarded{trainer, keeper, std::span<const Trainer::Sample>{held}};
  static Net::Input x{};
  std::uint64_t taken = 0;
  for (std::uint32_t step = 0; step < 960; ++step) {
    samples.load(10 + step, std::span{x});
    taken += bench::ticks(1, [&] { guarded.step(x, std::size_t{samples.labels[10 + step]}); });
  }
  bench::print(bench::work, platform::clock_unit, taken / 960);
  bench::print(bench::work, "samples", samples.inputs.size() + samples.labels.size());
  bench::print_stack(bench::work);
  return 0;
}
