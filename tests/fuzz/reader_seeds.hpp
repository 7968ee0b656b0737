// Valid files for each reader of readers.hpp, for the fuzzer to begin with.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "readers.hpp"
#include "tools/onnx_writer.hpp"
#include "tools/safetensors/tensors.hpp"

namespace fuzz {

// A number of so many bytes, the least significant first.
inline std::string little(std::uint64_t value, std::size_t count) {
  std::string bytes;
  for (; count > 0; --count, value >>= 8) bytes += static_cast<char>(value & 0xff);
  return bytes;
}
inline std::string big(std::uint64_t value) {
  const std::string bytes = little(value, 4);
  return {bytes.rbegin(), bytes.rend()};
}

inline std::string npy(const std::string& type, const std::string& shape, const std::string& content,
                       const std::string& fortran = "False") {
  const std::string header = "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
  return "\x93NUMPY" + little(1, 2) + little(header.size(), 2) + header + content;
}

inline std::string bmp(std::uint64_t width, std::uint64_t height, std::uint64_t bits, const std::string& content) {
  return "BM" + little(54 + content.size(), 4) + little(0, 4) + little(bits == 8 ? 62 : 54, 4) + little(40, 4) +
         little(width, 4) + little(height, 4) + little(1, 2) + little(bits, 2) + little(0, 24) + content;
}

inline std::string wav(std::uint64_t kind, std::uint64_t bits, const std::string& content) {
  return "RIFF" + little(36 + content.size(), 4) + "WAVEfmt " + little(16, 4) + little(kind, 2) + little(1, 2) +
         little(16000, 4) + little(16000 * bits / 8, 4) + little(bits / 8, 2) + little(bits, 2) + "data" +
         little(content.size(), 4) + content;
}

inline std::string weights() {
  std::string image(nn::Image<Net>::size(1), '\0');
  Learning learning;
  static_cast<void>(
      nn::Image<Net>::write(learning.trainer.parameters, {1, {1}, {0.5f}}, std::as_writable_bytes(std::span{image})));
  return image;
}

inline std::string training() {
  std::string image;
  Learning learning;
  static_cast<void>(learning.image().write([&](std::byte byte) { image += static_cast<char>(byte); }));
  return image;
}

inline std::string tensors() {
  return tools::safetensors::bytes_of(
      {{"fc.weight", {2, 3}, {1, 2, 3, 4, 5, 6}}, {"fc.bias", {2}, {0.5f, -1}}, {"count", {}, {}, true}}, {{"format", "pt"}});
}

inline std::vector<std::string> models() {
  using namespace onnx_writer;
  using List = std::vector<std::int64_t>;
  const auto numbers = [](std::size_t count) {
    std::vector<float> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<float>(i % 7) / 4 - 0.75f);
    return made;
  };
  Model images;
  images.nodes = {
      node("Conv", {"x", "w", "b"}, {"t"}, {attribute("kernel_shape", List{3, 3}), attribute("pads", List{1, 1, 1, 1})}),
      node("Relu", {"t"}, {"r"}),
      node("MaxPool", {"r"}, {"p"}, {attribute("kernel_shape", List{2, 2}), attribute("strides", List{2, 2})}),
      node("Flatten", {"p"}, {"f"}),
      node("Gemm", {"f", "v", "c"}, {"g"}, {attribute("transB", std::int64_t{1})}),
      node("Softmax", {"g"}, {"y"})};
  images.initializers = {tensor("w", {2, 1, 3, 3}, numbers(18)), tensor("b", {2}, numbers(2)),
                         tensor("v", {3, 8}, numbers(24), Form::packed), tensor("c", {3}, numbers(3), Form::single)};
  images.inputs = {value("x", {1, 1, 4, 4})};
  images.outputs = {value("y", {1, 3})};

  Model sequence;
  sequence.opset = 14;
  sequence.nodes = {node("LSTM", {"x", "w", "r"}, {"h", "l"}, {attribute("hidden_size", std::int64_t{2})}),
                    node("Squeeze", {"l", "axis"}, {"s"}), node("Add", {"s", "a"}, {"y"})};
  sequence.initializers = {tensor("w", {1, 8, 3}, numbers(24)), tensor("r", {1, 8, 2}, numbers(16)), tensor("axis", {1}, List{0}),
                           tensor("a", {2}, numbers(2))};
  sequence.inputs = {value("x", {2, 1, 3})};
  sequence.outputs = {value("y", {1, 2})};
  return {images.file(), sequence.file()};
}

