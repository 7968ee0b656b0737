// Crew: threads that do pieces of one work together, again and again; and how a batch is learnt by them.
//
// Of a batch, each thread takes some samples through the network; then each adds the gradients of all samples, in their order, to
// some rows of the parameters' gradient, and updates these. Every sum is that of one thread, and so are all bits, whatever the
// number of threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <thread>
#include <vector>

namespace tools {

class Crew {
 public:
  // This thread is one of them.
  explicit Crew(std::size_t count) {
    for (std::size_t part = 1; part < count; ++part) others.emplace_back([this, part] { serve(part); });
  }
  ~Crew() {
    work = {};
    start();
    for (std::thread& other : others) other.join();
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::size_t size() const { return others.size() + 1; }

  // piece(0), piece(1), … at the same time; returns when all have ended. They throw nothing.
  void together(std::function<void(std::size_t)> piece) {
    work = std::move(piece);
    busy = others.size();
    start();
    work(0);
    for (std::size_t left = busy; left != 0; left = busy) wait(busy, left);
  }

 private:
  void start() {
    ++turn;
    turn.notify_all();
  }

  // Until the value is another one: first in turns with whoever wants this core, then asleep.
  template <class Value>
  static void wait(const std::atomic<Value>& value, Value old) {
    for (int k = 0; k < 100; ++k) {
      if (value != old) return;
      std::this_thread::yield();
    }
    value.wait(old);
  }

  void serve(std::size_t part) {
    for (std::uint32_t seen = 0;; ++seen) {
      wait(turn, seen);
      if (!work) return;
      work(part);
      if (--busy == 0) busy.notify_one();
    }
  }

  std::function<void(std::size_t)> work;
  std::atomic<std::uint32_t> turn = 0;
  std::atomic<std::size_t> busy = 0;
  std::vector<std::thread> others;
};

// Adds a batch to the trainer's sum; visit(loss) of each sample in order.
template <class Trainer>
void accumulate_together(Crew& crew, Trainer& trainer, std::span<const typename Trainer::Sample> samples,
                         std::vector<typename Trainer::Pass>& passes, auto visit) {
  constexpr std::size_t most = 1024;  // at a time: each takes memory
  const auto begin = [&](std::size_t count, std::size_t part) { return count * part / crew.size(); };
  for (std::size_t first = 0; first < samples.size(); first += most) {
    const auto some = samples.subspan(first, std::min(most, samples.size() - first));
    passes.resize(some.size());
    crew.together([&](std::size_t part) {
      const std::size_t from = begin(some.size(), part), count = begin(some.size(), part + 1) - from;
      trainer.pass(some.subspan(from, count), std::span{passes}.subspan(from, count));
    });
    crew.together([&](std::size_t part) { trainer.add(passes, part, crew.size()); });
    trainer.count_refused(passes);
    for (const auto& pass : passes) visit(pass.loss);
  }
}

// Updates the parameters from the sum over `samples`.
template <class Trainer>
void apply_together(Crew& crew, Trainer& trainer, std::size_t samples) {
  const float share = trainer.begin_apply(samples);
  crew.together([&](std::size_t part) { trainer.apply_part(share, part, crew.size()); });
}

}  // namespace tools
