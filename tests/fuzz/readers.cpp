// What libFuzzer calls: any bytes are a file of the reader that the first byte names, or are refused with a sentence. What is
// read is whole: as many rows as labels, numbers that are finite or may be missing, pixels from 0 to 255; an image that is
// refused has changed nothing.
#include "readers.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>

#include "tools/data/csv.hpp"
#include "tools/data/file.hpp"
#include "tools/data/idx.hpp"
#include "tools/data/image_file.hpp"
#include "tools/data/npy.hpp"
#include "tools/data/wav.hpp"
#include "tools/import/network.hpp"
#include "tools/import/probe.hpp"
#include "tools/model/image.hpp"
#include "tools/model/image_record.hpp"
#include "tools/onnx/read.hpp"
#include "tools/safetensors/tensors.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

namespace {

using namespace std::string_literals;
using Bytes = std::span<const std::uint8_t>;

const std::string name = "fuzzed";  // of the file, in the working directory

[[noreturn]] void end(std::string_view what) {
  std::cerr << what << '\n';
  std::abort();
}

void require(bool holds, std::string_view what) {
  if (!holds) end(what);
}

std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// A new file each time: some file systems write one that is overwritten to the disk at once.
const std::string& written(std::string_view content, const std::string& to = name) {
  std::filesystem::remove(to);
  std::ofstream{to, std::ios::binary}.write(content.data(), static_cast<std::streamsize>(content.size()));
  return to;
}

void require_whole(const tools::Dataset& data, bool missing) {
  const std::size_t rows = data.size();
  require(data.features > 0 && rows > 0 && data.values.size() == rows * data.features, "rows are not whole");
  require(data.labels.empty() || data.labels.size() == rows, "other labels than rows");
  require(data.target_values.size() == rows * data.targets, "other targets than rows");
  for (float value : data.values) require(std::isfinite(value) || (missing && std::isnan(value)), "a value that is not finite");
  for (float value : data.target_values) require(std::isfinite(value), "a target that is not finite");
  for (std::uint32_t label : data.labels) require(data.classes.empty() || label < data.classes.size(), "a label without a class");
}

void read_csv(std::uint8_t options, Bytes bytes) {
  constexpr std::array labels{"auto", "first", "none", "2", "class"};
  const std::array<std::vector<std::string>, 3> targets{{{}, {"1"}, {"3", "y"}}};
  const auto missing = static_cast<tools::Missing>(options / 5 % 3);
  const tools::Columns columns{.label = labels[options % 5], .targets = targets[options / 15 % 3], .missing = missing};
  require_whole(tools::read_csv(written(text_of(bytes)), columns), missing == tools::Missing::kept);
}

void read_idx_images(std::uint8_t, Bytes bytes) { require_whole(tools::read_idx(written(text_of(bytes)), ""), false); }

void read_idx_labels(std::uint8_t, Bytes bytes) {
  using namespace std::string_view_literals;
  static const std::string images = written("\0\0\x8\x3\0\0\0\3\0\0\0\1\0\0\0\1abc"sv, "fuzzed_with");
  require_whole(tools::read_idx(images, written(text_of(bytes))), false);
}

void read_npy_rows(std::uint8_t options, Bytes bytes) {
  const auto missing = static_cast<tools::Missing>(options % 3);
  const tools::Columns columns{.target_is_input = true, .missing = missing};
  require_whole(tools::read_npy_rows(written(text_of(bytes)), "", columns), missing == tools::Missing::kept);
}

void read_npy_labels(std::uint8_t options, Bytes bytes) {
  static const std::string rows =
      written("\x93NUMPY\x1\0\x37\0{'descr': '|u1', 'fortran_order': False, 'shape': (3,)}abc"s, "fuzzed_with_rows");
  tools::Columns columns;
  if (options % 2 != 0) columns.targets = {"y"};
  const tools::Dataset data = tools::read_npy_rows(rows, written(text_of(bytes)), columns);
  require_whole(data, false);
  require(!data.labels.empty() || data.targets > 0, "rows of which nothing is asked");
}

void read_picture(std::uint8_t, Bytes bytes) {
  const tools::ImageFile image = tools::read_image_file(written(text_of(bytes)));
  const std::size_t pixels = image.height * image.width;
  require(pixels > 0 && image.pixels.size() == pixels * image.channels, "an image is not whole");
  for (float pixel : image.pixels) require(pixel >= 0 && pixel <= 255, "a pixel beyond 0 to 255");
  for (std::size_t channels : {1u, 3u}) {
    const auto changed = image.with_channels(channels).pixels;
    require(changed.size() == pixels * channels, "an image with other channels is not whole");
    for (float pixel : changed) require(pixel >= 0 && pixel <= 255, "a pixel beyond 0 to 255");
  }
}

void require_whole(const tools::Sound& sound) {
  require(sound.rate > 0 && !sound.samples.empty(), "a sound without samples");
  for (float sample : sound.samples) require(std::isfinite(sample), "a sample that is not finite");
  require(tools::as_int16(sound).size() == sound.samples.size(), "other samples of 16 bits");
}

void read_sound(std::uint8_t, Bytes bytes) { require_whole(tools::read_wav(written(text_of(bytes)))); }
void read_raw_sound(std::uint8_t, Bytes bytes) { require_whole(tools::read_raw(written(text_of(bytes)), 16000)); }

// Of what only a program that writes images gets right, so that more than that is looked at: magic, fingerprint, length and CRC.
std::string sealed(Bytes bytes) {
  std::string image{text_of(bytes)};
  if (image.size() < 24) return image;
  const auto put = [&](std::size_t at, std::uint64_t value, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) image[at + k] = static_cast<char>(value >> (8 * k) & 0xff);
  };
  put(0, nn::image_format::magic, 4);
  put(8, Net::fingerprint, 8);
  put(16, image.size() - 24, 4);
  nn::Crc32 crc;
  for (std::size_t i = 0; i + 4 < image.size(); ++i) crc.add(static_cast<std::uint8_t>(image[i]));
  put(image.size() - 4, crc.value(), 4);
  return image;
}

