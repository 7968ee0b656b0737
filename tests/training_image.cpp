// Training that goes on from an image gives the same bits as training that never stopped, for every optimizer, with layers and
// arithmetics that draw at random; whatever is not a whole image of this training is refused and changes nothing.
#include <algorithm>
#include <array>
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Plain = nn::Network<float, nn::Input<6>, nn::Dense<8>, nn::Relu, nn::Dense<3>, nn::Softmax>;
using Dropped = nn::Network<float, nn::Input<6>, nn::Dense<8>, nn::Relu, nn::Dropout<30>, nn::Dense<3>, nn::Softmax>;
using Normed = nn::Network<float, nn::Input<6>, nn::Residual<nn::Dense<6>, nn::BatchNorm<>, nn::Tanh>, nn::Dense<3>, nn::Softmax>;
constexpr nn::Normalization<1> normalization{{0.25f}, {2}};

template <class Net, class Optimizer, std::size_t Batch>
struct Course {
  using Trainer = nn::Trainer<Net, nn::CrossEntropy, Optimizer, Batch>;
  Trainer trainer;
  std::uint32_t step = 0;
  nn::Random order{7};
  float loss = 0;

  explicit Course(const Optimizer& optimizer, std::uint32_t seed = 3) : trainer{optimizer, nn::at_run_time(seed)} {}

  const std::uint32_t length = 60;

  auto image() { return nn::TrainingImage{trainer, normalization, step, length, order, loss}; }

  typename Net::Input draw() {
    typename Net::Input x{};
    for (auto& number : x) number = nn::number<typename Net::InputNumber>(order.uniform() - 0.5f);
    return x;
  }

  [[gnu::noinline]] void go_on(std::uint32_t until) {
    const nn::Cosine schedule{.rate = 0.05f, .steps = 60, .final_rate = 0.01f};
    while (step < std::min(until, length)) {
      trainer.optimizer.rate = schedule(step++);
      if constexpr (Batch == 1) {
        const auto x = draw();
        loss += static_cast<float>(trainer.step(x, order.below(3)));
      } else {
        for (std::size_t k = 0; k < Batch; ++k) {
          const auto x = draw();
          loss += static_cast<float>(trainer.accumulate(x, order.below(3)));
        }
        trainer.apply(Batch);
      }
    }
  }
};

std::array<std::byte, 4096> image;

// Takes the bytes of an image, or compares them: one type, since each is compiled with the images of all networks.
struct Sink {
  std::byte* at = image.data();
  bool compares = false;
  bool same = true;

  void operator()(std::byte byte) {
    if (compares)
      same = same && *at == byte;
    else
      *at = byte;
    ++at;
  }
  std::size_t size() const { return static_cast<std::size_t>(at - image.data()); }
};

std::size_t write(auto& course) {
  Sink sink;
  expect(course.image().write(sink) == nn::ImageStatus::ok);
  return sink.size();
}

template <class Net, class Optimizer, std::size_t Batch = 1>
void same_bits(const Optimizer& optimizer) {
  Course<Net, Optimizer, Batch> whole{optimizer};
  whole.go_on(60);

  Course<Net, Optimizer, Batch> before{optimizer};
  before.go_on(23);
  const std::size_t size = before.image().size();
  expect(size <= image.size());
  expect(write(before) == size);
  before.go_on(60);

  // Of other settings, at another step: all of it comes from the image.
  Optimizer other = optimizer;
  other.rate = 1;
  Course<Net, Optimizer, Batch> after{other, 99};
  after.go_on(11);
  const auto bytes = std::span{image}.first(size);
  expect(after.image().read(nn::BytesOf{bytes}, size) == nn::ImageStatus::ok);
  expect(after.step == 23);
  after.go_on(60);
  for (auto* course : {&before, &after}) {
    expect_equal(nn::checksum(course->trainer.parameters), nn::checksum(whole.trainer.parameters));
    expect(nn::Bits<float>::of(course->loss) == nn::Bits<float>::of(whole.loss));
    expect(course->order.next() == nn::Random{whole.order}.next());
  }
  // And it is written as it was read.
  expect(after.image().read(nn::BytesOf{bytes}, size) == nn::ImageStatus::ok);
  Sink sink{.compares = true};
  expect(after.image().write(sink) == nn::ImageStatus::ok);
  expect(sink.same && sink.size() == size);

  // Weights alone are read from it, too.
  typename Net::Parameters parameters{};
  typename nn::Image<Net>::Normalizations means{};
  expect(after.image().read(nn::BytesOf{bytes}, size) == nn::ImageStatus::ok);
  expect(nn::Image<Net>::read(bytes, parameters, means) == nn::ImageStatus::ok);
  expect_equal(nn::checksum(parameters), nn::checksum(after.trainer.parameters));
  expect(means.count == 1 && means.mean[0] == 0.25f && means.scale[0] == 2);
}

