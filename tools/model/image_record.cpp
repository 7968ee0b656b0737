#include "tools/model/image_record.hpp"

#include <bit>

#include "nn/crc.hpp"
#include "tools/data/little_endian.hpp"

namespace tools {
namespace {

std::uint32_t word_of(std::string_view from, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t k = 0; k < 4; ++k) word |= std::uint32_t{static_cast<std::uint8_t>(from[at + k])} << (8 * k);
  return word;
}

std::uint32_t crc(std::string_view from) {
  nn::Crc32 sum;
  for (char c : from) sum.add(static_cast<std::uint8_t>(c));
  return sum.value();
}

}  // namespace

void ImageRecord::put(std::uint32_t word) { append_little_endian(bytes, word, 4); }
void ImageRecord::put(float number) { put(std::bit_cast<std::uint32_t>(number)); }
void ImageRecord::put(const std::string& name) { bytes += name + '\0'; }

std::uint32_t ImageRecord::word(std::size_t at) const { return word_of(bytes, at); }
float ImageRecord::number(std::size_t at) const { return std::bit_cast<float>(word(at)); }

std::string ImageRecord::with(std::string_view letters) const {
  ImageRecord end;
  end.put(crc(bytes));
  end.put(static_cast<std::uint32_t>(bytes.size()));
  return bytes + end.bytes + std::string{letters};
}

ImageRecord ImageRecord::take(std::string& file, std::string_view letters) {
  ImageRecord record;
  if (file.size() < 12 || !file.ends_with(letters)) return record;
  const std::size_t end = file.size() - 12, length = word_of(file, end + 4);
  if (length > end) return record;
  const std::string body = file.substr(end - length, length);
  if (crc(body) != word_of(file, end)) return record;  // the image will be found to be too long
  record.bytes = body;
  file.resize(end - length);
  return record;
}

}  // namespace tools
