// Parameter images as files: nn::Image, or a Failure that says what is wrong with the file.
//
// Behind the image lies, unless its outputs are classes called 0, 1, … of no sounds, what it is about:
//   kind        32 bits: 1 classes, 2 numbers; 4 more: the fingerprint of a front end ends it, 64 bits
//   n           32 bits; of classes as many names, each ended by a byte 0; of numbers n means, n scales (0 or one for each
//   output); CRC-32 of these bytes; their length, 32 bits; "GNGM"
// Everything is little-endian. A device takes the image and leaves the rest.
#pragma once

#include <bit>
#include <cstring>
#include <span>
#include <string>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/model/meaning.hpp"

namespace tools {

inline void require_good(const std::string& file, nn::ImageStatus status) {
  if (status != nn::ImageStatus::ok) throw Failure{file + ": " + std::string{nn::describe(status)}};
}

namespace meaning_bytes {

inline void put(std::string& bytes, std::uint32_t word) {
  for (int k = 0; k < 4; ++k) bytes += static_cast<char>(word >> (8 * k) & 0xff);
}
inline std::uint32_t get(std::string_view bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t k = 0; k < 4; ++k) word |= std::uint32_t{static_cast<std::uint8_t>(bytes[at + k])} << (8 * k);
  return word;
}
inline std::uint32_t crc(std::string_view bytes) {
  nn::Crc32 sum;
  for (char c : bytes) sum.add(static_cast<std::uint8_t>(c));
  return sum.value();
}

template <std::size_t Outputs>
std::string of(const Meaning<Outputs>& meaning) {
  std::string bytes;
  if (!meaning.numbers && meaning.classes.empty() && meaning.front_end == 0) return bytes;
  put(bytes, (meaning.numbers ? 2u : 1u) + (meaning.front_end != 0 ? 4u : 0u));
  put(bytes, meaning.numbers ? meaning.targets.count : static_cast<std::uint32_t>(meaning.classes.size()));
  for (const std::string& name : meaning.classes) bytes += name + '\0';
  for (std::size_t i = 0; i < meaning.targets.count; ++i) put(bytes, std::bit_cast<std::uint32_t>(meaning.targets.mean[i]));
  for (std::size_t i = 0; i < meaning.targets.count; ++i) put(bytes, std::bit_cast<std::uint32_t>(meaning.targets.scale[i]));
  if (meaning.front_end != 0) {
    put(bytes, static_cast<std::uint32_t>(meaning.front_end));
    put(bytes, static_cast<std::uint32_t>(meaning.front_end >> 32));
  }
  const auto length = static_cast<std::uint32_t>(bytes.size());
  put(bytes, crc(bytes));
  put(bytes, length);
  return bytes + "GNGM";
}

// Takes it from the end of a file's bytes.
template <std::size_t Outputs>
Meaning<Outputs> take(std::string& bytes, const std::string& file) {
  Meaning<Outputs> meaning;
  if (bytes.size() < 20 || !bytes.ends_with("GNGM")) return meaning;
  const std::size_t end = bytes.size() - 12, length = get(bytes, end + 4);
  if (length < 8 || length > end) return meaning;
  std::string body = bytes.substr(end - length, length);
  if (crc(body) != get(bytes, end)) return meaning;  // the image will be found to be too long
  bytes.resize(end - length);
  std::uint32_t kind = get(body, 0);
  const std::uint32_t count = get(body, 4);
  if ((kind & 4u) != 0 && length >= 16) {
    meaning.front_end = std::uint64_t{get(body, length - 4)} << 32 | get(body, length - 8);
    body.resize(length - 8);
    kind -= 4;
  }
  const bool fits =
      kind == 1 ? count <= 65536 : kind == 2 && (count == 0 || count == Outputs) && body.size() == 8 + 8 * std::size_t{count};
  if (!fits) throw failure(file, "says of its outputs what does not fit this network", "what the trainer of this network writes");
  meaning.numbers = kind == 2;
  if (meaning.numbers) {
    meaning.targets.count = count;
    for (std::size_t i = 0; i < count; ++i) meaning.targets.mean[i] = std::bit_cast<float>(get(body, 8 + 4 * i));
    for (std::size_t i = 0; i < count; ++i) meaning.targets.scale[i] = std::bit_cast<float>(get(body, 8 + 4 * (count + i)));
  } else {
    for (std::size_t at = 8; meaning.classes.size() < count && at < body.size(); at = body.find('\0', at) + 1)
      meaning.classes.emplace_back(body.c_str() + at);
  }
  return meaning;
}

}  // namespace meaning_bytes

template <class Net>
Meaning<Net::outputs> read_image(const std::string& file, typename Net::Parameters& parameters,
                                 nn::StoredNormalization<Net::inputs>& normalization) {
  std::string bytes = read_file(file);
  const auto meaning = meaning_bytes::take<Net::outputs>(bytes, file);
  require_good(file, nn::Image<Net>::read(std::as_bytes(std::span{bytes}), parameters, normalization));
  return meaning;
}

template <class Net>
void write_image(const std::string& file, const typename Net::Parameters& parameters,
                 const nn::StoredNormalization<Net::inputs>& normalization, const Meaning<Net::outputs>& meaning) {
  std::string bytes(nn::Image<Net>::size(normalization.count), '\0');
  require_good(file, nn::Image<Net>::write(parameters, normalization, std::as_writable_bytes(std::span{bytes})));
  replace_file(file, bytes + meaning_bytes::of(meaning));
}

}  // namespace tools
