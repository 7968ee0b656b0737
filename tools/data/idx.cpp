#include "tools/data/idx.hpp"

#include <algorithm>

#include "tools/data/file.hpp"

namespace tools {
namespace {

std::uint32_t word_at(const std::string& bytes, std::size_t at) {
  std::uint32_t word = 0;
  for (std::size_t k = 0; k < 4; ++k) word = word << 8 | static_cast<std::uint8_t>(bytes[at + k]);
  return word;
}

void append_word(std::string& bytes, std::size_t word) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes.push_back(static_cast<char>(word >> shift & 0xff));
}

constexpr std::uint32_t unsigned_bytes = 0x0800;

// What a file that begins with this word holds instead.
std::string other_content(std::uint32_t magic) {
  if (magic == 0x934e554du) return "is a NumPy array, which is given as …-x FILE.npy and …-y FILE.npy";
  const std::uint32_t type = magic >> 8;
  if (type < 8 || type > 14 || type == 10) return "begins with the magic number " + std::to_string(magic);
  constexpr const char* types[]{"", "signed bytes of", "", "16-bit integers of", "32-bit integers of", "floats of", "doubles of"};
  const std::string dimensions = std::to_string(magic & 255) + ((magic & 255) == 1 ? " dimension" : " dimensions");
  return std::string{"holds "} + types[type - 8] + (type == 8 ? "" : " ") + dimensions +
         (magic == (unsigned_bytes | 1)                                       ? ", as labels have"
          : magic == (unsigned_bytes | 3) || magic == (unsigned_bytes | 4) ? ", as images have"
                                                                              : "");
}

// Checks the header and the length; returns where the data begin, and how many entries of which shape there are.
struct Header {
  std::size_t begin;
  std::size_t entries;
  std::size_t bytes_each;
  std::vector<std::size_t> shape = {};
};
Header header_of(const std::string& name, const std::string& bytes, std::uint32_t dimensions, bool colour = false) {
  if (bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b')
    throw failure(name, "is compressed by gzip", "an unpacked file: run gunzip on it first");
  if (colour && bytes.size() >= 4 && word_at(bytes, 0) == (unsigned_bytes | (dimensions + 1))) ++dimensions;
  const std::size_t begin = 4 + 4 * std::size_t{dimensions};
  if (bytes.size() < begin)
    throw failure(name, "is " + std::to_string(bytes.size()) + " bytes long",
                  "an IDX header of " + std::to_string(begin) + " bytes");
  if (word_at(bytes, 0) != (unsigned_bytes | dimensions))
    throw failure(name, other_content(word_at(bytes, 0)),
                  "IDX with unsigned bytes in " + std::string{colour ? "3 dimensions, or 4 in colour" : "1 dimension"} +
                      " (magic number " + std::to_string(unsigned_bytes | dimensions) + ")");
  Header header{begin, word_at(bytes, 4), 1};
  for (std::uint32_t d = 1; d < dimensions; ++d) {
    header.shape.push_back(word_at(bytes, 4 + 4 * d));
    header.bytes_each = std::min<std::size_t>(header.bytes_each * header.shape.back(), 1u << 25);
  }
  if (header.entries == 0 || header.bytes_each == 0 || header.bytes_each > 1u << 24)
    throw failure(name,
                  "states " + std::to_string(header.entries) + " entries of " + std::to_string(header.bytes_each) + " bytes",
                  "at least one entry of 1 to 16777216 bytes");
  const std::size_t length = begin + header.entries * header.bytes_each;
  if (bytes.size() != length)
    throw failure(
        name, std::string{bytes.size() < length ? "is cut short: " : "is too long: "} + std::to_string(bytes.size()) + " bytes",
        std::to_string(length) + " by its header (" + std::to_string(header.entries) + " entries)");
  return header;
}

}  // namespace

Dataset read_idx(const std::string& images, const std::string& labels) {
  const std::string pixels = read_file(images);
  const Header image = header_of(images, pixels, 3, true);
  Dataset data{images, image.bytes_each, {}, {}};
  data.shape = image.shape;
  data.values.reserve(image.entries * image.bytes_each);
  for (std::size_t i = image.begin; i < pixels.size(); ++i)
    data.values.push_back(static_cast<float>(static_cast<std::uint8_t>(pixels[i])));
  if (labels.empty()) return data;
  data.label_file = labels;
  const std::string classes = read_file(labels);
  const Header label = header_of(labels, classes, 1);
  if (image.entries != label.entries)
    throw failure(labels, "has " + std::to_string(label.entries) + " labels",
                  std::to_string(image.entries) + ", one for each image of " + images);
  for (std::size_t i = label.begin; i < classes.size(); ++i) data.labels.push_back(static_cast<std::uint8_t>(classes[i]));
  return data;
}

void write_idx(const Dataset& data, std::size_t height, std::size_t width, const std::string& images, const std::string& labels) {
  std::string pixels;
  append_word(pixels, unsigned_bytes | 3);
  append_word(pixels, data.size());
  append_word(pixels, height);
  append_word(pixels, width);
  for (float value : data.values) pixels.push_back(static_cast<char>(static_cast<std::uint8_t>(value + 0.5f)));
  std::string classes;
  append_word(classes, unsigned_bytes | 1);
  append_word(classes, data.size());
  for (std::uint32_t label : data.labels) classes.push_back(static_cast<char>(label));
  replace_file(images, pixels);
  replace_file(labels, classes);
}

}  // namespace tools
