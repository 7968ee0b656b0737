#include <algorithm>

#include <model.hpp>

int main() {
  static model::Net net;
  std::ranges::copy(model::probe_0, net.input().begin());
  net.run();
  return std::ranges::equal(net.output(), model::answer_0) ? 0 : 1;
}
