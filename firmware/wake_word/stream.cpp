// Listens to what tools/listen plays over the wire, and answers with the words.
#include "console.hpp"
#include WAKE_WORDS
#include "listener.hpp"
#include "nn/wire/ear.hpp"

namespace {

wake_word::Listener<wake_word::Words> listener;

struct Put {
  void operator()(std::uint8_t byte) const {
    const char letter = static_cast<char>(byte);
    console::write({&letter, 1});
  }
};

}  // namespace

int main() {
  nn::wire::Ear ear{listener};
  while (const auto letter = console::read()) ear.take(static_cast<std::uint8_t>(*letter), Put{});
  return 0;
}
