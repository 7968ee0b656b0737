// What libFuzzer calls: any bytes on the line of a device, or of a host that asks, do no harm. The first byte says which side
// hears them. Then come pieces, each with a byte for its kind and one for its length: bytes as they are, or the body of a frame
// that is otherwise good, of which random bytes are none.
#include <cstdlib>
#include <deque>
#include <memory>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/device/client.hpp"
#include "wired.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::span<const std::uint8_t>;

// Hands the line's bytes to hear, in frames of this number where they are frames.
void line_of(Bytes data, std::uint8_t number, auto&& hear) {
  while (data.size() >= 2) {
    const std::uint8_t kind = data[0];
    const auto piece = data.subspan(2, std::min<std::size_t>(data[1], data.size() - 2));
    data = data.subspan(2 + piece.size());
    if (kind == 0x7f)
      for (std::uint8_t byte : piece) hear(byte);
    else
      nn::wire::write_frame(hear, kind, number++, piece);
  }
}

void device_hears(Bytes data) {
  auto board = std::make_unique<wired::Board>();
  nn::wire::FrameReader reader;
  line_of(data, 0,
          [&](std::uint8_t byte) { board->device.take(byte, [&](std::uint8_t sent) { static_cast<void>(reader.take(sent)); }); });
  if (!nn::is_finite(board->trainer.parameters)) std::abort();
}

// Every answer to a request has its number.
void host_hears(std::uint8_t asks, Bytes data) {
  nn::wire::FrameReader asked;
  std::deque<std::uint8_t> coming;
  tools::Client client{{[&](Bytes bytes) {
                          for (std::uint8_t byte : bytes)
                            if (asked.take(byte) == nn::wire::Received::frame)
                              while (data.size() >= 2) {
                                const auto piece = data.first(std::min<std::size_t>(2 + std::size_t{data[1]}, data.size()));
                                data = data.subspan(piece.size());
                                const bool more =
                                    piece[0] % 2 == 0;  // a piece of an even kind is followed by another for this request
                                line_of(piece, asked.number(), [&](std::uint8_t sent) { coming.push_back(sent); });
                                if (!more) break;
                              }
                        },
                        [&](std::chrono::milliseconds) -> std::optional<std::uint8_t> {
                          if (coming.empty()) return std::nullopt;
                          const std::uint8_t byte = coming.front();
                          coming.pop_front();
                          return byte;
                        }},
                       "fuzz", std::chrono::milliseconds{0}};
  constexpr std::array<float, 9> values{1, 2, 3, 4, 5, 6, 7, 8.5f, 9};
  try {
    switch (asks % 6) {
      case 0: client.describe(); break;
      case 1: client.learn(values, 1); break;
      case 2: client.classify(values); break;
      case 3:
        if (client.image(300, [](std::size_t) {}).size() != 300) std::abort();
        break;
      case 4: client.load("fuzz", std::string(500, 'G'), [](std::size_t) {}); break;
      default: client.keep();
    }
  } catch (const tools::Failure& failure) {
    if (!std::string_view{failure.what()}.starts_with("fuzz: ")) std::abort();
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  if (data[0] % 2 == 0) device_hears({data + 1, size - 1});
  else host_hears(data[0] / 2, {data + 1, size - 1});
  return 0;
}
