// The format of images, files of the host tools and records of a device's flash alike. Little-endian.
//
//   offset 0   magic "GNGL"
//          4   version, 1 or 2
//          8   fingerprint of the network, 64 bits
//         16   length of the payload in bytes
//         20   payload
//        end   CRC-32 of all bytes before
//
// Version 1 is weights: n, the number of means and of scales (0, 1 or one for each input); n means; n scales; then every
// parameter in the order of its declaration, as many bytes each as its format has.
//
// Version 2 is a training that can go on, as fields one after the other, each at most once and in any order:
//          0   kind, 16 bits      a kind with bit 15 may be passed over by a program that does not know it
//          2   version, 16 bits   of this kind; each is 1 today
//          4   identity           what the contents are made for, 0 where the network's fingerprint says all
//          8   length of the contents in bytes
//         12   contents
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/crc.hpp"
#include "nn/random.hpp"
#include "nn/store/image_status.hpp"
#include "nn/store/numbers.hpp"

namespace nn {

namespace image_format {

inline constexpr std::uint32_t magic = 0x4c474e47;  // "GNGL"
inline constexpr std::uint32_t version_of_weights = 1, version_of_training = 2;
inline constexpr std::size_t header = 20, field_header = 12, end = 4;

enum class Kind : std::uint16_t {
  normalization = 1,  // as in version 1
  parameters = 2,     // as in version 1
  optimizer = 3,      // its settings; then what it keeps for every parameter. Identity: its name, settings and formats
  generator = 4,      // four words of nn::Random
  frozen = 5,         // the number of leading layers that no longer learn
  step = 6,           // steps taken
  own = 7             // the program's own numbers. Identity: their formats
};
inline constexpr std::uint16_t last_kind = 7, field_version = 1;

// Rows are arrays of numbers, single numbers, or a generator.
template <class Row>
concept Single = std::is_arithmetic_v<Row> || requires(Row row) { row.raw; };

// The numbers of a row; what is done with them is then compiled once for each format.
template <class Row>
constexpr auto numbers_of(Row& row) {
  if constexpr (Single<std::remove_const_t<Row>>) return std::span<Row>{&row, 1};
  else if constexpr (std::is_same_v<std::remove_const_t<Row>, Random>) return std::span<std::remove_reference_t<decltype(row.words()[0])>>{row.words()};
  else return std::span<std::remove_reference_t<decltype(row[0])>>{row};
}

template <class Row>
constexpr std::size_t stored_size(const Row& row) {
  const auto numbers = numbers_of(row);
  return numbers.size() * sizeof(StoredWord<std::remove_cvref_t<decltype(numbers[0])>>);
}

template <class Number>
constexpr bool finite(Number number) {
  if constexpr (std::is_floating_point_v<Number>) return Bits<Number>::is_finite(number);
  else return true;
}

template <class Number>
[[gnu::noinline]] constexpr bool all_finite(std::span<const Number> numbers) {
  return std::ranges::all_of(numbers, [](Number number) { return finite(number); });
}

// Whether the numbers of a row may be learnt from.
template <class Row>
constexpr bool sound(const Row& row) {
  if constexpr (std::is_same_v<Row, Random>) return std::ranges::any_of(row.words(), [](std::uint32_t word) { return word != 0; });
  else return all_finite(numbers_of(row));
}

}  // namespace image_format

// Hands an image byte by byte to put(std::byte).
template <class Put>
class ImageWriter {
 public:
  constexpr ImageWriter(Put& sink, std::uint32_t version, std::uint64_t fingerprint, std::size_t payload) : put{sink} {
    word(image_format::magic, 4);
    word(version, 4);
    word(fingerprint, 8);
    word(payload, 4);
  }

  constexpr void field(image_format::Kind kind, std::uint32_t identity, std::size_t length) {
    word(static_cast<std::uint16_t>(kind), 2);
    word(image_format::field_version, 2);
    word(identity, 4);
    word(length, 4);
  }

  constexpr void row(const auto& numbers) { all(image_format::numbers_of(numbers)); }

  constexpr void finish() {
    for (std::uint32_t left = crc.value(), k = 0; k < 4; ++k, left >>= 8) put(static_cast<std::byte>(left));
  }

 private:
  template <class Number>
  [[gnu::noinline]] constexpr void all(std::span<const Number> numbers) {
    for (const Number& number : numbers) {
      const auto bits = canonical_bits(number);
      word(bits, sizeof bits);
    }
  }

  [[gnu::noinline]] constexpr void word(std::uint64_t bits, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k, bits >>= 8) {
      crc.add(static_cast<std::uint8_t>(bits));
      put(static_cast<std::byte>(bits));
    }
  }

  Put& put;
  Crc32 crc;
};

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
  constexpr ImageStatus open(std::uint64_t fingerprint) {
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
  constexpr Field find(Kind kind) {
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
      if (word(at, 2) == static_cast<std::uint16_t>(kind)) return {true, static_cast<std::uint32_t>(word(at + 4, 4)), at + field_header, length};
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
