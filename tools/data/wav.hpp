// WAV: sound as samples of one channel (RIFF; Microsoft and IBM, Multimedia Programming Interface, 1991).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tools {

struct Sound {
  std::string name;            // of the file
  std::uint32_t rate = 0;      // samples a second
  std::vector<float> samples;  // full scale is ±1
};

// Reads 8, 16, 24 or 32-bit integers, or floats of 32 or 64 bits. Throws Failure: of more than one channel, of what is damaged.
Sound read_wav(const std::string& name);

// The same, of a rate that must be this one.
Sound read_wav(const std::string& name, std::uint32_t rate);

// Samples of 16 bits and nothing else, little-endian, at a rate that the file does not state.
Sound read_raw(const std::string& name, std::uint32_t rate);

// Rounded, a half up, and limited; of a file of 16 bits, its numbers.
std::vector<std::int16_t> as_int16(std::span<const float> samples);
inline std::vector<std::int16_t> as_int16(const Sound& sound) { return as_int16(sound.samples); }

// 16 bits.
void write_wav(const std::vector<std::int16_t>& samples, std::uint32_t rate, const std::string& name);

}  // namespace tools
