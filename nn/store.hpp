// Store: parameters and normalization as bytes, the file format of the host tools and of a device's flash.
//
//   offset 0   magic "GNGL"
//          4   version, 1
//          8   fingerprint of the network, 64 bits
//         16   length of the payload in bytes
//         20   payload: n, the number of means and of scales (0, 1 or one for each input); n means; n scales; then every
//              parameter in the order of its declaration
//        end   CRC-32 of all bytes before
// Everything is little-endian; a number takes as many bytes as its format.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/crc.hpp"
#include "nn/fields.hpp"
#include "nn/normalization.hpp"
#include "nn/number/bits.hpp"

namespace nn {

enum class [[nodiscard]] ImageStatus {
  ok,
  too_short,
  wrong_magic,
  wrong_version,
  other_network,
  wrong_length,
  damaged,
  not_finite
};

constexpr std::string_view describe(ImageStatus status) {
  switch (status) {
    case ImageStatus::ok: return "good";
    case ImageStatus::too_short: return "shorter than an image's header; expected a complete parameter image";
    case ImageStatus::wrong_magic: return "not a parameter image; expected it to begin with GNGL";
    case ImageStatus::wrong_version: return "written in another version of the format; expected version 1";
    case ImageStatus::other_network: return "made for another network; expected this network's fingerprint";
    case ImageStatus::wrong_length: return "cut short or too long; expected the length its header and network give";
    case ImageStatus::damaged: return "damaged; expected the CRC at its end to fit its bytes";
    case ImageStatus::not_finite: return "a parameter is not a finite number; expected finite ones";
  }
  return "";
}

// The bits of a number, the same on every core: a NaN has many and becomes one.
template <class Number>
constexpr auto canonical_bits(Number x) {
  if constexpr (std::is_floating_point_v<Number>) {
    if (Bits<Number>::is_nan(x)) return Bits<Number>::of(std::numeric_limits<Number>::quiet_NaN());
    return Bits<Number>::of(x);
  } else {
    return std::bit_cast<std::make_unsigned_t<decltype(x.raw)>>(x.raw);
  }
}

// Calls visit(byte) for every byte of the parameters, in the order of the payload.
template <class Parameters>
constexpr void for_each_byte(const Parameters& parameters, auto&& visit) {
  for_each_row(
      [&](const auto& row) {
        for (const auto& number : row) {
          const auto word = canonical_bits(number);
          for (std::size_t k = 0; k < sizeof word; ++k) visit(static_cast<std::uint8_t>(word >> (8 * k)));
        }
      },
      parameters);
}

// Whether every parameter is finite. A diverged training is not.
template <class Parameters>
constexpr bool is_finite(const Parameters& parameters) {
  bool finite = true;
  for_each_row(
      [&](const auto& row) {
        for (const auto& number : row)
          if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(number)>>)
            finite = finite && Bits<std::remove_cvref_t<decltype(number)>>::is_finite(number);
      },
      parameters);
  return finite;
}

// CRC-32 of the parameters: equal on two cores if and only if (but for one in 2^32) every bit is.
template <class Parameters>
constexpr std::uint32_t checksum(const Parameters& parameters) {
  Crc32 crc;
  for_each_byte(parameters, [&](std::uint8_t byte) { crc.add(byte); });
  return crc.value();
}

// The normalization of a model as it is stored: none, one for all inputs, or one for each.
template <std::size_t Inputs>
struct StoredNormalization {
  std::uint32_t count = 0;
  std::array<float, Inputs> mean{};
  std::array<float, Inputs> scale{};
};

template <class Net>
class Image {
 public:
  using Normalizations = StoredNormalization<Net::inputs>;

  // Of an image with `count` means and scales.
  static constexpr std::size_t size(std::uint32_t count) { return header + payload(count) + 4; }

  // Fills `bytes`, which must have the size above.
  static constexpr ImageStatus write(const typename Net::Parameters& parameters, const Normalizations& normalization,
                                     std::span<std::byte> bytes) {
    if (bytes.size() != size(normalization.count)) return ImageStatus::wrong_length;
    if (!is_finite(parameters)) return ImageStatus::not_finite;
    std::size_t at = 0;
    Crc32 crc;
    auto put = [&](std::uint8_t byte) {
      bytes[at++] = std::byte{byte};
      crc.add(byte);
    };
    auto put_word = [&](std::uint64_t word, int count) {
      for (int k = 0; k < count; ++k) put(static_cast<std::uint8_t>(word >> (8 * k)));
    };
    put_word(magic, 4);
    put_word(version, 4);
    put_word(Net::fingerprint, 8);
    put_word(payload(normalization.count), 4);
    put_word(normalization.count, 4);
    for (std::size_t i = 0; i < normalization.count; ++i) put_word(canonical_bits(normalization.mean[i]), 4);
    for (std::size_t i = 0; i < normalization.count; ++i) put_word(canonical_bits(normalization.scale[i]), 4);
    for_each_byte(parameters, put);
    put_word(crc.value(), 4);
    return ImageStatus::ok;
  }

  // Overwrites parameters and normalization only if the whole image is good.
  static constexpr ImageStatus read(std::span<const std::byte> bytes, typename Net::Parameters& parameters,
                                    Normalizations& normalization) {
    if (bytes.size() < header + 8) return ImageStatus::too_short;
    if (word(bytes, 0, 4) != magic) return ImageStatus::wrong_magic;
    if (word(bytes, 4, 4) != version) return ImageStatus::wrong_version;
    if (word(bytes, 8, 8) != Net::fingerprint) return ImageStatus::other_network;
    const auto count = static_cast<std::uint32_t>(word(bytes, header, 4));
    if (count > 1 && count != Net::inputs) return ImageStatus::wrong_length;
    if (bytes.size() != size(count) || word(bytes, 16, 4) != payload(count)) return ImageStatus::wrong_length;
    Crc32 crc;
    for (std::byte byte : bytes.first(bytes.size() - 4)) crc.add(std::to_integer<std::uint8_t>(byte));
    if (crc.value() != word(bytes, bytes.size() - 4, 4)) return ImageStatus::damaged;
    std::size_t at = header;
    auto take = [&](auto& number) {
      using Number = std::remove_cvref_t<decltype(number)>;
      using Word = decltype(canonical_bits(number));
      number = std::bit_cast<Number>(static_cast<Word>(word(bytes, at, sizeof(Word))));
      at += sizeof(Word);
    };
    normalization.count = count;
    at += 4;
    for (std::size_t i = 0; i < count; ++i) take(normalization.mean[i]);
    for (std::size_t i = 0; i < count; ++i) take(normalization.scale[i]);
    for_each_row([&](auto& row) { for (auto& number : row) take(number); }, parameters);
    return ImageStatus::ok;
  }

 private:
  static constexpr std::uint32_t magic = 0x4c474e47;  // "GNGL"
  static constexpr std::uint32_t version = 1;
  static constexpr std::size_t header = 20;

  static constexpr std::size_t payload(std::uint32_t count) {
    return 4 + 8 * std::size_t{count} + parameter_bytes;
  }
  static constexpr std::size_t parameter_bytes = [] {
    std::size_t bytes = 0;
    constexpr typename Net::Parameters parameters{};
    for_each_row([&](const auto& row) { bytes += row.size() * sizeof(canonical_bits(row[0])); }, parameters);
    return bytes;
  }();

  static constexpr std::uint64_t word(std::span<const std::byte> bytes, std::size_t at, std::size_t count) {
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < count; ++k) value |= std::to_integer<std::uint64_t>(bytes[at + k]) << (8 * k);
    return value;
  }
};

}  // namespace nn
