#include "tools/device/client.hpp"

#include <algorithm>
#include <cmath>

#include "nn/store/image_status.hpp"
#include "tools/data/failure.hpp"

namespace tools {

using nn::wire::BodyReader;
using nn::wire::BodyWriter;
using nn::wire::Received;
using nn::wire::Status;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t values_in_a_message = 240;

std::string sentence(Status status) { return std::string{nn::wire::describe(status)}; }

}  // namespace

void Client::send(Kind kind, std::span<const std::uint8_t> body) {
  std::vector<std::uint8_t> bytes;
  nn::wire::write_frame([&](std::uint8_t byte) { bytes.push_back(byte); }, static_cast<std::uint8_t>(kind), number, body);
  wire.write(bytes);
}

// The next answer to the request with this number.
std::optional<Client::Bytes> Client::receive(Kind kind, std::chrono::milliseconds wait) {
  const auto until = Clock::now() + wait;
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now());
    const auto byte = wire.read(std::max(left, std::chrono::milliseconds{0}));
    if (!byte && Clock::now() >= until) return std::nullopt;
    if (!byte) continue;
    if (*byte != 0 && text.size() < 400) text += static_cast<char>(*byte);
    const Received received = reader.take(*byte);
    if (received == Received::damaged) ++damaged;
    if (received != Received::frame) continue;
    text.clear();
    if (reader.kind() != (static_cast<std::uint8_t>(kind) | nn::wire::answers) || reader.number() != number ||
        reader.body().empty())
      continue;
    return Bytes(reader.body().begin(), reader.body().end());
  }
}

Client::Bytes Client::ask(Kind kind, std::span<const std::uint8_t> body, int tries_a_wait) {
  ++number;
  for (int i = 0; i < 5 * tries_a_wait; ++i) {
    if (i > 0) ++repeated;
    send(kind, body);
    if (auto answer = receive(kind, patience / tries_a_wait)) return *answer;
  }
  no_answer();
}

void Client::no_answer() {
  std::string shown;
  for (char letter : text)
    if (letter >= ' ' && letter < 127) shown += letter;
    else if (letter == '\n' && !shown.empty()) break;
  const std::string wait = std::to_string(5 * patience.count()) + " ms";
  if (shown.size() >= 4) throw Failure{label + ": something else writes on the line (\"" + shown.substr(0, 60) + "\"); "
      "expected a program that serves, such as firmware/serve, and the right --baud"};
  if (!text.empty()) throw Failure{label + ": what comes is no frame for " + wait + "; "
      "expected the right --baud, and a program that serves, such as firmware/serve"};
  throw Failure{label + ": no answer within " + wait + "; "
      "expected a program that serves, such as firmware/serve, or a longer --wait"};
}

