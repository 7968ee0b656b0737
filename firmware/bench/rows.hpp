// A network that runs by rows, its input pushed.
#pragma once

#include "nets.hpp"

namespace bench {

template <class Net>
int rows() {
  using Rows = nn::ByRows<Net, 1, nn::Feed::rows>;
  nn::for_each_row([](auto& row) { fill(row.data(), row.size()); }, parameters<Net>);
  static Rows network{nn::at_run_time(parameters<Net>)};
  static typename Rows::Row row{};
  fill(row.data(), row.size());
  measure(work, [] {
    while (!network.push_row(row)) {
    }
    const auto y = network.output();
    asm volatile("" ::"r"(y.data()) : "memory");
  });
  print(work, "weights", sizeof parameters<Net>);
  print_stack(work);
  return 0;
}

}  // namespace bench
