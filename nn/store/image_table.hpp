// ImageTable: what an image is made of, as a table of addresses: fields, each of some runs of numbers in memory. What
// writes, checks and reads it knows no types, so that a program has one copy of it, whatever its networks are.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "nn/fields.hpp"
#include "nn/store/image_format.hpp"

namespace nn {

static_assert(std::endian::native == std::endian::little,
              "nn::ImageTable: numbers in memory are those of an image, little-endian");

// What the bytes of a run may be.
enum class Form : std::uint8_t {
  whole,      // anything
  real,       // finite floats
  wide,       // finite doubles
  truth,      // 0 or 1
  generator,  // anything but zeros alone
};

struct ImageRun {
  std::byte* at;
  std::uint32_t bytes;
  Form form;
  bool constant;  // to be equal in an image, never written

  // Of a number, an nn::Random, or std::arrays of numbers.
  template <class Numbers>
  static ImageRun of(Numbers& numbers) {
    using Data = std::remove_const_t<Numbers>;
    auto* const bytes = const_cast<std::byte*>(reinterpret_cast<const std::byte*>(&numbers));
    return {bytes, static_cast<std::uint32_t>(sizeof numbers), form_of<Data>(), std::is_const_v<Numbers>};
  }

  template <class Data>
  static consteval Form form_of() {
    if constexpr (std::is_same_v<Data, Random>) return Form::generator;
    else if constexpr (std::is_same_v<Data, bool>) return Form::truth;
    else if constexpr (is_array<Data>) return form_of<typename Data::value_type>();
    else {
      static_assert(!std::is_floating_point_v<Data> || sizeof(Data) == 4 || sizeof(Data) == 8,
                    "nn: an image holds floating-point numbers of 32 or 64 bits");
      return !std::is_floating_point_v<Data> ? Form::whole : sizeof(Data) == 4 ? Form::real : Form::wide;
    }
  }

  // Four bytes, or what is left of them.
  std::uint32_t word(std::uint32_t from) const {
    std::uint32_t value = 0;
    for (std::uint32_t k = 0; k < 4 && from + k < bytes; ++k) value |= std::to_integer<std::uint32_t>(at[from + k]) << (8 * k);
    return value;
  }
};

// Whether bytes, looked at in words, may stand in a run.
class RunCheck {
 public:
  explicit RunCheck(const ImageRun& here) : run{here} {}

  void add(std::uint32_t from, std::uint32_t word) {
    any |= word;
    if (run.form == Form::real || (run.form == Form::wide && from % 8 == 4)) {
      const std::uint32_t exponent = run.form == Form::real ? 0x7f800000 : 0x7ff00000;
      finite = finite && (word & exponent) != exponent;
    }
    if (run.constant) same = same && word == run.word(from);
  }
  bool sound() const { return finite && (run.form != Form::generator || any != 0); }
  bool allowed() const { return same; }

 private:
  const ImageRun& run;
  std::uint32_t any = 0;
  bool finite = true, same = true;
};

struct ImageField {
  image_format::Kind kind;
  std::uint16_t runs;
  std::uint32_t identity;
};

struct ImageTable {
  std::span<const ImageField> fields;
  std::span<const ImageRun> runs;

  // visit(field, its runs, its bytes)
  [[gnu::cold]] void for_each_field(auto&& visit) const {
    const ImageRun* run = runs.data();
    for (const ImageField& field : fields) {
      const std::span<const ImageRun> own{run, field.runs};
      std::uint32_t bytes = 0;
      for (const ImageRun& each : own) bytes += each.bytes;
      visit(field, own, bytes);
      run += field.runs;
    }
  }

  std::size_t payload() const {
    std::size_t bytes = image_format::field_header * fields.size();
    for (const ImageRun& run : runs) bytes += run.bytes;
    return bytes;
  }
};

}  // namespace nn
