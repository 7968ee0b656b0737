#include "tools/train/sound_variation.hpp"

#include <cmath>
#include <cstdint>
#include <span>

#include "nn/number/elementary.hpp"

namespace tools {
namespace {

float between(float least, float most, nn::Random& random) { return least + (most - least) * random.uniform(); }

// 10^(dB / 20), with the same bits on every machine.
float amplitude(float decibels) { return nn::Elementary<float>::exp(decibels * 0.115129255f); }

double power(std::span<const float> samples) {
  double sum = 0;
  for (float x : samples) sum += static_cast<double>(x) * static_cast<double>(x);
  return sum / static_cast<double>(samples.size());
}

}  // namespace

std::vector<float> SoundVariation::of(const Clips& clips, std::size_t row, nn::Random& random) const {
  std::ptrdiff_t later = 0;
  if (shift > 0)
    later = static_cast<std::ptrdiff_t>(random.below(static_cast<std::uint32_t>(2 * shift + 1))) -
            static_cast<std::ptrdiff_t>(shift);
  std::vector<float> samples = clips.heard(row, later);
  if (gain > 0) {
    const float factor = amplitude(between(-gain, gain, random));
    for (float& x : samples) x *= factor;
  }
  if (!noise.empty()) add_noise(samples, random);
  return samples;
}

void SoundVariation::add_noise(std::vector<float>& samples, nn::Random& random) const {
  const std::vector<float>& from = noise[random.below(static_cast<std::uint32_t>(noise.size()))];
  const std::size_t begin = from.size() > samples.size()
                                ? random.below(static_cast<std::uint32_t>(from.size() - samples.size() + 1))
                                : random.below(static_cast<std::uint32_t>(from.size()));
  std::vector<float> piece(samples.size());
  for (std::size_t i = 0; i < piece.size(); ++i) piece[i] = from[(begin + i) % from.size()];
  const float ratio = amplitude(between(low, high, random));
  const double of_noise = power(piece);
  if (!(of_noise > 0)) return;
  const auto factor = static_cast<float>(std::sqrt(power(samples) / of_noise)) / ratio;
  for (std::size_t i = 0; i < piece.size(); ++i) samples[i] += factor * piece[i];
}

}  // namespace tools
