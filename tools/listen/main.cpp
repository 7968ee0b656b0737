// listen: plays sounds to a board that listens, in real time, and prints what it says.
#include <chrono>
#include <cstdio>
#include <iostream>
#include <thread>

#include "tools/data/wav.hpp"
#include "tools/device/client.hpp"
#include "tools/device/line.hpp"
#include "tools/options.hpp"

namespace {

constexpr const char* help = R"(Plays sounds to a board that listens (firmware/wake_word), in real time, and prints what it says.

listen FILE.wav… (--port PORT [--baud RATE] | -- PROGRAM…) OPTION…

--port PORT             /dev/ttyACM0 and the like
--baud RATE (115200)    carries a third of 16,000 samples a second; from 460800 on it is real time
-- PROGRAM…             instead of a port: its standard input and output, such as
                        -- qemu-system-arm -M mps2-an386 -display none -monitor none -serial stdio -kernel wake_word_stream.elf
--rate N (16000)        samples a second of the board's front end; a file of another is refused
--fast                  as fast as the board takes it
--wait MS (2000)        for an answer, before it is asked for again

A file is WAV of one channel, of 8, 16, 24 or 32-bit integers or floats.
)";

using Clock = std::chrono::steady_clock;
constexpr std::size_t samples_in_a_message = 120;

double seconds(Clock::duration time) { return std::chrono::duration<double>(time).count(); }

void play(tools::Client& client, const tools::Sound& sound, bool fast) {
  const std::vector<std::int16_t> samples = tools::as_int16(sound);
  const auto start = Clock::now();
  const double length = static_cast<double>(samples.size()) / sound.rate;
  for (std::size_t first = 0; first < samples.size(); first += samples_in_a_message) {
    const std::size_t count = std::min(samples_in_a_message, samples.size() - first);
    if (!fast)  // a microphone gives a sample when it has been
      std::this_thread::sleep_until(start + std::chrono::microseconds{(first + count) * 1'000'000 / sound.rate});
    std::cout << client.hear(first, sound.rate, std::span{samples}.subspan(first, count)) << std::flush;
  }
  std::fprintf(stderr, "listen: %s: %.2f s of sound in %.2f s\n", sound.name.c_str(), length, seconds(Clock::now() - start));
}

int run(int count, char** arguments) {
  std::vector<std::string> files, program;
  int end = 1;
  for (; end < count && std::string_view{arguments[end]}.substr(0, 2) != "--"; ++end) files.emplace_back(arguments[end]);
  int last = end;
  while (last < count && std::string_view{arguments[last]} != "--") ++last;
  for (int i = last + 1; i < count; ++i) program.emplace_back(arguments[i]);
  tools::Options options{last - end + 1, arguments + end - 1, {"fast", "help"}};
  if (count < 2 || options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const auto port = options.text("port");
  options.require_together("baud", "port");
  const std::size_t baud = options.whole("baud", 115'200, 1, 10'000'000);
  const auto rate = static_cast<std::uint32_t>(options.whole("rate", 16'000, 1, 1'000'000));
  const std::chrono::milliseconds wait{options.whole("wait", 2000, 1, 600'000)};
  const bool fast = options.flag("fast");
  options.refuse_others();
  if (files.empty()) throw tools::Failure{"no sound; expected FILE.wav (see --help)"};
  if (port.has_value() == !program.empty()) throw tools::Failure{"expected one of --port PORT and -- PROGRAM (see --help)"};
  std::vector<tools::Sound> sounds;
  for (const std::string& file : files) sounds.push_back(tools::read_wav(file, rate));

  const std::string place = port ? *port + " at " + std::to_string(baud) + " baud" : program.front();
  tools::Line line = port ? tools::Line::port(*port, baud) : tools::Line::command(program);
  tools::Client client{{[&](auto bytes) { line.write(bytes); }, [&](auto patience) { return line.read(patience); }}, place, wait};
  for (const tools::Sound& sound : sounds) play(client, sound, fast);
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "listen: " << problem.what() << '\n';
    return 1;
  }
}