inline std::vector<std::string> seeds() {
  using namespace std::string_literals;
  std::vector<std::string> made;
  const auto add = [&](Reader reader, std::uint8_t options, const std::string& file) {
    made.push_back(std::string{static_cast<char>(reader), static_cast<char>(options)} + file);
  };
  add(Reader::csv, 0, "# made\nx,y,class\n1,-2.5,cat\n3e1,4,\"a \"\"dog\"\"\"\n");
  add(Reader::csv, 12, "1;-2,5;0\n30;4;\n1;2;3\n");
  add(Reader::csv, 37, "x y z\n1 2 3\n4 5 6\n");
  add(Reader::idx_images, 0, big(0x803) + big(2) + big(1) + big(3) + "abcdef");
  add(Reader::idx_images, 0, big(0x804) + big(1) + big(1) + big(2) + big(3) + "abcdef");
  add(Reader::idx_labels, 0, big(0x801) + big(3) + "\1\0\2"s);
  add(Reader::npy_rows, 0, npy("<f4", "(2, 1)", little(0x3fc00000, 4) + little(0xc0200000, 4)));
  add(Reader::npy_rows, 1, npy("<f2", "(2, 2)", little(0x3c00'3e00'7e00'0001, 8), "True"));
  add(Reader::npy_rows, 0, npy(">i8", "(1,)", big(0) + big(5)));
  add(Reader::npy_labels, 0, npy("<U3", "(3,)", little('a', 12) + little(0xe9, 12) + little('b', 12)));
  add(Reader::npy_labels, 1, npy("|u1", "(3, 2)", "abcdef"));
  add(Reader::picture, 0, "P2\n# made\n2 1\n15\n0 15\n");
  add(Reader::picture, 0, "P3 1 1 255 1 2 3\n");
  add(Reader::picture, 0, "P5 2 1 65535\n\1\2\3\4");
  add(Reader::picture, 0, "P6 1 1 255\nabc");
  add(Reader::picture, 0, bmp(2, 1, 24, "abcdef\0\0"s));
  add(Reader::picture, 0, bmp(1, 0xffffffff, 32, "abcd"));
  add(Reader::picture, 0, bmp(2, 1, 8, "abc\0def\0"s + "\0\1\0\0"s));
  for (const unsigned bits : {8u, 16u, 24u, 32u}) add(Reader::sound, 0, wav(1, bits, "0123456789ab"));
  add(Reader::sound, 0, wav(3, 32, little(0x3f000000, 4)));
  add(Reader::sound, 0, wav(3, 64, little(0x3fe0000000000000, 8)));
  add(Reader::raw_sound, 0, "0123");
  add(Reader::weights, 0, weights());
  add(Reader::weights, 1, training());
  add(Reader::weights, 2, little(1, 4) + little(2, 4) + "cat\0dog\0"s);
  const std::string two = little(0x3f8000003f000000, 8);  // numbers
  add(Reader::weights, 2, little(6, 4) + little(2, 4) + two + two + little(7, 8));
  add(Reader::weights, 3, little(0x3f800000bf000000, 8));
  add(Reader::training, 0, training());
  add(Reader::training, 1, weights());
  add(Reader::safetensors, 0, tensors());
  for (const std::string& model : models()) add(Reader::onnx, 0, model);
  return made;
}

// What fuzzing found to be read, and is refused.
inline std::vector<std::string> refused_files() {
  using namespace std::string_literals;
  std::vector<std::string> made;
  const auto add = [&](Reader reader, std::uint8_t options, const std::string& file) {
    made.push_back(std::string{static_cast<char>(reader), static_cast<char>(options)} + file);
  };
  const std::string nan = little(0x7fc00000, 4);
  add(Reader::weights, 1, weights().replace(nn::image_format::header + 4, 4, nan));    // a mean
  add(Reader::weights, 2, little(2, 4) + little(2, 4) + nan + std::string(12, '\0'));  // of a target
  add(Reader::weights, 2, little(1, 4) + little(2, 4) + "cat\0dog"s);                  // a name without its end
  add(Reader::weights, 2, little(1, 4) + little(3, 4) + "cat\0dog\0"s);                // two names of three
  add(Reader::weights, 2, little(1, 4) + little(1, 4) + "cat\0dog\0"s);                // two names of one
  add(Reader::weights, 3, nan + little(0, 4));                                         // a range
  return made;
}

}  // namespace fuzz
