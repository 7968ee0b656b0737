// Progress of long work: a bar that is drawn over and over on a terminal, a plain line now and then elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace tools {

class Progress {
 public:
  Progress(std::size_t steps, bool silent);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // After `done` of the total; `figures` stand behind the bar.
  void show(std::size_t done, const std::string& figures);

 private:
  using Clock = std::chrono::steady_clock;

  std::size_t total;
  bool quiet;
  bool terminal;
  bool drawn = false;
  Clock::time_point begin = Clock::now();
  Clock::time_point last = begin;
};

}  // namespace tools
