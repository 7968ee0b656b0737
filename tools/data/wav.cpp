#include "tools/data/wav.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"
#include "tools/data/little_endian.hpp"
#include "tools/data/shown.hpp"

namespace tools {
namespace {

std::string read_regular_file(const std::string& name) {
  std::error_code error;
  if (std::filesystem::exists(name, error) && !std::filesystem::is_regular_file(name, error) &&
      !std::filesystem::is_directory(name, error))
    throw failure(name, "is no file on a disk", "a file, which ends");
  return read_file(name);
}

// A number of `bytes` bytes, the least significant first.
std::uint64_t number(std::string_view data, std::size_t at, std::size_t bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value |= std::uint64_t{static_cast<std::uint8_t>(data[at + i])} << (8 * i);
  return value;
}

struct Format {
  std::uint32_t kind;  // 1: integers, 3: floats
  std::uint32_t channels;
  std::uint32_t rate;
  std::uint32_t bits;
};

// Programs that write to a pipe do not know how much data there will be, and state 0x7ffff000 (sox), 0x7fffffff or 0x80000000
// (arecord) or 0xffffffff (ffmpeg) bytes: then they end with the file.
constexpr std::uint64_t end_unknown = 0x7fff0000;

constexpr const char* formats = "integers of 8, 16, 24 or 32 bits, or floats of 32 or 64";

Format format_of(const std::string& name, std::string_view chunk) {
  if (chunk.size() < 16) throw failure(name, "its format chunk has " + std::to_string(chunk.size()) + " bytes", "16 or more");
  Format format{static_cast<std::uint32_t>(number(chunk, 0, 2)), static_cast<std::uint32_t>(number(chunk, 2, 2)),
                static_cast<std::uint32_t>(number(chunk, 4, 4)), static_cast<std::uint32_t>(number(chunk, 14, 2))};
  constexpr std::uint32_t extensible = 0xfffe;
  if (format.kind == extensible && chunk.size() >= 26) format.kind = static_cast<std::uint32_t>(number(chunk, 24, 2));
  const bool integers = format.kind == 1 && format.bits % 8 == 0 && format.bits >= 8 && format.bits <= 32;
  const bool floats = format.kind == 3 && (format.bits == 32 || format.bits == 64);
  if (!integers && !floats)
    throw failure(name,
                  "its samples have format " + std::to_string(format.kind) + " and " + std::to_string(format.bits) + " bits",
                  formats);
  if (format.channels != 1)
    throw failure(name, "has " + std::to_string(format.channels) + " channels", "one: mix or choose them first");
  if (format.rate == 0) throw failure(name, "states a rate of 0 samples a second", "the rate at which it was sampled");
  return format;
}

float sample(const Format& format, std::string_view data, std::size_t at) {
  const std::uint64_t bits = number(data, at, format.bits / 8);
  if (format.kind == 3)
    return format.bits == 32 ? std::bit_cast<float>(static_cast<std::uint32_t>(bits))
                             : static_cast<float>(std::bit_cast<double>(bits));
  const auto word = static_cast<std::uint32_t>(bits << (32 - format.bits));  // bytes have no sign, 128 is their zero
  return static_cast<float>(std::bit_cast<std::int32_t>(format.bits == 8 ? word ^ 0x80000000u : word)) * 0x1p-31f;
}

}  // namespace

Sound read_wav(const std::string& name) {
  const std::string file = read_regular_file(name);
  const std::string_view data = file;
  if (data.size() < 12 || data.substr(0, 4) != "RIFF" || data.substr(8, 4) != "WAVE")
    throw failure(name, "does not begin as a WAV file does", "RIFF, four bytes, WAVE");
  std::optional<Format> format;
  for (std::size_t at = 12; at + 8 <= data.size();) {
    const std::string_view kind = data.substr(at, 4);
    std::uint64_t bytes = number(data, at + 4, 4);
    at += 8;
    const std::size_t left = data.size() - at;
    if (kind == "data" && bytes > left && bytes >= end_unknown) bytes = left;
    if (bytes > left)
      throw failure(name,
                    "its chunk " + shown(kind) + " states " + std::to_string(bytes) + " bytes, and " +
                        std::to_string(left) + " are left",
                    "a file that was not cut off");
    const std::string_view chunk = data.substr(at, bytes);
    at += bytes + bytes % 2;
    if (kind == "fmt ") format = format_of(name, chunk);
    if (kind != "data") continue;
    if (!format) throw failure(name, "has its data before its format", "a chunk \"fmt \" before the chunk \"data\"");
    const std::size_t size = format->bits / 8;
    if (chunk.size() % size != 0)
      throw failure(name, "ends within a sample", "a multiple of " + std::to_string(size) + " bytes of data");
    Sound sound{name, format->rate, {}};
    for (std::size_t i = 0; i < chunk.size(); i += size) {
      sound.samples.push_back(sample(*format, chunk, i));
      if (!std::isfinite(sound.samples.back()))
        throw failure(name, "sample " + std::to_string(i / size) + " is not finite", "numbers");
    }
    if (sound.samples.empty() && left > 0)
      throw failure(name, "states that it has no data, and " + std::to_string(left) + " bytes follow",
                    "a recording that was ended, so that its header states the data's bytes");
    if (sound.samples.empty()) throw failure(name, "has no samples", "at least one");
    return sound;
  }
  throw failure(name, format ? "has no data" : "has no format", "chunks \"fmt \" and \"data\"");
}

Sound read_wav(const std::string& name, std::uint32_t rate) {
  Sound sound = read_wav(name);
  if (sound.rate != rate)
    throw failure(name, "has " + std::to_string(sound.rate) + " samples a second", std::to_string(rate) + ": resample it first");
  return sound;
}

Sound read_raw(const std::string& name, std::uint32_t rate) {
  const std::string data = read_regular_file(name);
  if (data.size() % 2 != 0)
    throw failure(name, "has " + std::to_string(data.size()) + " bytes", "an even number, two to a sample");
  if (data.empty()) throw failure(name, "has no samples", "at least one, of two bytes");
  Sound sound{name, rate, {}};
  for (std::size_t i = 0; i < data.size(); i += 2)
    sound.samples.push_back(static_cast<float>(static_cast<std::int16_t>(number(data, i, 2))) / 32768);
  return sound;
}

std::vector<std::int16_t> as_int16(std::span<const float> samples) {
  std::vector<std::int16_t> codes;
  for (float x : samples)
    codes.push_back(static_cast<std::int16_t>(std::clamp(std::floor(x * 32768.0f + 0.5f), -32768.0f, 32767.0f)));
  return codes;
}

void write_wav(const std::vector<std::int16_t>& samples, std::uint32_t rate, const std::string& name) {
  std::string file;
  const auto add = [&](std::uint32_t value, int bytes) { append_little_endian(file, value, bytes); };
  const auto bytes = static_cast<std::uint32_t>(2 * samples.size());
  file += "RIFF";
  add(36 + bytes, 4);
  file += "WAVEfmt ";
  for (std::uint32_t word : {16u, 1u | 1u << 16, rate, 2 * rate, 2u | 16u << 16}) add(word, 4);
  file += "data";
  add(bytes, 4);
  for (std::int16_t x : samples) add(static_cast<std::uint16_t>(x), 2);
  replace_file(name, file);
}

}  // namespace tools
