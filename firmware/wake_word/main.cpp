// Says the words of a recording that lies in flash, each with its time.
#include "console.hpp"
#include WAKE_WORDS
#include "listener.hpp"
#include "platform.hpp"
#include "recording.hpp"

asm(".section .rodata\n.balign 4\n.global recording, recording_end\n"
    "recording: .incbin \"" RECORDING "\"\nrecording_end:\n.previous\n");
extern "C" const std::uint8_t recording[], recording_end[];

namespace {

using Listener = wake_word::Listener<wake_word::Words>;
Listener listener;

}  // namespace

int main() {
  const auto found = wake_word::Recording::in({recording, static_cast<std::size_t>(recording_end - recording)}, Listener::rate);
  if (!found) {
    nn::print(console::write, "the recording is none; expected WAV of one channel of 16 bits at ", Listener::rate,
              " samples a second\n");
    return 1;
  }
  const std::uint64_t begin = platform::clock();
  for (std::size_t at = 0; at < found->samples.size(); at += 160)  // 10 ms, as from a microphone
    listener.hear(found->samples.subspan(at, std::min<std::size_t>(160, found->samples.size() - at)), console::write);
  const std::uint64_t time = platform::clock() - begin;
  nn::print(console::write, nn::right(nn::decimal(static_cast<float>(found->samples.size()) / Listener::rate, 2), 8),
            " s  the end\n");

  // What it costs on this board; other boards differ here.
  nn::print(console::write, "cost: ", time * Listener::rate / found->samples.size(), " ", platform::clock_unit,
            " a second of sound, ", sizeof listener, " bytes of RAM to listen");
  platform::print_memory();
  return 0;
}
