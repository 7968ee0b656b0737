#include "tools/tones/draw.hpp"

#include <algorithm>
#include <cmath>

#include "nn/signal/table_math.hpp"

namespace tools {
namespace {

using nn::signal::cosine;
using nn::signal::pi;
using nn::signal::sine;

double between(double low, double high, nn::Random& random) { return low + (high - low) * static_cast<double>(random.uniform()); }

// 10^(dB / 20).
double amplitude(double decibels) { return nn::Elementary<double>::exp(decibels * 0.11512925464970229); }

void add_noise(std::vector<double>& x, double decibels, nn::Random& random) {
  const double scale = amplitude(decibels);
  // How much of the noise before it each sample has: from hiss to rumble.
  const double kept = between(0, 0.9, random);
  double last = 0;
  for (double& sample : x) {
    last = kept * last + (1 - kept) * between(-1, 1, random);
    sample += scale * last;
  }
}

void add_hum(std::vector<double>& x, double decibels, nn::Random& random) {
  const double scale = amplitude(decibels), step = 2 * pi * between(50, 180, random) / tone_rate;
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += scale * sine(step * static_cast<double>(i));
}

void add_clicks(std::vector<double>& x, nn::Random& random) {
  for (std::uint32_t k = 2 + random.below(8); k > 0; --k) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(x.size() - 40));
    const double scale = amplitude(between(-20, -8, random));
    for (std::size_t i = 0; i < 40; ++i) x[at + i] += scale * between(-1, 1, random) * (1 - static_cast<double>(i) / 40);
  }
}

// A tone with two overtones, its pitch going from one frequency to another by equal ratios; gives its length.
std::size_t add_word(std::vector<double>& x, std::size_t begin, Word word, nn::Random& random) {
  const double seconds = between(0.35, 0.55, random), ratio = between(2, 2.8, random);
  const double low = between(350, 900, random), bend = nn::Elementary<double>::log(ratio);
  const auto count = static_cast<std::size_t>(seconds * tone_rate);
  const double scale = amplitude(between(-22, -8, random)), second = between(0.1, 0.5, random), third = between(0, 0.3, random);
  double phase = 0;
  for (std::size_t i = 0; i < count && begin + i < x.size(); ++i) {
    const double part = static_cast<double>(i) / static_cast<double>(count);
    const double height = word == Word::rising ? part : word == Word::falling ? 1 - part : 0.5;
    phase += 2 * pi * low * nn::Elementary<double>::exp(bend * height) / tone_rate;
    if (phase > 2 * pi) phase -= 2 * pi;
    const double beep = word != Word::twice ? part : part < 0.5 ? 2 * part : 2 * part - 1;
    const double swell =
        word == Word::twice && beep > 0.7 ? 0 : std::min({1.0, 10 * beep, 10 * ((word == Word::twice ? 0.7 : 1) - beep)});
    x[begin + i] += scale * swell * (sine(phase) + second * sine(2 * phase) + third * sine(3 * phase)) / 1.5;
  }
  return count;
}

std::vector<std::int16_t> rounded(const std::vector<double>& x) {
  std::vector<std::int16_t> samples;
  for (double sample : x)
    samples.push_back(static_cast<std::int16_t>(std::clamp(std::floor(sample * 32767 + 0.5), -32768.0, 32767.0)));
  return samples;
}

}  // namespace

std::vector<std::int16_t> draw_clip(Word word, nn::Random& random) {
  std::vector<double> x(19 * tone_rate / 10);
  add_noise(x, between(-60, -30, random), random);
  if (word != Word::nothing) {
    add_word(x, static_cast<std::size_t>(between(1.12, 1.2, random) * tone_rate), word, random);
  } else {
    const std::uint32_t kind = random.below(3);
    if (kind == 0) add_clicks(x, random);
    if (kind == 1) add_hum(x, between(-35, -12, random), random);
  }
  return rounded(x);
}

std::vector<std::int16_t> draw_noise(std::size_t samples, nn::Random& random) {
  std::vector<double> x(samples);
  add_noise(x, -20, random);
  if (random.below(2) == 0) add_hum(x, between(-35, -20, random), random);
  return rounded(x);
}

Scene draw_scene(std::size_t words, nn::Random& random) {
  Scene scene;
  std::size_t at = 2 * tone_rate;
  for (std::size_t k = 0; k < words; ++k) {
    constexpr Word said[]{Word::rising, Word::twice, Word::falling};
    scene.entries.push_back({k < 3 ? said[k] : said[random.below(3)], at});
    at += static_cast<std::size_t>(between(1.6, 2.4, random) * tone_rate);
  }
  std::vector<double> x(at);
  add_noise(x, -45, random);
  for (const Scene::Entry& entry : scene.entries) add_word(x, entry.begin, entry.word, random);
  scene.samples = rounded(x);
  return scene;
}

}  // namespace tools
