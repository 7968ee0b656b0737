// Progress of long work: a bar that is drawn over and over on a terminal, a plain line now and then elsewhere.
#pragma once

#include <unistd.h>

#include <chrono>
#include <cstddef>
#include <cstdio>
#include <string>

namespace tools {

class Progress {
 public:
  Progress(std::size_t steps, bool silent) : total{steps}, quiet{silent}, terminal{isatty(STDERR_FILENO) != 0} {}

  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() {
    if (drawn) std::fprintf(stderr, "\n");
  }

  // After `done` of the total; `figures` stand behind the bar.
  void show(std::size_t done, const std::string& figures) {
    if (quiet) return;
    const auto now = Clock::now();
    const std::chrono::duration<double> since_last = now - last;
    if (done < total && since_last.count() < (terminal ? 0.1 : 5.0)) return;
    last = now;
    const std::chrono::duration<double> elapsed = now - begin;
    const double left = done == 0 ? 0 : elapsed.count() * static_cast<double>(total - done) / static_cast<double>(done);
    if (terminal) {
      const std::size_t filled = total == 0 ? width : width * done / total;
      std::fprintf(stderr, "\r%zu/%zu [%s%s] %s  %.0f s left \x1b[K", done, total, std::string(filled, '=').c_str(),
                   std::string(width - filled, '.').c_str(), figures.c_str(), left);
      drawn = true;
    } else {
      std::fprintf(stderr, "%zu/%zu  %s  %.0f s left\n", done, total, figures.c_str(), left);
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::size_t width = 30;

  std::size_t total;
  bool quiet;
  bool terminal;
  bool drawn = false;
  Clock::time_point begin = Clock::now();
  Clock::time_point last = begin;
};

}  // namespace tools
