// Learns MNIST from images that a host streams to it, in float and in fixed point side by side: stream_mnist is the host.
#include "console.hpp"
#include "model.hpp"
#include "stream.hpp"

namespace {

constexpr std::uint32_t seed = 1;
constexpr nn::Normalization<1> normalization{{0}, {0x1.010102p-8f}};  // 1 / 255

// A network that learns from batches of any size, and how it did on the images that it was only asked about.
template <class Arithmetic>
struct Student {
  using Net = mnist::Net::As<Arithmetic>;
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Sgd, 2>;
  Trainer trainer{{.rate = 0.5f}, nn::at_run_time(seed)};
  float loss = 0;
  std::uint32_t right = 0;

  void learn(const mnist::Image& image) {
    const auto x =
        nn::normalized<typename Net::InputNumber>(normalization, std::span<const std::uint8_t, mnist::pixels>{image.pixel});
    loss += static_cast<float>(trainer.accumulate(x, image.label));
  }
  void test(const mnist::Image& image) {
    const auto x =
        nn::normalized<typename Net::InputNumber>(normalization, std::span<const std::uint8_t, mnist::pixels>{image.pixel});
    const auto result = trainer.evaluate(std::array{typename Trainer::Sample{x, image.label}});
    loss += result.loss;
    right += result.right;
  }
};

Student<float> real;
Student<nn::Fixed16> fixed;

// The bytes of a message, and what may be wrong with them.
struct Message {
  nn::Crc32 sum;
  bool ended = false;

  std::uint8_t get() {
    const auto c = console::read();
    ended = ended || !c;
    const auto byte = static_cast<std::uint8_t>(c.value_or(0));
    sum.add(byte);
    return byte;
  }
  bool arrived() {
    const std::uint32_t expected = sum.value();
    std::uint32_t found = 0;
    for (int k = 0; k < 4; ++k) found |= std::uint32_t{get()} << (8 * k);
    return !ended && found == expected;
  }
};

void print_result(std::string_view name, auto& student, std::uint32_t tested) {
  const auto count = static_cast<float>(tested);
  nn::print(console::write, nn::left(name, 8), "test loss ", nn::decimal(student.loss / count, 4), "  accuracy ",
            nn::decimal(100 * static_cast<float>(student.right) / count, 2), " % of ", tested, "  checksum ",
            nn::hex(nn::checksum(student.trainer.parameters)), '\n');
}

}  // namespace

int main() {
  std::uint32_t batches = 0;
  std::uint32_t tested = 0;
  for (;;) {
    console::write("next\n");
    Message message;
    const std::uint8_t kind = message.get();
    const std::uint8_t count = message.get();
    bool good = kind == 'L' || kind == 'T' || kind == 'E';
    static mnist::Image image;
    for (std::uint8_t k = 0; good && k < count; ++k) {
      good = mnist::read_image(image, [&] { return message.get(); });
      if (!good) break;
      if (kind == 'L') {
        real.learn(image);
        fixed.learn(image);
      } else {
        real.test(image);
        fixed.test(image);
      }
    }
    if (!good || !message.arrived()) {
      nn::print(console::write, "a message did not arrive as it was sent\n");
      return 1;
    }
    if (kind == 'L' && count > 0) {
      real.trainer.apply(count);
      fixed.trainer.apply(count);
      const float share = 1 / static_cast<float>(count);
      nn::print(console::write, "batch ", ++batches, "  loss ", nn::decimal(real.loss * share, 4), " in float, ",
                nn::decimal(fixed.loss * share, 4), " in fixed point\n");
      real.loss = fixed.loss = 0;
    }
    if (kind == 'T') tested += count;
    if (kind == 'E') {
      print_result("float", real, tested);
      print_result("Fixed16", fixed, tested);
      return 0;
    }
  }
}
