#include "tools/report/progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace tools {

Progress::Progress(std::size_t steps, bool silent) : total{steps}, quiet{silent}, terminal{isatty(STDERR_FILENO) != 0} {}

Progress::~Progress() {
  if (drawn) std::fprintf(stderr, "\n");
}

void Progress::show(std::size_t done, const std::string& figures) {
  if (quiet) return;
  const auto now = Clock::now();
  const std::chrono::duration<double> since_last = now - last;
  if (done < total && since_last.count() < (terminal ? 0.1 : 5.0)) return;
  last = now;
  const std::chrono::duration<double> elapsed = now - begin;
  const double left = done == 0 ? 0 : elapsed.count() * static_cast<double>(total - done) / static_cast<double>(done);
  if (terminal) {
    constexpr std::size_t width = 30;
    const std::size_t filled = total == 0 ? width : width * done / total;
    std::fprintf(stderr, "\r%zu/%zu [%s%s] %s  %.0f s left \x1b[K", done, total, std::string(filled, '=').c_str(),
                 std::string(width - filled, '.').c_str(), figures.c_str(), left);
    drawn = true;
  } else {
    std::fprintf(stderr, "%zu/%zu  %s  %.0f s left\n", done, total, figures.c_str(), left);
  }
}

}  // namespace tools
