// ImageReader: checks an image of nn/store/image_format.hpp and takes it apart, a few bytes at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/crc.hpp"
#include "nn/store/image_format.hpp"
#include "nn/store/image_status.hpp"

namespace nn {

// The bytes of a file or a message, to be read from.
struct BytesOf {
  std::span<const std::byte> bytes;
  constexpr bool operator()(std::size_t at, std::span<std::byte> to) const {
    if (at > bytes.size() || to.size() > bytes.size() - at) return false;
    std::ranges::copy(bytes.subspan(at, to.size()), to.begin());
    return true;
  }
};

// Looks through an image. Source: bool(offset, span to fill), false if that cannot be read.
template <class Source>
class ImageReader {
 public:
  using Kind = image_format::Kind;
  struct Field {
    bool found = false;
    std::uint32_t identity = 0;
    std::size_t at = 0, length = 0;
  };

  constexpr ImageReader(Source from, std::size_t bytes) : source{from}, size{bytes} {}

  // To be called first: header, CRC and the bounds of every field.
  [[gnu::cold]] constexpr ImageStatus open(std::uint64_t fingerprint) {
    using namespace image_format;
    if (size < header + 8) return ImageStatus::too_short;
    if (word(0, 4) != magic) return failed ? ImageStatus::unreadable : ImageStatus::wrong_magic;
    version = static_cast<std::uint32_t>(word(4, 4));
    if (version != version_of_weights && version != version_of_training) return ImageStatus::wrong_version;
    if (word(8, 8) != fingerprint) return ImageStatus::other_network;
    if (word(16, 4) != size - header - end) return ImageStatus::wrong_length;
    Crc32 crc;
    for (std::size_t at = 0; at < size - end; at += 4) {
      const std::size_t count = std::min<std::size_t>(4, size - end - at);
      auto bytes = static_cast<std::uint32_t>(word(at, count));
      for (std::size_t k = 0; k < count; ++k, bytes >>= 8) crc.add(static_cast<std::uint8_t>(bytes));
    }
    if (crc.value() != word(size - end, 4)) return failed ? ImageStatus::unreadable : ImageStatus::damaged;
    if (version == version_of_weights) return ImageStatus::ok;
    std::uint32_t seen = 0;
    for (std::size_t at = header; at < size - end;) {
      if (size - end - at < field_header) return ImageStatus::wrong_length;
      const auto kind = static_cast<std::uint16_t>(word(at, 2));
      const bool known = kind >= 1 && kind <= last_kind;
      if (known ? word(at + 2, 2) != field_version || (seen >> kind & 1u) != 0 : kind < 0x8000) return ImageStatus::wrong_field;
      if (known) seen |= 1u << kind;
      const std::size_t length = static_cast<std::size_t>(word(at + 8, 4));
      if (length > size - end - at - field_header) return ImageStatus::wrong_length;
      at += field_header + length;
    }
    return failed ? ImageStatus::unreadable : ImageStatus::ok;
  }

  constexpr bool is_of_weights() const { return version == image_format::version_of_weights; }

  // Of version 1, normalization and parameters.
  [[gnu::cold]] constexpr Field find(Kind kind) {
    using namespace image_format;
    const std::size_t payload = size - header - end;
    if (is_of_weights()) {
      const std::uint64_t means = 4 + 8 * word(header, 4);
      const std::size_t first = means < payload ? static_cast<std::size_t>(means) : payload;
      if (kind == Kind::normalization) return {true, 0, header, first};
      if (kind == Kind::parameters) return {true, 0, header + first, payload - first};
      return {};
    }
    for (std::size_t at = header; at < size - end;) {
      const auto length = static_cast<std::size_t>(word(at + 8, 4));
      if (word(at, 2) == static_cast<std::uint16_t>(kind))
        return {true, static_cast<std::uint32_t>(word(at + 4, 4)), at + field_header, length};
      at += field_header + length;
    }
    return {};
  }

  [[gnu::noinline]] constexpr std::uint64_t word(std::size_t at, std::size_t count) {
    std::array<std::byte, 8> bytes{};
    if (!source(at, std::span{bytes}.first(count))) failed = true;
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < count; ++k) value |= std::to_integer<std::uint64_t>(bytes[k]) << (8 * k);
    return value;
  }

  // As they stand, or as 0 and 1.
  constexpr void bytes(std::size_t at, std::span<std::byte> to, bool truths) {
    if (!source(at, to)) failed = true;
    if (truths)
      for (std::byte& byte : to) byte = byte == std::byte{} ? byte : std::byte{1};
  }

  template <class Number>
  constexpr Number number(std::size_t at) {
    return number_of_bits<Number>(word(at, sizeof(StoredWord<Number>)));
  }

  // Reads a row at `at`, which goes on behind it.
  constexpr void row(std::size_t& at, auto& numbers) { fill(at, image_format::numbers_of(numbers)); }

  // Whether a row like this one may be read at `at`, and whether it would stay as it is.
  struct Look {
    bool sound = true, same = true;
  };
  constexpr Look look(std::size_t& at, const auto& row) {
    const auto [finite, same, zero] = compare(at, image_format::numbers_of(row));
    return {std::is_same_v<std::remove_cvref_t<decltype(row)>, Random> ? !zero : finite, same};
  }

  bool failed = false;  // something could not be read

 private:
  template <class Number>
  [[gnu::noinline]] constexpr void fill(std::size_t& at, std::span<Number> numbers) {
    for (Number& to : numbers) {
      to = number<Number>(at);
      at += sizeof(StoredWord<Number>);
    }
  }

  struct Comparison {
    bool finite = true, same = true, zero = true;
  };
  template <class Number>
  [[gnu::noinline]] constexpr Comparison compare(std::size_t& at, std::span<const Number> numbers) {
    Comparison result;
    for (const Number& now : numbers) {
      const auto there = number<Number>(at);
      result.finite = result.finite && image_format::finite(there);
      result.same = result.same && canonical_bits(there) == canonical_bits(now);
      result.zero = result.zero && canonical_bits(there) == 0;
      at += sizeof(StoredWord<Number>);
    }
    return result;
  }

  Source source;
  std::size_t size;
  std::uint32_t version = 0;
};

}  // namespace nn
