// Parameter images as files: nn::Image, or a Failure that says what is wrong with the file.
//
// Behind the image lie up to two records (tools/model/image_record.hpp), which a device leaves:
//   GNGM   unless its outputs are classes called 0, 1, … of no sounds, what it is about: 32 bits that are 1 for classes, 2 for
//          numbers, and 4 more if the fingerprint of a front end, 64 bits, ends it; n in 32 bits; of classes as many names, each
//          ended by a byte 0; of numbers n means, n scales (0 or one for each output)
//   GNGR   if it was trained through the rounding of int8: the least and the largest number of each tensor of its graph
#pragma once

#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/model/image_record.hpp"
#include "tools/model/meaning.hpp"
#include "tools/model/tensor_range.hpp"

namespace tools {

inline void require_good(const std::string& file, nn::ImageStatus status) {
  if (status != nn::ImageStatus::ok) throw Failure{file + ": " + std::string{nn::describe(status)}};
}

template <std::size_t Outputs>
std::string record_of(const Meaning<Outputs>& meaning) {
  if (!meaning.numbers && meaning.classes.empty() && meaning.front_end == 0) return {};
  ImageRecord record;
  record.put((meaning.numbers ? 2u : 1u) + (meaning.front_end != 0 ? 4u : 0u));
  record.put(meaning.numbers ? meaning.targets.count : static_cast<std::uint32_t>(meaning.classes.size()));
  for (const std::string& name : meaning.classes) record.put(name);
  for (std::size_t i = 0; i < meaning.targets.count; ++i) record.put(meaning.targets.mean[i]);
  for (std::size_t i = 0; i < meaning.targets.count; ++i) record.put(meaning.targets.scale[i]);
  if (meaning.front_end != 0) {
    record.put(static_cast<std::uint32_t>(meaning.front_end));
    record.put(static_cast<std::uint32_t>(meaning.front_end >> 32));
  }
  return record.with("GNGM");
}

// Takes it from the end of a file's bytes.
template <std::size_t Outputs>
Meaning<Outputs> take_meaning(std::string& bytes, const std::string& file) {
  Meaning<Outputs> meaning;
  const ImageRecord record = ImageRecord::take(bytes, "GNGM");
  if (record.bytes.empty()) return meaning;
  std::size_t size = record.bytes.size();
  std::uint32_t kind = size < 8 ? 0 : record.word(0);
  const std::uint32_t count = size < 8 ? 0 : record.word(4);
  if ((kind & 4u) != 0 && size >= 16) {
    meaning.front_end = std::uint64_t{record.word(size - 4)} << 32 | record.word(size - 8);
    size -= 8;
    kind -= 4;
  }
  const bool fits =
      kind == 1 ? count <= 65536 : kind == 2 && (count == 0 || count == Outputs) && size == 8 + 8 * std::size_t{count};
  const auto require = [&](bool holds) {
    if (!holds)
      throw failure(file, "says of its outputs what does not fit this network", "what the trainer of this network writes");
  };
  require(fits);
  meaning.numbers = kind == 2;
  if (meaning.numbers) {
    meaning.targets.count = count;
    for (std::size_t i = 0; i < count; ++i) meaning.targets.mean[i] = record.number(8 + 4 * i);
    for (std::size_t i = 0; i < count; ++i) meaning.targets.scale[i] = record.number(8 + 4 * (count + i));
    require(nn::image_format::sound(meaning.targets.mean) && nn::image_format::sound(meaning.targets.scale));
  } else {
    std::size_t at = 8;
    for (std::size_t end; meaning.classes.size() < count && (end = record.bytes.find('\0', at)) < size; at = end + 1)
      meaning.classes.push_back(record.bytes.substr(at, end - at));
    require(meaning.classes.size() == count && at == size);
  }
  return meaning;
}

inline std::string record_of(const std::vector<TensorRange>& ranges) {
  ImageRecord record;
  for (const TensorRange& range : ranges) {
    record.put(range.low);
    record.put(range.high);
  }
  return ranges.empty() ? "" : record.with("GNGR");
}

inline std::vector<TensorRange> take_ranges(std::string& bytes, const std::string& file) {
  const ImageRecord record = ImageRecord::take(bytes, "GNGR");
  std::vector<TensorRange> ranges;
  for (std::size_t at = 0; at + 8 <= record.bytes.size(); at += 8) ranges.push_back({record.number(at), record.number(at + 4)});
  for (const TensorRange& range : ranges)
    if (!std::isfinite(range.low) || !std::isfinite(range.high))
      throw failure(file, "holds a range of a tensor that is not finite", "what the trainer of this network writes");
  return ranges;
}

// `ranges`: where those of int8 go, if the file has them.
template <class Net>
Meaning<Net::outputs> read_image(const std::string& file, typename Net::Parameters& parameters,
                                 nn::StoredNormalization<Net::inputs>& normalization,
                                 std::vector<TensorRange>* ranges = nullptr) {
  std::string bytes = read_file(file);
  const auto found = take_ranges(bytes, file);
  if (ranges != nullptr) *ranges = found;
  const auto meaning = take_meaning<Net::outputs>(bytes, file);
  require_good(file, nn::Image<Net>::read(std::as_bytes(std::span{bytes}), parameters, normalization));
  return meaning;
}

template <class Net>
void write_image(const std::string& file, const typename Net::Parameters& parameters,
                 const nn::StoredNormalization<Net::inputs>& normalization, const Meaning<Net::outputs>& meaning,
                 const std::vector<TensorRange>& ranges = {}) {
  std::string bytes(nn::Image<Net>::size(normalization.count), '\0');
  require_good(file, nn::Image<Net>::write(parameters, normalization, std::as_writable_bytes(std::span{bytes})));
  replace_file(file, bytes + record_of(meaning) + record_of(ranges));
}

}  // namespace tools
