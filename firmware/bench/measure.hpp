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

// As tools/bench names it.
inline constexpr std::string_view arithmetic = BENCH_ARITHMETIC;
inline bool on_host() { return platform::clock_unit == "ns"; }

inline void print(std::string_view work, std::string_view metric, std::uint64_t value) {
  nn::print(console::write, work, ",", arithmetic, ",", metric, ",", value, '\n');
}

inline void print_stack(std::string_view work) {
  if (const std::uint32_t deepest = platform::memory().stack; deepest > 0) print(work, "stack", deepest);
}

// clock() ticks that measuring takes by itself.
inline std::uint64_t idle_ticks() {
  const std::uint64_t start = platform::clock();
  bench_begin();
  bench_end();
  return platform::clock() - start;
}

// clock() ticks for `repetitions` calls, without the cost of measuring.
template <class Work>
std::uint64_t ticks(std::uint32_t repetitions, Work work) {
  const std::uint64_t idle = idle_ticks();
  const std::uint64_t begin = platform::clock();
  bench_begin();
  for (std::uint32_t i = 0; i < repetitions; ++i) work();
  bench_end();
  const std::uint64_t taken = platform::clock() - begin;
  return taken > idle ? taken - idle : 0;
}

// Once on a board, where instructions are counted; often on the host, where time is taken.
template <class Work>
void measure(std::string_view name, Work work) {
  const std::uint32_t repetitions = on_host() ? 2'000 : 1;
  std::uint64_t least = ~std::uint64_t{0};
  for (int run = 0; run < (on_host() ? 30 : 2); ++run) {
    const std::uint64_t now = ticks(repetitions, work);
    if (now < least) least = now;
  }
  print(name, platform::clock_unit, least / repetitions);
}

}  // namespace bench
