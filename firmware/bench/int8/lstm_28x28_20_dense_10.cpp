// lstm 28x28-20 dense 560-10: int8
// model: ../cases/real/mnist_lstm_int8_taps
// Of TensorFlow Lite Micro's examples, mnist_lstm: 28 rows of 28 points through a Lstm of 20 units, whose 560 outputs a dense
// layer takes. From zero states.
#include <algorithm>

#include "lstm_28x28_20_dense_10_model.hpp"
#include "measure.hpp"

int main() {
  namespace model = lstm_28x28_20_dense_10_model;
  static model::Net net;
  static constexpr bench::Work work{BENCH_WORK, BENCH_ARITHMETIC};
  bench::measure(work, [] { net.run(); }, [] {
    net.reset();
    std::ranges::copy(model::probe_0, net.input().begin());
  });
  net.reset();
  std::ranges::copy(model::probe_0, net.input().begin());
  net.run();
  bench::print(work, "mismatches", std::ranges::equal(net.output(), model::answer_0) ? 0 : 1);
  bench::print(work, "ram", sizeof net);
  bench::print_stack(work);
  return 0;
}
