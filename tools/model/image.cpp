#include "tools/model/image.hpp"

#include <algorithm>
#include <cmath>

#include "tools/model/image_record.hpp"

namespace tools {

void require_good(const std::string& file, nn::ImageStatus status) {
  if (status != nn::ImageStatus::ok) throw Failure{file + ": " + std::string{nn::describe(status)}};
}

std::string record_of(const Meaning& meaning) {
  if (!meaning.numbers && meaning.classes.empty() && meaning.front_end == 0) return {};
  ImageRecord record;
  record.put((meaning.numbers ? 2u : 1u) + (meaning.front_end != 0 ? 4u : 0u));
  record.put(static_cast<std::uint32_t>(meaning.numbers ? meaning.targets.count() : meaning.classes.size()));
  for (const std::string& name : meaning.classes) record.put(name);
  for (const float mean : meaning.targets.mean) record.put(mean);
  for (const float scale : meaning.targets.scale) record.put(scale);
  if (meaning.front_end != 0) {
    record.put(static_cast<std::uint32_t>(meaning.front_end));
    record.put(static_cast<std::uint32_t>(meaning.front_end >> 32));
  }
  return record.with("GNGM");
}

Meaning take_meaning(std::string& bytes, const std::string& file, std::size_t outputs) {
  Meaning meaning;
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
      kind == 1 ? count <= 65536 : kind == 2 && (count == 0 || count == outputs) && size == 8 + 8 * std::size_t{count};
  const auto require = [&](bool holds) {
    if (!holds)
      throw failure(file, "says of its outputs what does not fit this network", "what the trainer of this network writes");
  };
  require(fits);
  meaning.numbers = kind == 2;
  if (meaning.numbers) {
    for (std::size_t i = 0; i < count; ++i) meaning.targets.mean.push_back(record.number(8 + 4 * i));
    for (std::size_t i = 0; i < count; ++i) meaning.targets.scale.push_back(record.number(8 + 4 * (count + i)));
    const auto is_finite = [](float number) { return std::isfinite(number); };
    require(std::ranges::all_of(meaning.targets.mean, is_finite) && std::ranges::all_of(meaning.targets.scale, is_finite));
  } else {
    std::size_t at = 8;
    for (std::size_t end; meaning.classes.size() < count && (end = record.bytes.find('\0', at)) < size; at = end + 1)
      meaning.classes.push_back(record.bytes.substr(at, end - at));
    require(meaning.classes.size() == count && at == size);
  }
  return meaning;
}

std::string record_of(const std::vector<TensorRange>& ranges) {
  ImageRecord record;
  for (const TensorRange& range : ranges) {
    record.put(range.low);
    record.put(range.high);
  }
  return ranges.empty() ? "" : record.with("GNGR");
}

std::vector<TensorRange> take_ranges(std::string& bytes, const std::string& file) {
  const ImageRecord record = ImageRecord::take(bytes, "GNGR");
  std::vector<TensorRange> ranges;
  for (std::size_t at = 0; at + 8 <= record.bytes.size(); at += 8) ranges.push_back({record.number(at), record.number(at + 4)});
  for (const TensorRange& range : ranges)
    if (!std::isfinite(range.low) || !std::isfinite(range.high))
      throw failure(file, "holds a range of a tensor that is not finite", "what the trainer of this network writes");
  return ranges;
}

}  // namespace tools
