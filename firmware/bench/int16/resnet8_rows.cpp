// resnet8 rows: int16
// One row at once, each pushed.
#include "resnet8.hpp"

int main() {
  static bench::resnet8::Rows network;
  static std::array<std::int16_t, bench::resnet8::Rows::row_numbers> row;
  bench::resnet8::draw(row, 2);
  bench::measure(bench::work, [] {
    while (!network.push_row(row)) {
    }
  });
  return bench::resnet8::report();
}
