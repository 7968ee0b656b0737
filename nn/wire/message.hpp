// Messages: what a host asks a device that learns, and its answers. Each is the body of a frame (nn/wire/frame.hpp). The kind of
// an answer is that of the request with bit 7, its number the request's; its first byte is a Status. Numbers are little-endian,
// a float is its bits, a text its length in a byte and then its bytes.
//
//   request    body                                     body of the answer, behind the status
//   describe   -                                        protocol 8 bits, fingerprint 64, inputs 32, classes 32, bytes of an image
//                                                       32, of the trainer 32, steps 32, refused samples 32, bytes of the newest
//                                                       stored image 32, how many were stored 32; board, core, arithmetic: texts
//   learn      label 16, first 32, form 8, values       decided class 16, loss float      after the last value
//   classify   the same                                 decided class 16
//   send       from 32, bytes 32                        frames of 32 bits offset and bytes of the image, the last without bytes
//   begin      bytes 32, the image's first 20 bytes     -
//   take       offset 32, bytes                         bytes there are 32
//   end        -                                        -      the image is stored, and what it says is gone on with
//   keep       -                                        -      what was learnt is stored
//   reset      -                                        -      and the device starts anew
//   erase      -                                        -      all stored images are gone
//   hear       first 32, rate 32, samples 16 each       text: what the device says of them (nn/wire/hearing.hpp)
//
// learn and classify bring the raw values of a sample in as many messages as they need: `first` is the place of the first value,
// `form` 1 for whole numbers in a byte each, 4 for floats. The sample is complete with the last input. In hear, `first` is the
// place of the first sample, and 0 begins a new sound. A request whose number is
// that of the last is a repetition: it is answered again and done once.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/wire/frame.hpp"

namespace nn::wire {

constexpr std::uint8_t protocol = 1;
constexpr std::uint8_t answers = 0x80;

enum class Kind : std::uint8_t { describe = 1, learn, classify, send, begin, take, end, keep, reset, erase, hear };

enum class Status : std::uint8_t {
  ok,
  unknown_request,
  malformed,      // the body is not as long as, or has not what, its kind wants
  wrong_order,    // a part of a sample or image that does not follow the last
  no_class,       // the label
  refused,        // the sample (nn/trainer.hpp)
  not_an_image,
  other_version,
  other_network,
  other_size,     // of the image
  damaged,        // its CRC
  not_taken,      // whole, but made for another optimizer or program
  store_failed,
  no_store,
  other_rate      // of the sound
};

constexpr std::string_view describe(Status status) {
  switch (status) {
    case Status::ok: return "good";
    case Status::unknown_request: return "the device does not know the request; expected a program of the same version";
    case Status::malformed: return "the device cannot read the request; expected a program of the same version";
    case Status::wrong_order: return "a message was lost; expected the next part of a sample or image";
    case Status::no_class: return "the label is no class of the network";
    case Status::refused: return "the sample was refused; expected finite inputs and a finite loss";
    case Status::not_an_image: return "not an image; expected it to begin with GNGL";
    case Status::other_version: return "an image of another version of the format; expected 1 or 2";
    case Status::other_network: return "an image made for another network";
    case Status::other_size: return "an image longer than this device's, or not as long as it says";
    case Status::damaged: return "a damaged image; expected the CRC at its end to fit its bytes";
    case Status::not_taken: return "an image of another optimizer or program; expected one of this firmware, or weights alone";
    case Status::store_failed: return "the device's flash did not take the image";
    case Status::no_store: return "the device has no room for two images in its store";
    case Status::other_rate: return "the device's front end takes sound of another rate; expected the rate of its model";
  }
  return "an answer that is not known here";
}

// A body as it is read: false or 0 where it ends too early, which `whole` tells in the end.
class BodyReader {
 public:
  constexpr explicit BodyReader(std::span<const std::uint8_t> body) : rest{body} {}

  constexpr std::uint64_t word(std::size_t count) {
    std::uint64_t value = 0;
    if (rest.size() < count) {
      good = false;
      rest = {};
      return 0;
    }
    for (std::size_t k = 0; k < count; ++k) value |= std::uint64_t{rest[k]} << (8 * k);
    rest = rest.subspan(count);
    return value;
  }
  constexpr std::uint32_t word32() { return static_cast<std::uint32_t>(word(4)); }
  constexpr float number() { return std::bit_cast<float>(word32()); }
  constexpr std::span<const std::uint8_t> bytes(std::size_t count) {
    if (rest.size() < count) good = false;
    const auto taken = rest.first(rest.size() < count ? 0 : count);
    rest = rest.subspan(taken.size());
    return taken;
  }
  constexpr std::size_t left() const { return rest.size(); }
  constexpr bool whole() const { return good && rest.empty(); }
  constexpr bool short_of() const { return !good; }

 private:
  std::span<const std::uint8_t> rest;
  bool good = true;
};

// A body as it is written; what does not fit is left out.
template <std::size_t Capacity = largest_body>
class BodyWriter {
 public:
  constexpr void word(std::uint64_t value, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) byte(static_cast<std::uint8_t>(value >> (8 * k)));
  }
  constexpr void byte(std::uint8_t value) {
    if (size < Capacity) data[size++] = value;
  }
  constexpr void number(float value) { word(std::bit_cast<std::uint32_t>(value), 4); }
  constexpr void text(std::string_view letters) {
    letters = letters.substr(0, 31);
    byte(static_cast<std::uint8_t>(letters.size()));
    for (char letter : letters) byte(static_cast<std::uint8_t>(letter));
  }
  constexpr bool full() const { return size == Capacity; }
  constexpr void clear() { size = 0; }
  constexpr std::span<const std::uint8_t> body() const { return std::span{data}.first(size); }

 protected:
  std::array<std::uint8_t, Capacity> data{};
  std::size_t size = 0;
};

}  // namespace nn::wire
