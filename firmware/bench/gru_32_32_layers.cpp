// gru 32-32 layers: float fixed16
// The dense and activation layers that a step of a Gru consists of.
#include "nets.hpp"

namespace {

template <class... Layers>
using From = nn::Network<bench::Arithmetic, Layers...>;
using Gates = From<nn::Input<32>, nn::Dense<96>>;
using Sigmoids = From<nn::Input<64>, nn::Sigmoid>;
using Tanhs = From<nn::Input<32>, nn::Tanh>;

template <class Net>
void run() {
  static nn::Inference<Net> network{nn::at_run_time(bench::parameters<Net>)};
  const auto y = network(bench::input<Net>);
  asm volatile("" ::"r"(y.data()) : "memory");
}

}  // namespace

int main() {
  nn::for_each_row([](auto& row) { bench::fill(row.data(), row.size()); }, bench::parameters<Gates>);
  bench::fill(bench::input<Gates>.data(), Gates::inputs);
  bench::fill(bench::input<Sigmoids>.data(), Sigmoids::inputs);
  bench::fill(bench::input<Tanhs>.data(), Tanhs::inputs);
  bench::measure(bench::work, [] {
    run<Gates>();
    run<Gates>();
    run<Sigmoids>();
    run<Tanhs>();
  });
  return 0;
}
