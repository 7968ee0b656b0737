// Client: the host's side of the messages (nn/wire/message.hpp), over any line. What is lost or damaged is asked for again.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "nn/wire/message.hpp"

namespace tools {

// Bytes out, and in: nothing if none comes in time.
struct Wire {
  std::function<void(std::span<const std::uint8_t>)> write;
  std::function<std::optional<std::uint8_t>(std::chrono::milliseconds)> read;
};

struct Description {
  std::uint64_t fingerprint;
  std::size_t inputs, classes, image_bytes, trainer_bytes, steps, refused, stored_bytes, stored;
  std::string board, core, arithmetic;
};

struct Learnt {
  nn::wire::Status status;
  std::size_t decided;
  float loss;
};

class Client {
 public:
  Client(Wire bytes, std::string name, std::chrono::milliseconds wait)
      : wire{std::move(bytes)}, label{std::move(name)}, patience{wait} {}

  // Throws Failure if nothing, or nothing of this protocol, answers.
  Description describe();

  Learnt learn(std::span<const float> values, std::size_t label);
  std::size_t classify(std::span<const float> values);

  // `progress` is told how many bytes there are.
  std::string image(std::size_t bytes, const std::function<void(std::size_t)>& progress);
  void load(const std::string& file, std::string_view bytes, const std::function<void(std::size_t)>& progress);

  // What the device says of these samples, the first of which is sample `first` of a sound.
  std::string hear(std::size_t first, std::uint32_t rate, std::span<const std::int16_t> samples);

  void keep() { plain(nn::wire::Kind::keep, "what was learnt could not be stored"); }
  void erase() { plain(nn::wire::Kind::erase, "what is stored could not be erased"); }
  void reset() { plain(nn::wire::Kind::reset, "the device was not reset"); }

  std::size_t damaged_frames() const { return damaged; }
  std::size_t repeated_requests() const { return repeated; }

 private:
  using Kind = nn::wire::Kind;
  using Bytes = std::vector<std::uint8_t>;

  void send(Kind kind, std::span<const std::uint8_t> body);
  std::optional<Bytes> receive(Kind kind, std::chrono::milliseconds wait);
  // Asks five times, or so many times oftener in the same time.
  Bytes ask(Kind kind, std::span<const std::uint8_t> body, int tries_a_wait = 1);
  Bytes fill(Kind kind, std::span<const float> values, std::size_t label);
  void plain(Kind kind, const std::string& wrong);
  [[noreturn]] void no_answer();

  Wire wire;
  std::string label;
  std::chrono::milliseconds patience;
  nn::wire::FrameReader reader;
  std::uint8_t number = 0;
  std::string text;  // that came and was no frame
  std::size_t damaged = 0, repeated = 0;
};

}  // namespace tools