Description Client::describe() {
  const Bytes answer = ask(Kind::describe, {}, 8);  // a board that starts has not heard the first
  BodyReader body{answer};
  const auto status = static_cast<Status>(body.word(1));
  const auto protocol = body.word(1);
  if (status == Status::ok && protocol != nn::wire::protocol)
    throw Failure{label + ": speaks version " + std::to_string(protocol) + " of the protocol; "
        "expected version " + std::to_string(nn::wire::protocol)};
  Description found{};
  found.fingerprint = body.word(8);
  for (std::size_t* to : {&found.inputs, &found.classes, &found.image_bytes, &found.trainer_bytes, &found.steps, &found.refused,
                          &found.stored_bytes, &found.stored})
    *to = body.word32();
  for (std::string* to : {&found.board, &found.core, &found.arithmetic})
    for (std::uint8_t letter : body.bytes(static_cast<std::size_t>(body.word(1))))
      *to += letter >= ' ' && letter < 127 ? static_cast<char>(letter) : '?';
  constexpr std::size_t most = std::size_t{1} << 28;
  if (status != Status::ok || !body.whole() || found.inputs == 0 || found.inputs > most || found.classes < 2 ||
      found.classes > 65'536 || found.image_bytes > most)
    throw Failure{label + ": describes itself as nothing known here; expected a program of the same version"};
  return found;
}

Client::Bytes Client::fill(Kind kind, std::span<const float> values, std::size_t target) {
  const bool bytes = std::all_of(values.begin(), values.end(),
                                 [](float value) { return value >= 0 && value <= 255 && value == std::floor(value); });
  const std::size_t form = bytes ? 1 : 4, each = values_in_a_message / form;
  Bytes answer;
  for (std::size_t first = 0; first < values.size(); first += each) {
    BodyWriter<> body;
    body.word(target, 2);
    body.word(first, 4);
    body.word(form, 1);
    for (float value : values.subspan(first, std::min(each, values.size() - first))) {
      if (bytes) body.byte(static_cast<std::uint8_t>(value));
      else body.number(value);
    }
    answer = ask(kind, body.body());
    if (answer[0] != 0) return answer;
  }
  return answer;
}

Learnt Client::learn(std::span<const float> values, std::size_t target) {
  const Bytes answer = fill(Kind::learn, values, target);
  BodyReader body{answer};
  Learnt learnt{static_cast<Status>(body.word(1)), static_cast<std::size_t>(body.word(2)), body.number()};
  if (learnt.status == Status::no_class || learnt.status == Status::refused) return learnt;
  if (learnt.status != Status::ok) throw Failure{label + ": " + sentence(learnt.status)};
  if (!body.whole()) throw Failure{label + ": an answer of another length; expected a program of the same version"};
  return learnt;
}

std::size_t Client::classify(std::span<const float> values) {
  const Bytes answer = fill(Kind::classify, values, 0);
  BodyReader body{answer};
  const auto status = static_cast<Status>(body.word(1));
  const auto decided = static_cast<std::size_t>(body.word(2));
  if (status != Status::ok) throw Failure{label + ": " + sentence(status)};
  if (!body.whole()) throw Failure{label + ": an answer of another length; expected a program of the same version"};
  return decided;
}

std::string Client::image(std::size_t bytes, const std::function<void(std::size_t)>& progress) {
  std::string image(bytes, '\0');
  std::vector<bool> known(bytes, false);
  std::size_t count = 0;
  for (int tries = 0; count < bytes; ++tries) {
    if (tries == 20) no_answer();
    if (tries > 0) ++repeated;
    const auto from = static_cast<std::size_t>(std::find(known.begin(), known.end(), false) - known.begin());
    const auto to =
        static_cast<std::size_t>(std::find(known.begin() + static_cast<std::ptrdiff_t>(from), known.end(), true) - known.begin());
    BodyWriter<> request;
    request.word(from, 4);
    request.word(to - from, 4);
    ++number;
    send(Kind::send, request.body());
    const std::size_t before = count;
    while (const auto answer = receive(Kind::send, patience)) {
      BodyReader body{*answer};
      const auto status = static_cast<Status>(body.word(1));
      if (status != Status::ok)
        throw Failure{label + ": its image cannot be sent, " +
                      (status == Status::refused ? "for a parameter is not finite" : sentence(status))};
      const std::size_t at = body.word32();
      const auto part = body.bytes(body.left());
      if (part.empty()) {
        if (!body.short_of() && at != bytes) throw Failure{label + ": its image has " + std::to_string(at) + " bytes; "
            "expected the " + std::to_string(bytes) + " that it told of"};
        break;
      }
      if (at > bytes || part.size() > bytes - at) continue;
      for (std::size_t k = 0; k < part.size(); ++k) {
        image[at + k] = static_cast<char>(part[k]);
        if (!known[at + k]) ++count;
        known[at + k] = true;
      }
      progress(count);
    }
    if (count > before) tries = 0;
  }
  return image;
}

void Client::load(const std::string& file, std::string_view bytes, const std::function<void(std::size_t)>& progress) {
  const auto refuse = [&](const Bytes& answer, const std::string& wrong) {
    const auto status = static_cast<Status>(answer[0]);
    if (status == Status::ok) return;
    const std::string why = status == Status::not_taken && answer.size() > 1
                                ? std::string{nn::describe(static_cast<nn::ImageStatus>(answer[1]))}
                                : sentence(status);
    throw Failure{file + ": " + wrong + label + ": " + why};
  };
  BodyWriter<> header;
  header.word(bytes.size(), 4);
  for (char byte : bytes.substr(0, 20)) header.byte(static_cast<std::uint8_t>(byte));
  refuse(ask(Kind::begin, header.body()), "is not for ");
  for (std::size_t at = 0; at < bytes.size();) {
    BodyWriter<> body;
    body.word(at, 4);
    const auto part = bytes.substr(at, values_in_a_message);
    for (char byte : part) body.byte(static_cast<std::uint8_t>(byte));
    refuse(ask(Kind::take, body.body()), "was not taken over by ");
    at += part.size();
    progress(at);
  }
  refuse(ask(Kind::end, {}), "was not taken over by ");
}

std::string Client::hear(std::size_t first, std::uint32_t rate, std::span<const std::int16_t> samples) {
  BodyWriter<> body;
  body.word(first, 4);
  body.word(rate, 4);
  for (std::int16_t sample : samples) body.word(static_cast<std::uint16_t>(sample), 2);
  const Bytes answer = ask(Kind::hear, body.body());
  if (answer[0] != 0) throw Failure{label + ": " + sentence(static_cast<Status>(answer[0]))};
  return {answer.begin() + 1, answer.end()};
}

void Client::plain(Kind kind, const std::string& wrong) {
  const Bytes answer = ask(kind, {});
  if (answer[0] != 0) throw Failure{label + ": " + wrong + ": " + sentence(static_cast<Status>(answer[0]))};
}

}  // namespace tools
