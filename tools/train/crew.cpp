#include "tools/train/crew.hpp"

#include <utility>

namespace tools {
namespace {

// Until the value is another one: first in turns with whoever wants this core, then asleep.
template <class Value>
void wait(const std::atomic<Value>& value, Value old) {
  for (int k = 0; k < 100; ++k) {
    if (value != old) return;
    std::this_thread::yield();
  }
  value.wait(old);
}

}  // namespace

Crew::Crew(std::size_t count) {
  for (std::size_t part = 1; part < count; ++part) others.emplace_back([this, part] { serve(part); });
}

Crew::~Crew() {
  work = {};
  start();
  for (std::thread& other : others) other.join();
}

std::size_t Crew::size() const { return others.size() + 1; }

void Crew::together(std::function<void(std::size_t)> piece) {
  work = std::move(piece);
  busy = others.size();
  start();
  work(0);
  for (std::size_t left = busy; left != 0; left = busy) wait(busy, left);
}

void Crew::start() {
  ++turn;
  turn.notify_all();
}

void Crew::serve(std::size_t part) {
  for (std::uint32_t seen = 0;; ++seen) {
    wait(turn, seen);
    if (!work) return;
    work(part);
    if (--busy == 0) busy.notify_one();
  }
}

}  // namespace tools
