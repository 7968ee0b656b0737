// Measuring one piece of work. Each bench program prints lines of `work,arithmetic,metric,value`; tools/bench adds the core.
#pragma once

#include <algorithm>
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
struct Work {
  std::string_view name;
  std::string_view arithmetic;
};

inline void print(const Work& work, std::string_view metric, std::uint64_t value) {
  nn::print(console::write, work.name, ",", work.arithmetic, ",", metric, ",", value, '\n');
}

inline void print_stack(const Work& work) {
  if (const std::uint32_t deepest = platform::memory().stack; deepest > 0) print(work, "stack", deepest);
}

// clock() ticks that measuring takes by itself: the least of a few, since one that was interrupted would be taken off the work.
inline std::uint64_t idle_ticks() {
  std::uint64_t least = ~std::uint64_t{0};
  for (int i = 0; i < 5; ++i) {
    const std::uint64_t start = platform::clock();
    bench_begin();
    bench_end();
    least = std::min(least, platform::clock() - start);
  }
  return least;
}

// clock() ticks for `repetitions` calls, without the cost of measuring.
template <class Run>
std::uint64_t ticks(std::uint32_t repetitions, Run run) {
  const std::uint64_t idle = idle_ticks();
  const std::uint64_t begin = platform::clock();
  bench_begin();
  for (std::uint32_t i = 0; i < repetitions; ++i) run();
  bench_end();
  const std::uint64_t taken = platform::clock() - begin;
  return taken > idle ? taken - idle : 0;
}

// The least clock() ticks of 30 times `repetitions` calls.
template <class Run>
std::uint64_t least_ticks(std::uint32_t repetitions, Run run) {
  std::uint64_t least = ~std::uint64_t{0};
  for (int i = 0; i < 30; ++i) least = std::min(least, ticks(repetitions, run));
  return least;
}

// On the host, where time is taken, the least of 30 times 2 ms or so; on a board, where instructions are counted, of two runs.
// `prepare` comes before each and is not counted.
template <class Run, class Prepare>
void measure(const Work& work, Run run, Prepare prepare) {
  std::uint64_t each = ~std::uint64_t{0};
  if constexpr (platform::is_host) {
    const auto both = [&] {
      prepare();
      run();
    };
    const std::uint32_t repetitions =
        static_cast<std::uint32_t>(std::clamp<std::uint64_t>(2'000'000 / (ticks(1, both) + 1), 1, 2'000));
    const std::uint64_t prepared = least_ticks(repetitions, prepare);
    // rounded up: never 0
    each = (std::max(least_ticks(repetitions, both), prepared + 1) - prepared + repetitions - 1) / repetitions;
  } else {
    for (int i = 0; i < 2; ++i) {
      prepare();
      each = std::min(each, ticks(1, run));
    }
  }
  print(work, platform::clock_unit, each);
}
template <class Run>
void measure(const Work& work, Run run) {
  measure(work, run, [] {});
}

}  // namespace bench