using Learner = Course<Plain, nn::Adam, 1>;

nn::ImageStatus read(auto& course, std::size_t size) {
  return course.image().read(nn::BytesOf{std::span{image}.first(size)}, size);
}

// With a good CRC in the end.
void seal(std::size_t size) {
  nn::Crc32 crc;
  for (std::size_t k = 0; k < size - 4; ++k) crc.add(static_cast<std::uint8_t>(image[k]));
  for (std::size_t k = 0; k < 4; ++k) image[size - 4 + k] = static_cast<std::byte>(crc.value() >> 8 * k);
}

// Every bit and every length, on a small image; nothing of it is taken over.
void refuses_damage() {
  Learner from{nn::Adam{}};
  from.go_on(5);
  const std::size_t size = write(from);
  Learner to{nn::Adam{}, 4};
  const auto untouched = nn::checksum(to.trainer.parameters);
  for (std::size_t bit = 0; bit < 8 * size; ++bit) {
    image[bit / 8] ^= std::byte{1} << (bit % 8);
    expect(read(to, size) != nn::ImageStatus::ok);
    image[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  for (std::size_t shorter = 0; shorter < size; ++shorter) expect(read(to, shorter) != nn::ImageStatus::ok);
  expect(nn::checksum(to.trainer.parameters) == untouched && to.step == 0);
  expect(read(to, size) == nn::ImageStatus::ok);
}

// Where a field of this kind begins.
std::size_t field(std::size_t size, std::uint16_t kind) {
  const auto word = [](std::size_t at) {
    return std::to_integer<std::size_t>(image[at]) | std::to_integer<std::size_t>(image[at + 1]) << 8;
  };
  std::size_t at = 20;
  while (at + 16 < size && word(at) != kind) at += 12 + word(at + 8);
  return at;
}

// What only a forger makes, or a program of another kind: the CRC fits.
void refuses_strangers() {
  Learner from{nn::Adam{}};
  from.go_on(5);
  const std::size_t size = write(from);
  Learner to{nn::Adam{}, 4};
  const auto untouched = nn::checksum(to.trainer.parameters);
  const auto with = [&](std::size_t at, std::uint8_t value) {
    const std::byte kept = image[at];
    image[at] = std::byte{value};
    seal(size);
    const auto status = read(to, size);
    image[at] = kept;
    seal(size);
    return status;
  };
  expect(with(4, 3) == nn::ImageStatus::wrong_version);
  expect(with(field(size, 3) + 2, 2) == nn::ImageStatus::wrong_field);  // another version of a field,
  expect(with(field(size, 5), 99) == nn::ImageStatus::wrong_field);     // another kind,
  expect(with(field(size, 5), 6) == nn::ImageStatus::wrong_field);      // the same twice
  expect(with(field(size, 7) + 11, 0x7f) == nn::ImageStatus::wrong_length);
  expect(with(field(size, 1) + 16, 1) == nn::ImageStatus::other_normalization);
  image[field(size, 2) + 14] = std::byte{0x80};
  expect(with(field(size, 2) + 15, 0x7f) == nn::ImageStatus::not_finite);  // an infinite weight
  write(from);
  const std::size_t generator = field(size, 7) + 16;
  for (std::size_t k = 0; k < 16; ++k) image[generator + k] = {};
  seal(size);
  expect(read(to, size) == nn::ImageStatus::not_finite);  // would draw the same for ever
  write(from);
  image[field(size, 5) + 1] = std::byte{0x80};  // no `frozen`; a kind that may be passed over
  seal(size);
  expect(read(to, size) == nn::ImageStatus::incomplete);

  write(from);
  Course<Plain, nn::Momentum, 1> other{nn::Momentum{}};
  expect(read(other, size) == nn::ImageStatus::other_optimizer);
  Course<Dropped, nn::Adam, 1> network{nn::Adam{}};
  expect(read(network, size) == nn::ImageStatus::other_network);
  nn::TrainingImage program{to.trainer, normalization, to.step, to.loss};
  expect(program.read(nn::BytesOf{std::span{image}.first(size)}, size) == nn::ImageStatus::other_program);
  expect(nn::checksum(to.trainer.parameters) == untouched && to.step == 0);

  // Numbers that a program relies on.
  const std::uint32_t six = 6, seven = 7;
  nn::TrainingImage of_six{from.trainer, from.step, six};
  nn::TrainingImage of_seven{to.trainer, to.step, seven};
  Sink sink;
  expect(of_six.write(sink) == nn::ImageStatus::ok);
  const auto bytes = std::span{image}.first(sink.size());
  expect(of_seven.read(nn::BytesOf{bytes}, bytes.size()) == nn::ImageStatus::other_program);
  expect(of_six.read(nn::BytesOf{bytes}, bytes.size()) == nn::ImageStatus::ok);
  expect(nn::checksum(to.trainer.parameters) == untouched && to.step == 0);

  nn::get<0>(from.trainer.parameters).weight[1][2] = std::numeric_limits<float>::infinity();
  expect(from.image().write(Sink{}) == nn::ImageStatus::not_finite);
}

// Of weights alone the parameters are taken, and nothing else.
void reads_version_1() {
  Learner from{nn::Adam{}}, to{nn::Adam{}, 4};
  to.go_on(3);
  using Weights = nn::Image<Plain>;
  const auto bytes = std::span{image}.first(Weights::size(1));
  expect(Weights::write(from.trainer.parameters, {1, {0.25f}, {2}}, bytes) == nn::ImageStatus::ok);
  expect(bytes[4] == std::byte{1});
  expect(to.image().check(nn::BytesOf{bytes}, bytes.size()) == nn::ImageStatus::ok);
  expect(read(to, bytes.size()) == nn::ImageStatus::ok);
  expect_equal(nn::checksum(to.trainer.parameters), nn::checksum(from.trainer.parameters));
  expect(to.step == 3);
  expect(Weights::write(from.trainer.parameters, {}, bytes.first(Weights::size(0))) == nn::ImageStatus::ok);
  expect(read(to, Weights::size(0)) == nn::ImageStatus::other_normalization);
}

// Of the same code on every core: on this machine and on one board.
template <bool Brief>
void others() {
  if constexpr (!Brief) {
    same_bits<Plain>(nn::Momentum{});
    same_bits<Plain, nn::Momentum, 4>(nn::Momentum{.nesterov = true});
    same_bits<Plain>(nn::WeightDecay<nn::Momentum>{{}, 0.001f});
    same_bits<Plain>(nn::RmsProp{});
    same_bits<Dropped>(nn::Sgd{});
    same_bits<Plain::As<nn::Fixed16>>(nn::Sgd{});
    same_bits<Plain::As<nn::Fixed16Stochastic>>(nn::Sgd{});
  }
}

}  // namespace

int main() {
  same_bits<Plain>(nn::Sgd{});
  same_bits<Plain>(nn::Adam{});
  same_bits<Dropped, nn::Adam, 3>(nn::Adam{});
  same_bits<Normed>(nn::RmsProp{});
  same_bits<Dropped::As<nn::Fixed16Stochastic>>(nn::Adam{});
  same_bits<Plain::As<nn::Fixed8Stochastic>>(nn::Sgd{});
  refuses_damage();
  refuses_strangers();
  reads_version_1();
  others<BRIEF>();
  return expectations_failed();
}