bool is_finite(std::span<const float> numbers) {
  return std::ranges::all_of(numbers, [](float number) { return std::isfinite(number); });
}

struct Weights {
  Net::Parameters parameters{};
  tools::Normalization normalization{};
  tools::Meaning meaning{};

  bool operator==(const Weights& other) const {
    return std::memcmp(&parameters, &other.parameters, sizeof parameters) == 0 &&
           normalization.mean == other.normalization.mean && normalization.scale == other.normalization.scale &&
           meaning.numbers == other.meaning.numbers && meaning.classes == other.meaning.classes &&
           meaning.targets.mean == other.meaning.targets.mean && meaning.targets.scale == other.meaning.targets.scale &&
           meaning.front_end == other.meaning.front_end;
  }
};

// What is read can be written, and is the same then. Options: 0, the file as it stands; 1, sealed; 2 and 3, a good one before a
// record with these bytes.
void read_weights(std::uint8_t options, Bytes bytes) {
  std::string file = options % 4 == 0 ? std::string{text_of(bytes)} : sealed(bytes);
  if (options % 4 >= 2) {
    std::array<std::byte, nn::Image<Net>::size(0)> good;
    require(nn::Image<Net>::write({}, {}, good) == nn::ImageStatus::ok, "no image");
    tools::ImageRecord record;
    record.bytes = text_of(bytes);
    file = std::string{reinterpret_cast<const char*>(good.data()), good.size()} + record.with(options % 4 == 2 ? "GNGM" : "GNGR");
  }
  Weights first, second;
  std::vector<tools::TensorRange> ranges, same_ranges;
  try {
    first.meaning = tools::read_image<Net>(written(file), first.parameters, first.normalization, &ranges);
  } catch (const tools::Failure&) {
    require(first == Weights{}, "a refused image was taken over");
    throw;
  }
  nn::for_each_row(
      [](const auto& row) { require(is_finite(nn::image_format::numbers_of(row)), "a parameter that is not finite"); },
      first.parameters);
  const auto require_finite = [](const auto& stored, std::string_view what) {
    require(is_finite(stored.mean) && is_finite(stored.scale), what);
  };
  require_finite(first.normalization, "a normalization that is not finite");
  require_finite(first.meaning.targets, "targets that are not finite");
  for (const auto& range : ranges) require(std::isfinite(range.low) && std::isfinite(range.high), "a range that is not finite");
  std::filesystem::remove(name);
  tools::write_image<Net>(name, first.parameters, first.normalization, first.meaning, ranges);
  second.meaning = tools::read_image<Net>(name, second.parameters, second.normalization, &same_ranges);
  require(first == second && ranges.size() == same_ranges.size(), "an image is read otherwise when written again");
}

std::string image_of(Learning& learning) {
  std::string bytes;
  const auto status = learning.image().write([&](std::byte byte) { bytes += static_cast<char>(byte); });
  require(status == nn::ImageStatus::ok, "a training that cannot be written");
  return bytes;
}

void read_training(std::uint8_t options, Bytes bytes) {
  const std::string file = options % 2 == 0 ? std::string{text_of(bytes)} : sealed(bytes);
  const auto learning = std::make_unique<Learning>();
  const std::string before = image_of(*learning);
  const std::span from = std::as_bytes(std::span{file});
  const nn::ImageStatus checked = learning->image().check(nn::BytesOf{from}, from.size());
  require(image_of(*learning) == before, "a check changed the training");
  const nn::ImageStatus status = learning->image().read(nn::BytesOf{from}, from.size());
  require(status == checked, "an image is read otherwise than checked");
  const std::string after = image_of(*learning);
  if (status == nn::ImageStatus::ok) return;
  require(after == before, "a refused image was taken over");
  throw tools::failure(name, "is refused", std::string{nn::describe(status)});
}

void read_safetensors(std::uint8_t, Bytes bytes) {
  const auto tensors = tools::safetensors::parse(name, text_of(bytes));
  for (const auto& tensor : tensors.list) {
    require(tensors.find(tensor.name) != nullptr, "a tensor that is not found");
    if (tools::safetensors::is_real(tensor.dtype)) require(is_finite(tensors.floats(tensor)), "a number that is not finite");
  }
}

// As far as the network that the importer makes of it.
void read_onnx(std::uint8_t options, Bytes bytes) {
  const tools::onnx::Settings settings{
      .channels_last = options % 2 != 0, .unoptimized = options / 2 % 2 != 0, .keeps_normalizations = options / 4 % 2 != 0};
  require(!tools::importer::lower(tools::onnx::parse_model(name, bytes, settings)).outputs.empty(), "a network without outputs");
}

constexpr std::array readers{read_csv,   read_idx_images, read_idx_labels, read_npy_rows, read_npy_labels,  read_picture,
                             read_sound, read_raw_sound,  read_weights,    read_training, read_safetensors, read_onnx};
static_assert(readers.size() == reader_number);

}  // namespace

bool read(Bytes input) {
  if (input.size() < 2) return false;
  try {
    readers[input[0] % reader_number](input[1], input.subspan(2));
    return true;
  } catch (const tools::importer::Fault& fault) {
    end(fault.what());
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    const auto moves = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };  // a terminal's cursor
    if (!sentence.starts_with(name) || sentence.find("; expected ") == sentence.npos || std::ranges::any_of(sentence, moves))
      end(failure.what());
    return false;
  }
}

}  // namespace fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::read({data, size});
  return 0;
}
