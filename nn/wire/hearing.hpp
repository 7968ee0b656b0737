// Hearing<Listener>: the device's side of sound that comes over the wire (Kind::hear of nn/wire/message.hpp): hands it on and
// answers with what is to be said of it.
//
//   struct Listener {
//     static constexpr std::uint32_t rate = 16000;
//     void reset();                                                        a new sound begins
//     void hear(std::span<const std::int16_t> samples, auto&& write);      write(std::string_view) as to a console
//   };
//   nn::wire::Hearing hearing{listener};
//   hearing.take(byte, put);                 every byte that comes; put(std::uint8_t) sends one
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "nn/wire/frame.hpp"
#include "nn/wire/message.hpp"

namespace nn::wire {

template <class Listener>
class Hearing {
 public:
  constexpr explicit Hearing(Listener& whose) : listener{whose} {}

  constexpr void take(std::uint8_t byte, auto&& put) {
    if (reader.take(byte) != Received::frame) return;
    const bool repeated = answered && reader.kind() == last_kind && reader.number() == last_number;
    if (!repeated) {
      answer.clear();
      answer.byte(0);
      const Status status =
          static_cast<Kind>(reader.kind()) == Kind::hear ? hear(BodyReader{reader.body()}) : Status::unknown_request;
      if (status != Status::ok) {
        answer.clear();
        answer.byte(static_cast<std::uint8_t>(status));
      }
      last_kind = reader.kind();
      last_number = reader.number();
      answered = true;
    }
    write_frame(put, static_cast<std::uint8_t>(reader.kind() | answers), reader.number(), answer.body());
  }

 private:
  constexpr Status hear(BodyReader body) {
    const std::uint32_t first = body.word32(), rate = body.word32();
    if (body.short_of() || body.left() == 0 || body.left() % 2 != 0) return Status::malformed;
    if (rate != Listener::rate) return Status::other_rate;
    if (first == 0) {
      listener.reset();
      heard = 0;
    }
    if (first != heard) return Status::wrong_order;
    std::array<std::int16_t, largest_body / 2> samples{};
    std::size_t count = 0;
    while (body.left() > 0) samples[count++] = static_cast<std::int16_t>(static_cast<std::uint16_t>(body.word(2)));
    heard += static_cast<std::uint32_t>(count);
    listener.hear(std::span<const std::int16_t>{samples}.first(count), [&](std::string_view text) {
      for (char letter : text) answer.byte(static_cast<std::uint8_t>(letter));
    });
    return Status::ok;
  }

  Listener& listener;
  FrameReader reader;
  BodyWriter<> answer;
  std::uint32_t heard = 0;  // samples
  std::uint8_t last_kind = 0, last_number = 0;
  bool answered = false;
};

}  // namespace nn::wire
