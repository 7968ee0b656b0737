// Device<Trainer, Means, Store>: the device's side of the messages (nn/wire/message.hpp): it learns from samples that come over
// the wire, sends its image, takes another over, stores it. It holds one sample, one frame each way, and refers to the rest.
//
//   nn::wire::Device device{trainer, normalization, store, "board", "core"};
//   device.take(byte, put);                 every byte that comes; put(std::uint8_t) sends one
//   if (device.wants_reset()) …
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "nn/crc.hpp"
#include "nn/normalization.hpp"
#include "nn/number/bits.hpp"
#include "nn/store/save.hpp"
#include "nn/store/training_image.hpp"
#include "nn/training_plan.hpp"
#include "nn/wire/frame.hpp"
#include "nn/wire/message.hpp"

namespace nn::wire {

template <class Trainer, std::size_t Means, class Store>
class Device {
  using Topology = typename NetOf<Trainer>::type;
  using Number = typename Topology::InputNumber;
  static constexpr bool by_class = std::is_same_v<typename Trainer::Target, std::size_t>;
  static constexpr std::size_t classes = Topology::outputs == 1 ? 2 : Topology::outputs;

 public:
  // Goes on from the newest image of the store, if that is good.
  constexpr Device(Trainer& learner, const Normalization<Means>& inputs, Store& images, std::string_view board_name,
                   std::string_view core_name)
      : trainer{learner}, normalization{inputs}, store{images}, board{board_name}, core{core_name} {
    auto whole = image();
    static_cast<void>(load(store, whole));
  }

  constexpr void take(std::uint8_t byte, auto&& put) {
    if (reader.take(byte) != Received::frame) return;
    const auto answer = [&](const auto& body) {
      write_frame(put, static_cast<std::uint8_t>(reader.kind() | answers), reader.number(), body.body());
    };
    const bool repeated = answered && reader.kind() == last_kind && reader.number() == last_number;
    BodyReader body{reader.body()};
    switch (static_cast<Kind>(reader.kind())) {
      case Kind::describe: return describe(answer);
      case Kind::send: return send(body, answer);
      default: break;
    }
    if (!repeated) {
      last.clear();
      last.byte(0);
      const Status status = handle(static_cast<Kind>(reader.kind()), body);
      last.set(0, static_cast<std::uint8_t>(status));
      last_kind = reader.kind();
      last_number = reader.number();
      answered = true;
    }
    answer(last);
  }

  constexpr bool wants_reset() const { return reset; }

  // What the store must take.
  static constexpr std::size_t image_bytes(Trainer& trainer) {
    constexpr Normalization<Means> any{};
    std::uint32_t steps = 0;
    return TrainingImage{trainer, any, steps}.size();
  }

 private:
  constexpr auto image() { return TrainingImage{trainer, normalization, steps}; }

  constexpr Status handle(Kind kind, BodyReader& body) {
    switch (kind) {
      case Kind::learn: return learn(body);
      case Kind::classify: return classify(body);
      case Kind::begin: return begin(body);
      case Kind::take: return take_part(body);
      case Kind::end: return body.whole() ? end() : Status::malformed;
      case Kind::keep: return body.whole() ? keep() : Status::malformed;
      case Kind::reset:
        if (!body.whole()) return Status::malformed;
        reset = true;
        return Status::ok;
      case Kind::erase:
        if (!body.whole()) return Status::malformed;
        return store.erase() == StoreStatus::ok ? Status::ok : Status::store_failed;
      default: return Status::unknown_request;
    }
  }

  // A host begins with it, and may count from anywhere.
  constexpr void describe(auto& answer) {
    answered = false;
    const Record newest = store.newest();
    BodyWriter<> body;
    body.byte(static_cast<std::uint8_t>(Status::ok));
    body.byte(protocol);
    body.word(Topology::fingerprint, 8);
    for (std::size_t number : {Topology::inputs, classes, image().size(), sizeof trainer, std::size_t{steps},
                               std::size_t{trainer.refused()}, std::size_t{newest.length}, std::size_t{newest.sequence}})
      body.word(number, 4);
    for (std::string_view text : {board, core, std::string_view{Topology::Arithmetic::name}}) body.text(text);
    answer(body);
  }

  // The values of a sample; Status::ok with complete false if more are to come.
  constexpr Status fill(BodyReader& body) {
    complete = false;
    label = static_cast<std::size_t>(body.word(2));
    const std::size_t first = body.word32();
    const auto form = static_cast<std::size_t>(body.word(1));
    if (body.short_of() || (form != 1 && form != 4) || body.left() % form != 0 || body.left() == 0) return Status::malformed;
    if (first == 0) {
      filled = 0;
      sound = true;
    }
    const std::size_t count = body.left() / form;
    if (first != filled || count > Topology::inputs - filled) return Status::wrong_order;
    for (std::size_t k = 0; k < count; ++k, ++filled) {
      const float raw = form == 1 ? static_cast<float>(body.word(1)) : body.number();
      const std::size_t n = Means == 1 ? 0 : filled;
      const float x = (raw - normalization.mean[n]) * normalization.scale[n];
      if (Bits<float>::is_finite(x)) sample[filled] = number<Number>(x);
      else sound = false;
    }
    complete = filled == Topology::inputs;
    if (complete) filled = 0;
    return complete && !sound ? Status::refused : Status::ok;
  }

