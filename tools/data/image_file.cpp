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
    if (bytes.find_first_not_of(std::string_view{" \t\r\n\0", 5}, at) != bytes.npos)
      throw failure(name, "goes on behind its last pixel, at byte " + std::to_string(at),
                    std::to_string(image.width) + " x " + std::to_string(image.height) +
                        " pixels by its header, and one image a file");
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
// up, unless the height is negative, each padded to 4 bytes. Several pixels in a byte begin with its highest bits.
ImageFile read_bmp(const std::string& name, const std::string& bytes) {
  const auto word = [&](std::size_t place, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t k = 0; k < size; ++k) value |= std::uint32_t{static_cast<std::uint8_t>(bytes[place + k])} << (8 * k);
    return value;
  };
  const std::size_t header = bytes.size() < 18 ? 40 : word(14, 4);
  if (header < 40) throw failure(name, "is a BMP with the header of OS/2", "one of Windows: save it anew");
  if (bytes.size() < 54)
    throw failure(name, "is cut short: " + std::to_string(bytes.size()) + " bytes", "the 54 bytes of a BMP header");
  const std::size_t pixels = word(10, 4), bits = word(28, 2), compression = word(30, 4), palette = 14 + header;
  const auto signed_height = static_cast<std::int32_t>(word(22, 4));
  const std::size_t width = word(18, 4);
  const std::size_t height = signed_height < 0 ? std::size_t{0} - static_cast<std::size_t>(std::int64_t{signed_height})
                                               : static_cast<std::size_t>(signed_height);
  require_size(name, height, width);
  const bool has_palette = bits == 1 || bits == 4 || bits == 8;
  const bool masked = compression == 3 && bits == 32 && bytes.size() >= 66;
  if ((!has_palette && bits != 24 && bits != 32) || (compression != 0 && !masked))
    throw failure(name, "is a BMP of " + std::to_string(bits) + " bits, compression " + std::to_string(compression),
                  "1, 4, 8, 24 or 32 bits, not compressed: save it as one of 24");
  if (masked && (word(54, 4) != 0xff0000 || word(58, 4) != 0xff00 || word(62, 4) != 0xff))
    throw failure(name, "is a BMP with masks of its own for its colours",
                  "blue, green and red in this order: save it as one of 24 bits");
  if (pixels < palette)
    throw failure(name, "has its pixels at byte " + std::to_string(pixels),
                  std::to_string(palette) + " or more, behind its header");
  const std::size_t stride = (width * bits + 31) / 32 * 4;
  if (pixels > bytes.size() || bytes.size() - pixels < stride * height)
    throw failure(name, "is cut short: " + std::to_string(bytes.size()) + " bytes",
                  std::to_string(pixels + stride * height) + " by its header");
  ImageFile image{height, width, 3, {}};
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      std::size_t at = pixels + (signed_height < 0 ? y : height - 1 - y) * stride + x * bits / 8;
      if (has_palette) {
        at = palette + 4 * (word(at, 1) >> (8 - bits - x * bits % 8) & ((1u << bits) - 1));
        if (at + 4 > pixels) throw failure(name, "uses a colour that its palette does not have", "a whole palette");
      }
      for (std::size_t c = 3; c-- > 0;) image.pixels.push_back(static_cast<float>(word(at + c, 1)));
    }
  return image;
}

// What a file that is not read is, by its first bytes.
std::string other_kind(std::string_view bytes) {
  if (bytes.empty()) return "is empty";
  const auto begins = [&](std::string_view mark) { return bytes.starts_with(mark); };
  const char* kind = begins("\x89PNG")                                 ? "PNG"
                     : begins("\xff\xd8")                              ? "JPEG"
                     : begins("GIF8")                                   ? "GIF"
                     : begins("II*") || begins("MM")                    ? "TIFF"
                     : begins("RIFF") && bytes.substr(8, 4) == "WEBP"   ? "WebP"
                     : begins("P1") || begins("P4")                     ? "PBM"
                     : begins("P7")                                     ? "PAM"
                     : begins("PF") || begins("Pf")                     ? "PFM"
                     : begins("\x1f\x8b")                              ? "gzip"
                                                                        : nullptr;
  return kind != nullptr ? std::string{"is a "} + kind + " file" : "is no image that can be read";
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
  throw failure(name, other_kind(bytes), "PGM, PPM or BMP: convert it first");
}

}  // namespace tools
