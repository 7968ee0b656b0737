// Frames and the device's side of the messages: what is sent arrives, what is damaged costs one frame, and no bytes whatever do
// harm.
#include <array>
#include <span>

#include "expect.hpp"
#include "wired.hpp"

namespace {

using nn::wire::Kind;
using nn::wire::Received;
using nn::wire::Status;

constexpr std::size_t longest = nn::wire::largest_body + 6 + 5;

// A frame as it goes over the line.
struct Line {
  std::array<std::uint8_t, longest> bytes{};
  std::size_t size = 0;
  constexpr void operator()(std::uint8_t byte) { bytes[size++] = byte; }
};

constexpr Line framed(std::uint8_t kind, std::uint8_t number, std::span<const std::uint8_t> body) {
  Line line;
  nn::wire::write_frame([&](std::uint8_t byte) { line(byte); }, kind, number, body);
  return line;
}

constexpr Received taken(nn::wire::FrameReader& reader, std::span<const std::uint8_t> bytes) {
  Received last = Received::nothing;
  for (std::uint8_t byte : bytes)
    if (const Received received = reader.take(byte); received != Received::nothing) last = received;
  return last;
}

constexpr std::array<std::uint8_t, 1> zero{0};
static_assert(framed(1, 2, zero).size == 1 + 9);
// a run of two
static_assert(framed(1, 2, zero).bytes[1] == 3 && framed(1, 2, zero).bytes[2] == 1 && framed(1, 2, zero).bytes[3] == 2);
// and of four
static_assert(framed(1, 2, zero).bytes[4] == 5 && framed(1, 2, zero).bytes[9] == 0);

void every_length() {
  nn::Random random{1};
  std::array<std::uint8_t, nn::wire::largest_body> body{};
  nn::wire::FrameReader reader;
  for (std::size_t size = 0; size <= body.size(); ++size)
    for (std::uint32_t zeros : {0u, 2u, 255u}) {
      for (std::uint8_t& byte : body)
        byte = random.below(256) < zeros ? std::uint8_t{0} : static_cast<std::uint8_t>(1 + random.below(255));
      const Line line = framed(static_cast<std::uint8_t>(size), 7, std::span{body}.first(size));
      for (std::size_t k = 1; k + 1 < line.size; ++k) expect(line.bytes[k] != 0);
      expect(taken(reader, std::span{line.bytes}.first(line.size)) == Received::frame);
      expect(reader.kind() == static_cast<std::uint8_t>(size) && reader.number() == 7 && reader.body().size() == size);
      expect(std::equal(reader.body().begin(), reader.body().end(), body.begin()));
    }
}

// A bit flipped, a byte lost or put in: the frame is damaged, the next is good.
void damaged_frames() {
  std::array<std::uint8_t, 40> body{};
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<std::uint8_t>(i % 7 * 40);
  const Line line = framed(3, 4, body);
  const auto good = std::span{line.bytes}.first(line.size);
  nn::wire::FrameReader reader;
  for (std::size_t at = 1; at + 1 < line.size; ++at)
    for (int change = 0; change < 10; ++change) {
      Line other;
      for (std::size_t k = 0; k < line.size; ++k) {
        if (k == at && change == 8) continue;
        if (k == at && change == 9) other(0xa5);
        other(static_cast<std::uint8_t>(k == at && change < 8 ? line.bytes[k] ^ 1u << change : line.bytes[k]));
      }
      expect(taken(reader, std::span{other.bytes}.first(other.size)) == Received::damaged);
      expect(taken(reader, good) == Received::frame);
    }
  for (int i = 0; i < 1000; ++i) expect(reader.take(0x55) == Received::nothing);  // longer than any frame
  expect(reader.take(0) == Received::damaged);
  expect(taken(reader, good) == Received::frame);
}

struct Session {
  wired::Board board;
  nn::wire::FrameReader reader;
  std::size_t answers = 0;

