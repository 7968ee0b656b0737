// resnet8: int16
#include "resnet8.hpp"

int main() {
  static bench::resnet8::Net network;
  bench::measure(bench::work, [] { network.run(); }, [] { bench::resnet8::draw(network.input(), 2); });
  return bench::resnet8::report();
}
