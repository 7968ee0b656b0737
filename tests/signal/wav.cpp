// Sounds: every kind of WAV file is read, and what is damaged or of another kind is refused with what was expected.
#include <bit>
#include <filesystem>
#include <functional>
#include <string>

#include "expect.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"
#include "tools/data/sound_folder.hpp"
#include "tools/data/wav.hpp"

namespace {

const std::string folder = "sounds";  // in the working directory

std::string bytes(std::uint64_t value, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += static_cast<char>(value >> (8 * i));
  return text;
}
std::string chunk(const std::string& kind, const std::string& data) {
  return kind + bytes(data.size(), 4) + data + (data.size() % 2 != 0 ? std::string(1, '\0') : "");
}
std::string format(std::uint32_t kind, std::uint32_t channels, std::uint32_t rate, std::uint32_t bits) {
  const std::uint32_t frame = channels * bits / 8;
  return chunk("fmt ",
               bytes(kind, 2) + bytes(channels, 2) + bytes(rate, 4) + bytes(rate * frame, 4) + bytes(frame, 2) + bytes(bits, 2));
}
std::string riff(const std::string& chunks) { return "RIFF" + bytes(4 + chunks.size(), 4) + "WAVE" + chunks; }

std::string file(const std::string& content) {
  tools::replace_file(folder + "/sound.wav", content);
  return folder + "/sound.wav";
}

void reads(const std::string& content, const std::vector<float>& expected, int line = __builtin_LINE()) {
  try {
    const tools::Sound sound = tools::read_wav(file(content));
    if (sound.samples != expected || sound.rate != 8000) report_failure(__FILE__, line, "other samples");
  } catch (const tools::Failure& failure) {
    report_failure(__FILE__, line, failure.what());
  }
}

void refused(const std::function<void()>& action, const std::string& part, int line = __builtin_LINE()) {
  try {
    action();
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    if (std::string{failure.what()}.find(part) == std::string::npos)
      report_failure(__FILE__, line, "\"", failure.what(), "\" lacks \"", part.c_str(), "\"");
  }
}
void refused(const std::string& content, const std::string& part, int line = __builtin_LINE()) {
  refused([&] { tools::read_wav(file(content)); }, part, line);
}

void formats() {
  const auto sound = [](std::uint32_t kind, std::uint32_t bits, const std::string& data) {
    return riff(format(kind, 1, 8000, bits) + chunk("data", data));
  };
  reads(sound(1, 8, std::string{"\x80\x00\xff\xc0", 4}), {0, -1, 127.0f / 128, 0.5f});
  reads(sound(1, 16, bytes(0x8000, 2) + bytes(0x7fff, 2) + bytes(0xffff, 2)), {-1, 32767.0f / 32768, -1.0f / 32768});
  reads(sound(1, 24, bytes(0x800000, 3) + bytes(1, 3) + bytes(0xffffff, 3)), {-1, 0x1p-23f, -0x1p-23f});
  reads(sound(1, 32, bytes(0x40000000, 4)), {0.5f});
  reads(sound(3, 32, bytes(std::bit_cast<std::uint32_t>(-1.5f), 4)), {-1.5f});
  reads(sound(3, 64, bytes(std::bit_cast<std::uint64_t>(0.25), 8)), {0.25f});
  // Other chunks, also of an odd size; the extensible form; and data whose size was not known when they were written.
  reads(riff(chunk("LIST", "abc") + format(1, 1, 8000, 8) + chunk("data", "\x80") + chunk("more", "x")), {0});
  const std::string extensible = bytes(0xfffe, 2) + bytes(1, 2) + bytes(8000, 4) + bytes(16000, 4) + bytes(2, 2) + bytes(16, 2) +
                                 bytes(22, 2) + bytes(16, 2) + bytes(4, 4) + bytes(1, 2) +
                                 std::string("\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71", 14);
  reads(riff(chunk("fmt ", extensible) + chunk("data", bytes(0x4000, 2))), {0.5f});
  for (std::uint32_t unknown : {0xffffffffu, 0x80000000u, 0x7fffffffu, 0x7ffff000u})  // ffmpeg, arecord, sox
    reads(riff(format(1, 1, 8000, 16) + "data" + bytes(unknown, 4) + bytes(0x4000, 2)), {0.5f});
}

void mistakes() {
  const std::string good = format(1, 1, 8000, 16), data = chunk("data", bytes(1, 2));
  refused("", "does not begin as a WAV file does");
  refused("RIFX" + riff(good + data).substr(4), "does not begin");
  refused(riff(good + data).substr(0, 40), "has no data");
  refused(riff(good + data).substr(0, 45), "was not cut off");
  refused(riff("\x1b[2J" + bytes(9, 4)), "its chunk \"\\x1b[2J\" states 9 bytes");
  refused(riff(data), "has its data before its format");
  refused(riff(good), "has no data; expected chunks");
  refused(riff(""), "has no format");
  refused(riff(chunk("fmt ", "short") + data), "its format chunk has 5 bytes; expected 16 or more");
  refused(riff(format(1, 2, 8000, 16) + data), "has 2 channels; expected one");
  refused(riff(format(1, 0, 8000, 16) + data), "has 0 channels");
  refused(riff(format(1, 1, 0, 16) + data), "states a rate of 0");
  for (std::uint32_t bits : {0u, 4u, 12u, 40u, 64u})
    refused(riff(format(1, 1, 8000, bits) + data), "and " + std::to_string(bits) + " bits; expected integers");
  refused(riff(format(3, 1, 8000, 16) + data), "have format 3 and 16 bits");
  refused(riff(format(7, 1, 8000, 8) + data), "have format 7 and 8 bits");
  refused(riff(good + chunk("data", "abc")), "ends within a sample");
  refused(riff(good + chunk("data", "")), "has no samples");
  refused(riff(good + chunk("data", "") + "samples"), "states that it has no data, and 7 bytes follow");
  refused(riff(format(3, 1, 8000, 32) + chunk("data", bytes(0x7fc00000, 4))), "sample 0 is not finite");
  refused([&] { tools::read_wav(file(riff(good + data)), 16000); }, "has 8000 samples a second; expected 16000");
  refused([] { tools::read_wav(folder + "/none.wav"); }, "cannot be opened");
  refused([] { tools::read_wav(folder); }, "is a folder");
  refused([] { tools::read_wav("/dev/zero"); }, "is no file on a disk");
  refused([] { tools::read_raw(file(""), 16000); }, "has no samples; expected at least one");
  refused([] { tools::read_raw(file("abc"), 16000); }, "has 3 bytes; expected an even number");
}

void conversion() {
  expect(tools::as_int16({"", 0, {0, 1, -1, 2, -2, 0.5f / 32768, -0.5f / 32768, 100.4f / 32768}}) ==
         std::vector<std::int16_t>{0, 32767, -32768, 32767, -32768, 1, 0, 100});
  const std::vector<std::int16_t> samples{0, 32767, -32768, -1, 5};
  tools::write_wav(samples, 44100, folder + "/written.wav");
  expect(tools::as_int16(tools::read_wav(folder + "/written.wav", 44100)) == samples);
  expect(tools::as_int16(tools::read_raw(file("\x01\x80"), 8000)) == std::vector<std::int16_t>{-32767});
}

// Noises that would add nothing.
void silence() {
  std::filesystem::create_directory(folder + "/noise");
  tools::write_wav({0, 0, 1}, 8000, folder + "/noise/a.wav");
  expect(tools::read_sounds(folder + "/noise", 8000).size() == 1);
  tools::write_wav({0, 0, 0}, 8000, folder + "/noise/b.wav");
  refused([] { tools::read_sounds(folder + "/noise", 8000); }, "b.wav: is silent; expected a sound to add");
}

}  // namespace

int main() {
  std::filesystem::create_directory(folder);
  formats();
  mistakes();
  conversion();
  silence();
  std::filesystem::remove_all(folder);
  return expectations_failed();
}
