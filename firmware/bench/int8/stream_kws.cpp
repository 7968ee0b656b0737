// stream kws: int8
// model: kws_int8
// stream: 2
// Two new frames of 49, whose window is full: beside `model kws_int8`, which computes a window.
#include <algorithm>

#include "measure.hpp"
#include "stream_kws_model.hpp"

int main() {
  using Net = stream_kws_model::Net;
  static Net net;
  const auto frames = [] { std::ranges::copy(stream_kws_model::probe_0, net.input().begin()); };
  for (int i = 0; i < 25; ++i) {
    frames();
    net.run();
  }
  const bench::Work work{BENCH_WORK, BENCH_ARITHMETIC};
  bench::measure(work, [] { net.run(); }, frames);
  bench::print(work, "ram", sizeof net);
  bench::print_stack(work);
  return 0;
}