  void bytes(std::span<const std::uint8_t> line) {
    for (std::uint8_t byte : line)
      board.device.take(byte, [&](std::uint8_t sent) { answers += reader.take(sent) == Received::frame ? 1u : 0u; });
  }
  Status ask(Kind kind, std::uint8_t number, std::span<const std::uint8_t> body) {
    const Line line = framed(static_cast<std::uint8_t>(kind), number, body);
    const std::size_t before = answers;
    bytes(std::span{line.bytes}.first(line.size));
    expect(answers > before && reader.number() == number);
    return static_cast<Status>(reader.body()[0]);
  }
};

// Label 2, from the first value on, bytes.
constexpr std::array<std::uint8_t, 14> sample{2, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7};

void repetitions_count_once() {
  static Session session;
  expect(session.ask(Kind::learn, 1, sample) == Status::ok);
  const std::uint32_t once = nn::checksum(session.board.trainer.parameters);
  expect(session.ask(Kind::learn, 1, sample) == Status::ok);
  expect(nn::checksum(session.board.trainer.parameters) == once);
  expect(session.ask(Kind::learn, 2, sample) == Status::ok);
  expect(nn::checksum(session.board.trainer.parameters) != once);
}

void refusals() {
  static Session session;
  const std::uint32_t before = nn::checksum(session.board.trainer.parameters);
  auto other = sample;
  other[0] = 3;
  expect(session.ask(Kind::learn, 1, other) == Status::no_class);
  other = sample;
  other[2] = 1;
  expect(session.ask(Kind::learn, 2, other) == Status::wrong_order);
  other = sample;
  other[6] = 3;
  expect(session.ask(Kind::learn, 3, other) == Status::malformed);
  std::array<std::uint8_t, 7 + 28> floats{0, 0, 0, 0, 0, 0, 4};
  floats[7 + 2] = 0x80;
  floats[7 + 3] = 0x7f;  // an infinity
  expect(session.ask(Kind::learn, 4, floats) == Status::refused);
  expect(session.ask(Kind::learn, 5, std::span{sample}.first(6)) == Status::malformed);
  expect(session.ask(Kind{99}, 6, {}) == Status::unknown_request);
  expect(session.ask(Kind::take, 7, std::span{sample}.first(5)) == Status::wrong_order);
  expect(session.ask(Kind::end, 8, {}) == Status::wrong_order);
  std::array<std::uint8_t, 24> header{0, 1, 0, 0, 'G', 'N', 'G', 'L', 2};
  expect(session.ask(Kind::begin, 9, header) == Status::other_network);
  header[8] = 3;
  expect(session.ask(Kind::begin, 10, header) == Status::other_version);
  header[4] = 'X';
  expect(session.ask(Kind::begin, 11, header) == Status::not_an_image);
  expect(nn::checksum(session.board.trainer.parameters) == before);
  expect(session.ask(Kind::classify, 12, sample) == Status::ok);
}

// Noise, and requests of every kind with bodies of any bytes.
void noise() {
  static Session session;
  nn::Random random{8};
  for (int i = 0; i < 20'000; ++i) {
    const auto byte = static_cast<std::uint8_t>(random.next());
    session.bytes(std::array{byte});
  }
  std::array<std::uint8_t, 64> body{};
  for (int i = 0; i < 2'000; ++i) {
    for (std::uint8_t& byte : body) byte = static_cast<std::uint8_t>(random.below(3) == 0 ? random.next() : random.below(9));
    const auto kind = static_cast<std::uint8_t>(random.below(12));
    session.ask(Kind{kind}, static_cast<std::uint8_t>(i), std::span{body}.first(random.below(65)));
    expect(nn::is_finite(session.board.trainer.parameters));
  }
  expect(session.ask(Kind::describe, 1, {}) == Status::ok);
}

}  // namespace

int main() {
  every_length();
  damaged_frames();
  repetitions_count_once();
  refusals();
  noise();
  return expectations_failed();
}
