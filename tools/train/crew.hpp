// Crew: threads that do pieces of one work together, again and again.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

namespace tools {

class Crew {
 public:
  // This thread is one of them.
  explicit Crew(std::size_t count);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::size_t size() const;

  // piece(0), piece(1), … at the same time; returns when all have ended. They throw nothing.
  void together(std::function<void(std::size_t)> piece);

 private:
  void start();
  void serve(std::size_t part);

  std::function<void(std::size_t)> work;
  std::atomic<std::uint32_t> turn = 0;
  std::atomic<std::size_t> busy = 0;
  std::vector<std::thread> others;
};

}  // namespace tools
