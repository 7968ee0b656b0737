#include "tools/features/picture.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "nn/crc.hpp"
#include "tools/report/panel.hpp"

namespace tools {
namespace {

void add_word(std::string& bytes, std::uint32_t word) {
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(word >> shift);
}

void add_chunk(std::string& png, std::string_view kind, const std::string& data) {
  add_word(png, static_cast<std::uint32_t>(data.size()));
  nn::Crc32 crc;
  for (char c : std::string{kind} + data) crc.add(static_cast<std::uint8_t>(c));
  png += std::string{kind} + data;
  add_word(png, crc.value());
}

// zlib's format without compression (RFC 1950 and 1951).
std::string stored(const std::string& data) {
  std::string zlib = "\x78\x01";
  constexpr std::size_t most = 65535;
  for (std::size_t at = 0; at == 0 || at < data.size(); at += most) {
    const auto bytes = static_cast<std::uint32_t>(std::min(most, data.size() - at));
    zlib += static_cast<char>(at + most >= data.size());
    for (std::uint32_t value : {bytes, ~bytes})
      for (int shift : {0, 8}) zlib += static_cast<char>(value >> shift);
    zlib.append(data, at, bytes);
  }
  std::uint32_t a = 1, b = 0;
  for (char c : data) {
    a = (a + static_cast<std::uint8_t>(c)) % 65521;
    b = (b + a) % 65521;
  }
  add_word(zlib, b << 16 | a);
  return zlib;
}

// From dark violet through green to yellow, by eye.
std::string palette() {
  constexpr std::array<std::array<int, 3>, 6> stops{
      {{20, 5, 50}, {65, 45, 125}, {45, 110, 140}, {40, 165, 125}, {150, 210, 70}, {255, 240, 120}}};
  std::string colours;
  for (int i = 0; i < 256; ++i) {
    const int at = i * (static_cast<int>(stops.size()) - 1), part = std::min(at / 255, static_cast<int>(stops.size()) - 2),
              rest = at - 255 * part;
    for (std::size_t c = 0; c < 3; ++c) {
      const std::size_t s = static_cast<std::size_t>(part);
      colours += static_cast<char>(stops[s][c] + (stops[s + 1][c] - stops[s][c]) * rest / 255);
    }
  }
  return colours;
}

// Rows of numbers from 0 to 255 (W3C, Portable Network Graphics, 2003).
std::string as_png(std::size_t width, std::size_t height, const std::string& rows) {
  std::string header, png = "\x89PNG\r\n\x1a\n";
  add_word(header, static_cast<std::uint32_t>(width));
  add_word(header, static_cast<std::uint32_t>(height));
  header += std::string{"\x08\x03\0\0\0", 5};  // 8 bits, of a palette
  add_chunk(png, "IHDR", header);
  add_chunk(png, "PLTE", palette());
  add_chunk(png, "IDAT", stored(rows));
  add_chunk(png, "IEND", "");
  return png;
}

std::string base64(const std::string& bytes) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t word = 0;
    for (std::size_t k = 0; k < 3; ++k) word = word << 8 | (i + k < bytes.size() ? static_cast<std::uint8_t>(bytes[i + k]) : 0);
    for (std::size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : digits[word >> (18 - 6 * k) & 63u];
  }
  return text;
}

}  // namespace

std::string as_svg(const Features& features, const FrontEnd& front_end, const std::string& title) {
  const std::size_t columns = features.columns, frames = features.values.size() / columns;
  const auto [low, high] = std::minmax_element(features.values.begin(), features.values.end());
  const float span = std::max(*high - *low, 1e-9f);
  std::string rows;
  for (std::size_t c = columns; c-- > 0;) {
    rows += '\0';  // no filter
    for (std::size_t f = 0; f < frames; ++f)
      rows += static_cast<char>(static_cast<std::uint8_t>(255 * (features.values[f * columns + c] - *low) / span));
  }
  const double rate = front_end.rate;
  const Panel panel{.left = 60,
                    .top = 40,
                    .width = 900,
                    .height = 300,
                    .low = 0,
                    .high = static_cast<double>(columns),
                    .first = 0,
                    .last = static_cast<double>(frames * front_end.step) / rate};
  std::string svg =
      "<svg xmlns='http://www.w3.org/2000/svg' width='1000' height='400' font-family='sans-serif' font-size='12'>\n"
      "<rect width='100%' height='100%' fill='white'/>\n";
  svg += panel.axes(title);
  svg += format(
      "<image x='%g' y='%g' width='%g' height='%g' preserveAspectRatio='none' style='image-rendering:pixelated' "
      "href='data:image/png;base64,",
      panel.left, panel.top, panel.width, panel.height);
  svg += base64(as_png(frames, columns, rows)) + "'/>\n";
  svg += format("<text x='%g' y='390'>seconds; channels; %g (dark) to %g (bright)</text>\n</svg>\n", panel.left,
                static_cast<double>(*low), static_cast<double>(*high));
  return svg;
}

}  // namespace tools
