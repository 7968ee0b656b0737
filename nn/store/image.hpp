// Image<Net>: weights, that is parameters and normalization, as bytes. What it writes is version 1 of nn/store/image_format.hpp;
// it also reads the weights of a training (nn/store/training_image.hpp).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "nn/number/bits.hpp"
#include "nn/store/image_format.hpp"
#include "nn/store/image_reader.hpp"
#include "nn/store/image_writer.hpp"

namespace nn {

// The normalization of a model as it is stored: none, one for all inputs, or one for each.
template <std::size_t Inputs>
struct StoredNormalization {
  std::uint32_t count = 0;
  std::array<float, Inputs> mean{};
  std::array<float, Inputs> scale{};
};

// Bytes of parameters.
template <class Parameters>
constexpr std::size_t stored_bytes = [] {
  std::size_t bytes = 0;
  constexpr Parameters parameters{};
  for_each_row([&](const auto& row) { bytes += image_format::stored_size(row); }, parameters);
  return bytes;
}();

template <class Topology>
class Image {
 public:
  using Parameters = typename Topology::Parameters;
  using Normalizations = StoredNormalization<Topology::inputs>;

  // Of an image with `count` means and scales.
  static constexpr std::size_t size(std::uint32_t count) { return image_format::header + payload(count) + image_format::end; }

  // Fills `bytes`, which must have the size above, if every number is finite.
  static constexpr ImageStatus write(const Parameters& parameters, const Normalizations& normalization,
                                     std::span<std::byte> bytes) {
    if (normalization.count > Topology::inputs || bytes.size() != size(normalization.count)) return ImageStatus::wrong_length;
    const auto mean = std::span{normalization.mean}.first(normalization.count);
    const auto scale = std::span{normalization.scale}.first(normalization.count);
    const auto all_finite = [](auto numbers) { return std::ranges::all_of(numbers, Bits<float>::is_finite); };
    if (!is_finite(parameters) || !all_finite(mean) || !all_finite(scale)) return ImageStatus::not_finite;
    std::size_t at = 0;
    auto put = [&](std::byte byte) { bytes[at++] = byte; };
    ImageWriter writer{put, image_format::version_of_weights, Topology::fingerprint, payload(normalization.count)};
    writer.row(normalization.count);
    writer.row(mean);
    writer.row(scale);
    for_each_row([&](const auto& row) { writer.row(row); }, parameters);
    writer.finish();
    return ImageStatus::ok;
  }

  // Overwrites parameters and normalization only if the whole image is good.
  static constexpr ImageStatus read(std::span<const std::byte> bytes, Parameters& parameters, Normalizations& normalization) {
    ImageReader reader{BytesOf{bytes}, bytes.size()};
    if (const ImageStatus status = reader.open(Topology::fingerprint); status != ImageStatus::ok) return status;
    const auto weights = reader.find(image_format::Kind::parameters), means = reader.find(image_format::Kind::normalization);
    if (!weights.found) return ImageStatus::incomplete;
    const auto count = means.found ? reader.template number<std::uint32_t>(means.at) : 0u;
    if (count > 1 && count != Topology::inputs) return ImageStatus::wrong_length;
    if (means.found && means.length != 4 + 8 * std::size_t{count}) return ImageStatus::wrong_length;
    if (weights.length != stored_bytes<Parameters>) return ImageStatus::wrong_length;
    std::size_t at = weights.at;
    bool sound = true;
    for_each_row([&](const auto& row) { sound = reader.look(at, row).sound && sound; }, parameters);
    at = means.at + 4;
    for (std::uint32_t i = 0; i < 2 * count; ++i) sound = reader.look(at, 0.0f).sound && sound;
    if (!sound) return ImageStatus::not_finite;
    at = weights.at;
    for_each_row([&](auto& row) { reader.row(at, row); }, parameters);
    normalization.count = count;
    at = means.at + 4;
    for (std::size_t i = 0; i < count; ++i) reader.row(at, normalization.mean[i]);
    for (std::size_t i = 0; i < count; ++i) reader.row(at, normalization.scale[i]);
    return ImageStatus::ok;
  }

 private:
  static constexpr std::size_t payload(std::uint32_t count) { return 4 + 8 * std::size_t{count} + stored_bytes<Parameters>; }
};

}  // namespace nn