  constexpr Status learn(BodyReader& body) {
    if (const Status status = fill(body); status != Status::ok || !complete) return status;
    if (label >= classes) return Status::no_class;
    const std::uint32_t before = trainer.refused();
    const auto loss = static_cast<float>(trainer.step(sample, target()));
    if (trainer.refused() != before) return Status::refused;
    ++steps;
    last.word(trainer.decided(), 2);
    last.number(loss);
    return Status::ok;
  }

  constexpr Status classify(BodyReader& body) {
    if (const Status status = fill(body); status != Status::ok || !complete) return status;
    last.word(trainer.decide(sample), 2);
    return Status::ok;
  }

  constexpr auto target() {
    if constexpr (by_class) {
      return label;
    } else {
      values = {};
      if (Topology::outputs > 1 || label == 1) values[Topology::outputs == 1 ? 0 : label] = number<typename Trainer::Value>(1.0f);
      return typename Trainer::Target{values};
    }
  }

  // The image from `from` on, at most so many bytes of it, in frames of 128.
  constexpr void send(BodyReader& body, auto& answer) {
    const std::size_t from = body.word32(), count = body.word32();
    BodyWriter<5 + 128> part;
    const auto open = [&](Status status, std::size_t at) {
      part.clear();
      part.byte(static_cast<std::uint8_t>(status));
      part.word(at, 4);
    };
    Status status = body.whole() ? Status::ok : Status::malformed;
    std::size_t at = 0;
    open(Status::ok, from);
    if (status == Status::ok) {
      const ImageStatus written = image().write([&](std::byte byte) {
        if (at >= from && at - from < count) {
          part.byte(std::to_integer<std::uint8_t>(byte));
          if (part.full()) {
            answer(part);
            open(Status::ok, at + 1);
          }
        }
        ++at;
      });
      if (written != ImageStatus::ok) status = Status::refused;
    }
    if (part.body().size() > 5) answer(part);
    open(status, at);
    answer(part);
  }

  constexpr Status begin(BodyReader& body) {
    expected = 0;
    const std::size_t bytes = body.word32();
    const std::uint32_t magic = body.word32(), version = body.word32();
    const std::uint64_t fingerprint = body.word(8);
    const std::size_t payload = body.word32();
    if (!body.whole()) return Status::malformed;
    using namespace image_format;
    if (magic != image_format::magic) return Status::not_an_image;
    if (version != version_of_weights && version != version_of_training) return Status::other_version;
    if (fingerprint != Topology::fingerprint) return Status::other_network;
    if (bytes > largest_image() || bytes < header + 8 || payload != bytes - header - image_format::end) return Status::other_size;
    const StoreStatus status = store.begin();
    if (status == StoreStatus::too_large) return Status::no_store;
    if (status != StoreStatus::ok) return Status::store_failed;
    expected = bytes;
    there = 0;
    crc = {};
    tail = 0;
    return Status::ok;
  }

  // One of weights alone may have a normalization that this device does without.
  constexpr std::size_t largest_image() {
    return std::max(image().size(), Image<Topology>::size(static_cast<std::uint32_t>(Means)));
  }

  constexpr Status take_part(BodyReader& body) {
    const std::size_t offset = body.word32();
    if (body.short_of()) return Status::malformed;
    if (expected == 0 || offset != there || body.left() > expected - there) return Status::wrong_order;
    for (std::uint8_t byte : body.bytes(body.left())) {
      if (store.append(std::byte{byte}) != StoreStatus::ok) {
        expected = 0;
        return Status::store_failed;
      }
      if (there < expected - 4) crc.add(byte);
      tail = tail >> 8 | std::uint32_t{byte} << 24;
      ++there;
    }
    last.word(there, 4);
    return Status::ok;
  }

  constexpr Status end() {
    if (expected == 0 || there != expected) return Status::wrong_order;
    expected = 0;
    if (crc.value() != tail) return Status::damaged;
    if (store.commit() != StoreStatus::ok) return Status::store_failed;
    const Record record = store.newest();
    auto whole = image();
    const auto from = [&](std::size_t at, std::span<std::byte> to) { return store.read(record, at, to); };
    const ImageStatus status = whole.read(from, record.length);
    if (status == ImageStatus::ok) return Status::ok;
    // What cannot be gone on with must not be the newest.
    last.byte(static_cast<std::uint8_t>(status));
    const Status kept = keep();
    return kept == Status::ok ? Status::not_taken : kept;
  }

  [[gnu::noinline]] constexpr Status keep() {
    expected = 0;
    const StoreStatus status = save(store, image());
    return status == StoreStatus::ok ? Status::ok : status == StoreStatus::too_large ? Status::no_store : Status::store_failed;
  }

  struct Last : BodyWriter<16> {
    constexpr void set(std::size_t place, std::uint8_t value) { this->data[place] = value; }
  };

  Trainer& trainer;
  const Normalization<Means>& normalization;
  Store& store;
  std::string_view board, core;
  FrameReader reader;
  Last last;  // answer
  std::uint8_t last_kind = 0, last_number = 0;
  bool answered = false, complete = false, sound = true, reset = false;
  std::uint32_t steps = 0;
  std::size_t label = 0, filled = 0;
  typename Topology::Input sample{};
  struct NoValues {};
  [[no_unique_address]] std::conditional_t<by_class, NoValues, std::array<typename Trainer::Value, Topology::outputs>> values{};
  std::size_t expected = 0, there = 0;  // bytes of an image on its way
  Crc32 crc;
  std::uint32_t tail = 0;
};

}  // namespace nn::wire
