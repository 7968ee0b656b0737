// Random numbers, the same on every machine for one seed. Sebastiano Vigna, splitmix64.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace reference {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state{seed * 0x9E3779B97F4A7C15u + 0x1234567u} {}

  std::uint64_t next() {
    std::uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
  }
  // least … most, both included
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  int number(int least, int most) { return static_cast<int>(between(least, most)); }
  bool one_in(int times) { return between(1, times) == 1; }
  // [0, 1)
  double unit() { return std::ldexp(static_cast<double>(next() >> 11), -53); }
  double real(double least, double most) { return least + (most - least) * unit(); }
  template <class Item>
  Item pick(const std::vector<Item>& all) {
    return all[static_cast<std::size_t>(between(0, static_cast<std::int64_t>(all.size()) - 1))];
  }

 private:
  std::uint64_t state;
};

}  // namespace reference
