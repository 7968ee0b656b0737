#include "tools/train/repeat.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "tools/data/failure.hpp"
#include "tools/report/progress.hpp"

namespace tools {

std::vector<std::vector<std::size_t>> deal(const Dataset& data, std::size_t folds, nn::Random& random) {
  if (data.size() < 2 * folds)
    throw failure(data.name, "has " + std::to_string(data.size()) + " rows",
                  "at least two for each of " + std::to_string(folds) + " folds");
  std::vector<std::vector<std::size_t>> by_class(1);
  for (std::size_t row = 0; row < data.size(); ++row) {
    const std::size_t label = data.labels.empty() ? 0 : data.labels[row];
    if (label >= by_class.size()) by_class.resize(label + 1);
    by_class[label].push_back(row);
  }
  std::vector<std::vector<std::size_t>> result(folds);
  std::size_t next = 0;
  for (auto& rows : by_class) {
    random.shuffle(rows);
    for (std::size_t row : rows) result[next++ % folds].push_back(row);
  }
  return result;
}

std::vector<Repetition> repeated(std::size_t count, bool together, const std::function<Repetition(std::size_t)>& make,
                                 bool quiet) {
  std::vector<Repetition> results(count);
  std::atomic<std::size_t> next = 0, done = 0;
  std::exception_ptr problem;
  std::mutex one;
  Progress progress{count, quiet};
  const auto work = [&] {
    for (std::size_t k = next++; k < count; k = next++) {
      try {
        results[k] = make(k);
      } catch (...) {
        const std::lock_guard guard{one};
        if (!problem) problem = std::current_exception();
        next = count;
        return;
      }
      const std::lock_guard guard{one};
      progress.show(++done, "trainings");
    }
  };
  const std::size_t threads = together ? std::min<std::size_t>(count, std::max(1u, std::thread::hardware_concurrency())) : 1;
  std::vector<std::thread> others;
  for (std::size_t k = 1; k < threads; ++k) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
  if (problem) std::rethrow_exception(problem);
  return results;
}

}  // namespace tools
