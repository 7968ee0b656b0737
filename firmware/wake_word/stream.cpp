// Listens to what tools/listen plays over the wire, and answers with the words.
#include "console.hpp"
#include WAKE_WORDS
#include "listener.hpp"
#include "nn/wire/hearing.hpp"

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
  nn::wire::Hearing hearing{listener};
  while (const auto letter = console::read()) hearing.take(static_cast<std::uint8_t>(*letter), Put{});
  return 0;
}
