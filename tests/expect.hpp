// expect(…): what every test is made of. A program of tests ends with `return expectations_failed();`.
#pragma once

#include <cstdint>

#include "console.hpp"
#include "nn/text.hpp"

inline std::uint32_t failures = 0;

// Prints the first ten failures.
inline void report_failure(const char* file, int line, auto... why) {
  if (++failures <= 10) nn::print(console::write, file, ":", line, ": ", why..., '\n');
}

inline void expect(bool good, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (!good) report_failure(file, line, "not as expected");
}

inline void expect_equal(std::uint32_t found, std::uint32_t expected, const char* file = __builtin_FILE(),
                         int line = __builtin_LINE()) {
  if (found != expected) report_failure(file, line, "0x", nn::hex(found), ", expected 0x", nn::hex(expected));
}

// The exit status: 1 if anything failed.
inline int expectations_failed() {
  if (failures > 10) nn::print(console::write, failures, " failures in all\n");
  return failures == 0 ? 0 : 1;
}
