// Profile: where the time of a network goes, step by step: ticks of the clock that the program gives, whatever its unit.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "nn/text.hpp"

namespace nn {

// What is known of a step before it runs.
struct ProfiledStep {
  std::string_view name;
  std::uint64_t macs;  // multiply-accumulates
};

template <std::size_t Steps>
class Profile {
 public:
  // Before step `step`, and behind the last. What reading the clock takes by itself is not counted, nor what is done here.
  void enter(std::size_t step, auto clock) {
    if (runs == 0 && step == 0) idle = idle_ticks(clock);
    if (step > 0) add(step - 1, clock() - last);
    last = clock();
  }
  void leave(auto clock) {
    add(Steps - 1, clock() - last);
    ++runs;
  }
  void clear() { *this = {}; }

  // Ticks of one run, the mean of all.
  std::uint64_t of_step(std::size_t step) const { return runs == 0 ? 0 : ticks[step] / runs; }
  std::uint64_t of_all() const {
    std::uint64_t sum = 0;
    for (std::size_t step = 0; step < Steps; ++step) sum += of_step(step);
    return sum;
  }

 private:
  void add(std::size_t step, std::uint64_t taken) { ticks[step] += taken > idle ? taken - idle : 0; }

  // The least of a few, since one that was interrupted would be taken off the work.
  static std::uint64_t idle_ticks(auto clock) {
    std::uint64_t least = ~std::uint64_t{0};
    for (int i = 0; i < 5; ++i) {
      const std::uint64_t begin = clock();
      least = std::min<std::uint64_t>(least, clock() - begin);
    }
    return least;
  }

  std::array<std::uint64_t, Steps> ticks{};  // of all runs
  std::uint64_t last = 0;
  std::uint64_t idle = 0;
  std::uint32_t runs = 0;
};

// A table: for each step its multiply-accumulates, its ticks, whose unit has that name, its share in per cent, and ticks for each
// multiply-accumulate. `write` takes a std::string_view.
template <std::size_t Steps>
void print_profile(const Profile<Steps>& profile, const std::array<ProfiledStep, Steps>& steps, std::string_view unit,
                   auto&& write) {
  const std::uint64_t all = profile.of_all();
  std::uint64_t macs = 0;
  const auto figures = [&](std::uint64_t products, std::uint64_t ticks) {
    const float share = all == 0 ? 0.0f : 100.0f * static_cast<float>(ticks) / static_cast<float>(all);
    print(write, right(products, 12), right(ticks, 14), right(decimal(share, 1), 8));
    if (products > 0) print(write, right(decimal(static_cast<float>(ticks) / static_cast<float>(products), 2), 9));
    print(write, '\n');
  };
  print(write, "step  name                    MACs", right(unit, 14), "   share  per MAC\n");
  for (std::size_t step = 0; step < Steps; ++step) {
    print(write, right(step, 4), "  ", left(steps[step].name, 16));
    figures(steps[step].macs, profile.of_step(step));
    macs += steps[step].macs;
  }
  print(write, "   all                ");
  figures(macs, all);
}

}  // namespace nn
