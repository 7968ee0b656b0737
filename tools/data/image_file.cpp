#include "tools/data/image_file.hpp"

#include <cstdint>

#include "tools/data/file.hpp"

namespace tools {
namespace {

constexpr std::size_t most_pixels = 1u << 24;

void require_size(const std::string& name, std::size_t height, std::size_t width) {
  if (height == 0 || width == 0 || height > most_pixels || width > most_pixels / height)
    throw failure(name, "is " + std::to_string(width) + " x " + std::to_string(height) + " pixels large", "1 to 16777216 pixels");
}

class Netpbm {
 public:
  Netpbm(const std::string& file, const std::string& content) : name{file}, bytes{content} {}

  ImageFile read() {
    const char form = bytes[1];
    ImageFile image{0, 0, form == '3' || form == '6' ? 3u : 1u, {}};
    image.width = number();
    image.height = number();
    const std::size_t most = number();
    require_size(name, image.height, image.width);
    if (most < 1 || most > 65535) throw failure(name, "has " + std::to_string(most) + " as its largest value", "1 to 65535");
    const std::size_t count = image.height * image.width * image.channels;
    const bool text = form == '2' || form == '3';
    const std::size_t each = most > 255 ? 2 : 1;
    if (!text) ++at;  // one blank
    if (!text && (at > bytes.size() || bytes.size() - at < count * each))
      throw failure(name, "is cut short: " + std::to_string(bytes.size()) + " bytes",
                    std::to_string(at + count * each) + " by its header");
    const auto byte = [&] { return std::size_t{static_cast<std::uint8_t>(bytes[at++])}; };
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t value = text ? number() : byte();
      if (!text && each == 2) value = value << 8 | byte();
      if (value > most)
        throw failure(name, "has the value " + std::to_string(value) + " for number " + std::to_string(i + 1) + " of its pixels",
                      "0 to " + std::to_string(most) + ", the largest value by its header");
      image.pixels.push_back(most == 255 ? static_cast<float>(value)
                                         : static_cast<float>(value) * 255 / static_cast<float>(most));
    }
    return image;
  }

 private:
  std::size_t number() {
    const auto is_digit = [&] { return at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9'; };
    while (at < bytes.size() && !is_digit()) {
      if (bytes[at] == '#')
        while (at < bytes.size() && bytes[at] != '\n') ++at;
      else if (bytes[at] != ' ' && bytes[at] != '\n' && bytes[at] != '\r' && bytes[at] != '\t')
        break;
      else
        ++at;
    }
    if (!is_digit())
      throw failure(name, "has no number at byte " + std::to_string(at), "the header and the pixels of a PGM or PPM file");
    std::size_t value = 0;
    for (; is_digit(); ++at) value = value > 1'000'000'000 ? value : value * 10 + static_cast<std::size_t>(bytes[at] - '0');
    return value;
  }

  const std::string& name;
  const std::string& bytes;
  std::size_t at = 2;
};

// Little-endian: a header of 14 bytes, the image's of 40 or more, a palette of [blue][green][red][unused], rows from the lowest
// up, unless the height is negative, each padded to 4 bytes.
ImageFile read_bmp(const std::string& name, const std::string& bytes) {
  const auto word = [&](std::size_t place, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < size; ++k) value |= std::uint32_t{static_cast<std::uint8_t>(bytes[place + k])} << (8 * k);
    return value;
  };
  if (bytes.size() < 54)
    throw failure(name, "is cut short: " + std::to_string(bytes.size()) + " bytes", "the 54 bytes of a BMP header");
  const std::size_t pixels = word(10, 4), header = word(14, 4), bits = word(28, 2), compression = word(30, 4);
  const auto signed_height = static_cast<std::int32_t>(word(22, 4));
  const std::size_t width = word(18, 4);
  const std::size_t height = signed_height < 0 ? std::size_t{0} - static_cast<std::size_t>(std::int64_t{signed_height})
                                               : static_cast<std::size_t>(signed_height);
  require_size(name, height, width);
  if (header < 40 || (bits != 8 && bits != 24 && bits != 32) || (compression != 0 && !(compression == 3 && bits == 32)))
    throw failure(name, "is a BMP of " + std::to_string(bits) + " bits, compression " + std::to_string(compression),
                  "8, 24 or 32 bits, not compressed");
  const std::size_t stride = (width * bits / 8 + 3) / 4 * 4, palette = 14 + header;
  if (pixels > bytes.size() || bytes.size() - pixels < stride * height || palette > bytes.size())
    throw failure(name, "is cut short: " + std::to_string(bytes.size()) + " bytes",
                  std::to_string(pixels + stride * height) + " by its header");
  ImageFile image{height, width, 3, {}};
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      std::size_t at = pixels + (signed_height < 0 ? y : height - 1 - y) * stride + x * bits / 8;
      if (bits == 8) at = palette + 4 * word(at, 1);
      if (at + 3 > bytes.size()) throw failure(name, "uses a colour that its palette does not have", "a whole palette");
      for (std::size_t c = 3; c-- > 0;) image.pixels.push_back(static_cast<float>(word(at + c, 1)));
    }
  return image;
}

}  // namespace

ImageFile ImageFile::with_channels(std::size_t wanted) const {
  if (wanted == channels) return *this;
  ImageFile result{height, width, wanted, {}};
  for (std::size_t i = 0; i < height * width; ++i) {
    const float* from = &pixels[i * channels];
    if (wanted == 1)
      result.pixels.push_back(from[0] == from[1] && from[1] == from[2] ? from[0]
                                                                       : 0.299f * from[0] + 0.587f * from[1] + 0.114f * from[2]);
    else
      result.pixels.insert(result.pixels.end(), 3, from[0]);
  }
  return result;
}

ImageFile read_image_file(const std::string& name) {
  const std::string bytes = read_file(name);
  if (bytes.starts_with("P2") || bytes.starts_with("P3") || bytes.starts_with("P5") || bytes.starts_with("P6"))
    return Netpbm{name, bytes}.read();
  if (bytes.starts_with("BM")) return read_bmp(name, bytes);
  const bool png = bytes.starts_with("\x89PNG"), jpeg = bytes.starts_with("\xff\xd8");
  throw failure(name,
                png    ? "is a PNG file"
                : jpeg ? "is a JPEG file"
                       : "is no image that can be read",
                "PGM, PPM or BMP: convert it first");
}

}  // namespace tools
