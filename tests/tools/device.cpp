// The host's and the device's side of the wire together, over a line that loses and changes bytes: what is learnt, saved and
// loaded has the bits that it has without a line.
#include <deque>
#include <memory>
#include <string>

#include "expect.hpp"
#include "tools/data/failure.hpp"
#include "tools/device/client.hpp"
#include "wired.hpp"

namespace {

using Bytes = std::span<const std::uint8_t>;

struct Noisy {
  wired::Board board;
  std::deque<std::uint8_t> coming;
  nn::Random random{1};
  std::uint32_t rarity;  // of losses: one byte in so many; 0: none

  explicit Noisy(std::uint32_t one_in) : rarity{one_in} {}

  // As it arrives.
  void pass(std::uint8_t byte, auto&& to) {
    if (rarity != 0 && random.below(rarity) == 0) {
      if (random.below(2) == 0) return;
      byte = static_cast<std::uint8_t>(byte ^ 1u << random.below(8));
    }
    to(byte);
  }
  tools::Wire wire() {
    return {[this](Bytes bytes) {
              for (std::uint8_t byte : bytes)
                pass(byte, [this](std::uint8_t heard) {
                  board.device.take(
                      heard, [this](std::uint8_t sent) { pass(sent, [this](std::uint8_t back) { coming.push_back(back); }); });
                });
            },
            [this](std::chrono::milliseconds) -> std::optional<std::uint8_t> {
              if (coming.empty()) return std::nullopt;
              const std::uint8_t byte = coming.front();
              coming.pop_front();
              return byte;
            }};
  }
};

constexpr std::chrono::milliseconds at_once{0};

std::string told(auto&& what) {
  try {
    what();
  } catch (const tools::Failure& failure) {
    return failure.what();
  }
  return "";
}

std::array<float, 7> values(nn::Random& random, bool whole) {
  std::array<float, 7> x{};
  for (float& value : x) value = whole ? static_cast<float>(random.below(9)) : 4 * random.uniform() - 1;
  return x;
}

// Learns from 300 samples over the line, and without one.
void the_same_bits(std::uint32_t rarity) {
  auto noisy = std::make_unique<Noisy>(rarity);
  tools::Client client{noisy->wire(), "line", at_once};
  const tools::Description found = client.describe();
  expect(found.inputs == 7 && found.classes == 3 && found.fingerprint == wired::Net::fingerprint && found.board == "test" &&
         found.arithmetic == "float");

  wired::Trainer twin{wired::settings, nn::at_run_time(1)};
  nn::Random random{2};
  for (int i = 0; i < 300; ++i) {
    const auto raw = values(random, i % 2 == 0);
    const std::size_t label = random.below(3);
    const auto x = nn::normalized(wired::normalization, std::span<const float, 7>{raw});
    const std::size_t decided = twin.decide(x);
    const float loss = twin.step(x, label);
    const tools::Learnt learnt = client.learn(raw, label);
    expect(learnt.status == nn::wire::Status::ok && learnt.loss == loss && learnt.decided == decided);
    expect(client.classify(raw) == twin.decide(x));
  }
  expect(nn::checksum(noisy->board.trainer.parameters) == nn::checksum(twin.parameters));

  std::size_t told_of = 0;
  const std::string image = client.image(found.image_bytes, [&](std::size_t bytes) { told_of = bytes; });
  expect(told_of == image.size());
  client.keep();
  expect(client.describe().stored == 1 && client.describe().stored_bytes == image.size() && client.describe().steps == 300);

  // Further steps, then back to the image; it goes on with the same bits.
  const auto x = values(random, true);
  const float next = client.learn(x, 1).loss;
  client.load("file", image, [](std::size_t) {});
  expect(nn::checksum(noisy->board.trainer.parameters) == nn::checksum(twin.parameters));
  expect(client.learn(x, 1).loss == next);
  client.erase();
  expect(client.describe().stored == 0);
  expect((rarity == 0) == (client.damaged_frames() + client.repeated_requests() == 0));
}

void refusals() {
  auto quiet = std::make_unique<Noisy>(0);
  tools::Client client{quiet->wire(), "line", at_once};
  const tools::Description found = client.describe();
  const std::string image = client.image(found.image_bytes, [](std::size_t) {});
  const std::uint32_t before = nn::checksum(quiet->board.trainer.parameters);
  const auto load = [&](const std::string& bytes) { return told([&] { client.load("file", bytes, [](std::size_t) {}); }); };

  std::string other = image;
  other[9] = static_cast<char>(other[9] ^ 1);
  expect(load(other) == "file: is not for line: an image made for another network");
  other = image;
  other[100] = static_cast<char>(other[100] ^ 1);
  expect(load(other).starts_with("file: was not taken over by line: a damaged image"));
  expect(load(image.substr(0, image.size() - 1)).find("not as long as it says") != std::string::npos);
  expect(nn::checksum(quiet->board.trainer.parameters) == before && client.describe().stored == 0);

  // Whole, and with its CRC, but with another optimizer's moments: what was there stays, and is what serves after a reset.
  other = image;
  const std::size_t kind = image.find(std::string{"\3\0\1\0", 4});
  other[kind + 4] = static_cast<char>(other[kind + 4] ^ 1);
  nn::Crc32 crc;
  for (std::size_t i = 0; i + 4 < other.size(); ++i) crc.add(static_cast<std::uint8_t>(other[i]));
  for (std::size_t k = 0; k < 4; ++k) other[other.size() - 4 + k] = static_cast<char>(crc.value() >> (8 * k));
  expect(load(other) == "file: was not taken over by line: learnt with another optimizer; expected this program's");
  expect(nn::checksum(quiet->board.trainer.parameters) == before);
  wired::Trainer fresh{wired::settings, nn::at_run_time(9)};
  wired::Device restarted{fresh, wired::normalization, quiet->board.store, "test", "none"};
  expect(nn::checksum(fresh.parameters) == before);
}

void other_lines() {
  const auto silent = [](std::string what) {
    auto text = std::make_shared<std::string>(std::move(what));
    return tools::Wire{[](Bytes) {}, [text](std::chrono::milliseconds) -> std::optional<std::uint8_t> {
                         if (text->empty()) return std::nullopt;
                         const auto byte = static_cast<std::uint8_t>(text->front());
                         text->erase(0, 1);
                         return byte;
                       }};
  };
  const auto answer = [&](std::string what) {
    tools::Client client{silent(std::move(what)), "line", at_once};
    return told([&] { client.describe(); });
  };
  expect(answer("").starts_with("line: no answer within 0 ms; expected a program that serves"));
  expect(answer("epoch 1/8  training loss 2.1\n")
             .starts_with("line: something else writes on the line (\"epoch 1/8  training loss 2.1\"); expected"));
  expect(answer("\xf8\x80\xfe\x01\x80").starts_with("line: what comes is no frame"));
}

}  // namespace

int main() {
  the_same_bits(0);
  the_same_bits(1000);
  the_same_bits(5000);
  refusals();
  other_lines();
  return expectations_failed();
}
