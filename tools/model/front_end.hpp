// A model's front end: an nn::Pipeline without a model, which a model.hpp declares as FrontEnd beside its Net. Sounds become rows
// by it, with the bits of the device.
//
//   namespace keywords {
//   using FrontEnd = nn::Pipeline<…>;
//   using Net = nn::Network<float, nn::Input<49, 40, 1>, …>;
//   }
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <type_traits>

#include "tools/data/failure.hpp"
#include "tools/data/sound_folder.hpp"
#include "tools/data/wav.hpp"
#include "tools/model/meaning.hpp"

namespace tools {

// Found where a model's namespace has none: a name of that namespace itself hides it.
namespace no_front_end {
struct FrontEnd {
  static constexpr std::uint64_t fingerprint = 0;
};
}  // namespace no_front_end

template <class FrontEnd>
constexpr bool is_front_end = !std::is_same_v<FrontEnd, no_front_end::FrontEnd>;

template <class FrontEnd>
void run_front_end(FrontEnd& front_end, std::span<const float> samples, auto&& use) {
  using Sample = typename FrontEnd::Sample;
  if constexpr (std::is_same_v<Sample, float>) {
    front_end.process(samples, use);
  } else {
    const std::vector<std::int16_t> codes = as_int16(samples);
    front_end.process(codes, use);
  }
}

// How many samples it takes until it gives something for the first and for the second time. Throws Failure if it gives nothing of
// ten minutes.
template <class FrontEnd>
std::array<std::size_t, 2> times_of() {
  const auto front_end = std::make_unique<FrontEnd>();
  std::array<std::size_t, 2> times{};
  std::size_t given = 0;
  for (std::size_t samples = 1; samples <= std::size_t{FrontEnd::rate} * 600; ++samples) {
    run_front_end(*front_end, std::array<float, 1>{}, [&](auto) { times[given++] = samples; });
    if (given == 2) return times;
  }
  throw Failure{"the FrontEnd gives nothing, or only once, of ten minutes of silence; expected features of each window"};
}

// Nothing if there is none.
template <class Net, class FrontEnd>
std::shared_ptr<const ClipFeatures> clip_features() {
  if constexpr (is_front_end<FrontEnd>) {
    static_assert(std::is_void_v<typename FrontEnd::Model>, "tools: FrontEnd has a model; it is what comes before Net");
    static_assert(FrontEnd::rate > 0, "tools: FrontEnd states no rate; cut its frames by nn::signal::SampledAt");
    static_assert(FrontEnd::features == Net::inputs, "tools: FrontEnd gives another number of features than Net has inputs");
    const auto compute = [](std::span<const float> samples, std::span<float> to) {
      const auto front_end = std::make_unique<FrontEnd>();
      run_front_end(*front_end, samples, [&](auto features) { std::copy(features.begin(), features.end(), to.begin()); });
    };
    const auto [first, second] = times_of<FrontEnd>();
    return std::make_shared<const ClipFeatures>(ClipFeatures{FrontEnd::rate, first, second - first, FrontEnd::features, compute});
  } else {
    return nullptr;
  }
}

// The front end whose features an image's network learnt must be this one, of this fingerprint, and so must that of the data.
void require_front_end(const std::string& image, const Meaning& meaning, const Dataset& data, std::uint64_t fingerprint);

}  // namespace tools
