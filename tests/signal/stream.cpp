// One clip through the micro frontend on every core: features of TensorFlow Lite Micro's, which the assembler includes.
#include <cstdint>
#include <span>

#include "expect.hpp"
#include "nn/signal/micro_frontend.hpp"

asm(".section .rodata\n.balign 4\n.global clip, clip_end, answer\n"
    "clip: .incbin \"" FRONTEND_CASES "/inputs/speech_nabu.i16.bin\"\nclip_end:\n"
    ".balign 4\nanswer: .incbin \"" FRONTEND_CASES "/microfrontend/step10/speech_nabu.u16.bin\"\n.previous\n");
extern "C" const std::int16_t clip[], clip_end[];
extern "C" const std::uint16_t answer[];

int main() {
  static nn::signal::MicroFrontEnd<nn::signal::micro_frontend_10ms> front_end;
  const std::uint16_t* expected = answer;
  std::uint32_t frames = 0, differ = 0;
  front_end.process({clip, static_cast<std::size_t>(clip_end - clip)}, [&](auto features) {
    ++frames;
    for (std::uint16_t feature : features) differ += feature != *expected++;
  });
  nn::print(console::write, "speech_nabu: ", differ, " of ", 40 * frames, " differ\n");
  expect_equal(differ, 0);
  expect_equal(frames, 123);
  return expectations_failed();
}
