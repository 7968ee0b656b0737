// Measuring one piece of work. Each bench program prints lines of `work,arithmetic,metric,value`; tools/bench adds the core.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "console.hpp"
#include "nn/random.hpp"
#include "nn/text.hpp"
#include "platform.hpp"

// A region of work lies between these two, so that a profiler of instructions can find it.
extern "C" [[gnu::noinline]] inline void bench_begin() { asm volatile("" ::: "memory"); }
extern "C" [[gnu::noinline]] inline void bench_end() { asm volatile("nop" ::: "memory"); }

namespace bench {

inline void print(std::string_view work, std::string_view metric, std::uint64_t value) {
  nn::print(console::write, work, ",float,", metric, ",", value, '\n');
}

inline void print_stack(std::string_view work) {
  if (const std::uint32_t deepest = platform::memory().stack; deepest > 0) print(work, "stack", deepest);
}

// Uniform in [-0.5, 0.5): as good as any weights and inputs, for counting.
[[gnu::noinline]] inline void fill(float* numbers, std::size_t count) {
  static nn::Random random{1};
  for (std::size_t i = 0; i < count; ++i) numbers[i] = random.uniform() - 0.5f;
}

// The least of several runs: clock() ticks for `repetitions` calls, without the cost of measuring.
template <class Work>
std::uint64_t ticks(std::uint32_t repetitions, Work work) {
  std::uint64_t least = ~std::uint64_t{0};
  for (int run = 0; run < (platform::clock_unit == "ns" ? 30 : 2); ++run) {
    const std::uint64_t start = platform::clock();
    bench_begin();
    bench_end();
    const std::uint64_t idle = platform::clock() - start;
    const std::uint64_t begin = platform::clock();
    bench_begin();
    for (std::uint32_t i = 0; i < repetitions; ++i) work();
    bench_end();
    const std::uint64_t taken = platform::clock() - begin;
    const std::uint64_t net = taken > idle ? taken - idle : 0;
    if (net < least) least = net;
  }
  return least;
}

// Once on a board, where instructions are counted; often on the host, where time is taken.
template <class Work>
void measure(std::string_view name, std::uint32_t samples_each, Work work) {
  const std::uint32_t repetitions = platform::clock_unit == "ns" ? 2'000 : 1;
  print(name, platform::clock_unit, ticks(repetitions, work) / (std::uint64_t{repetitions} * samples_each));
}

}  // namespace bench
