// The parameter image: what is written is read back; whatever was changed, cut or made for another network is refused.
#include <array>
#include <limits>

#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

using Net = nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Relu, nn::Dense<2>, nn::Softmax>;
using Other = nn::Network<float, nn::Input<3>, nn::Dense<2>, nn::Tanh, nn::Dense<2>, nn::Softmax>;
using Image = nn::Image<Net>;
using Bytes = std::array<std::byte, Image::size(3)>;

// Topology, shapes, arithmetic and constants all count.
static_assert(Net::fingerprint != Other::fingerprint);
static_assert(Net::fingerprint !=
              nn::Network<double, nn::Input<3>, nn::Dense<2>, nn::Relu, nn::Dense<2>, nn::Softmax>::fingerprint);
static_assert(Net::fingerprint !=
              nn::Network<float, nn::Input<4>, nn::Dense<2>, nn::Relu, nn::Dense<2>, nn::Softmax>::fingerprint);
static_assert(nn::Network<float, nn::Input<2>, nn::LeakyRelu<3>>::fingerprint !=
              nn::Network<float, nn::Input<2>, nn::LeakyRelu<4>>::fingerprint);
// Never to change: images on devices carry it.
static_assert(nn::Network<float, nn::Input<8, 8, 1>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>::fingerprint ==
              4567828551357089828u);

// The CRC of "123456789" is 0xcbf43926 by definition.
static_assert([] {
  nn::Crc32 crc;
  for (char c : {'1', '2', '3', '4', '5', '6', '7', '8', '9'}) crc.add(static_cast<std::uint8_t>(c));
  return crc.value();
}() == 0xcbf43926u);

Net::Parameters some_parameters() {
  Net::Parameters parameters{};
  nn::Random random{1};
  nn::initialize<Net>(parameters, nn::He{}, random);
  return parameters;
}

const Image::Normalizations normalization{3, {1, 2, 3}, {4, 5, 6}};

void round_trip() {
  Bytes bytes{};
  expect(Image::write(some_parameters(), normalization, bytes) == nn::ImageStatus::ok);
  expect(bytes[0] == std::byte{'G'} && bytes[3] == std::byte{'L'});
  Net::Parameters parameters{};
  Image::Normalizations read{};
  expect(Image::read(bytes, parameters, read) == nn::ImageStatus::ok);
  expect(nn::checksum(parameters) == nn::checksum(some_parameters()));
  expect(read.count == 3 && read.mean == normalization.mean && read.scale == normalization.scale);
}

void refusals() {
  Bytes bytes{};
  expect(Image::write(some_parameters(), normalization, bytes) == nn::ImageStatus::ok);
  Net::Parameters parameters{};
  Image::Normalizations read{};
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    expect(Image::read(bytes, parameters, read) != nn::ImageStatus::ok);
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    expect(Image::read(std::span{bytes}.first(size), parameters, read) != nn::ImageStatus::ok);
  expect(nn::checksum(parameters) == nn::checksum(Net::Parameters{}));  // untouched by refused images

  Other::Parameters others{};
  nn::Image<Other>::Normalizations other_normalization{};
  expect(nn::Image<Other>::read(bytes, others, other_normalization) == nn::ImageStatus::other_network);

  auto infinite = some_parameters();
  nn::get<0>(infinite).weight[1][2] = std::numeric_limits<float>::infinity();
  expect(Image::write(infinite, normalization, bytes) == nn::ImageStatus::not_finite);
  expect(Image::write(some_parameters(), {}, bytes) == nn::ImageStatus::wrong_length);
  auto no_number = normalization;
  no_number.scale[0] = std::numeric_limits<float>::quiet_NaN();
  expect(Image::write(some_parameters(), no_number, bytes) == nn::ImageStatus::not_finite);
}

}  // namespace

int main() {
  round_trip();
  refusals();
  return expectations_failed();
}
