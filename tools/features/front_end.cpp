#include "tools/features/front_end.hpp"

#include <cstring>
#include <type_traits>

#include "nn/signal/micro_frontend.hpp"
#include "tools/data/failure.hpp"

namespace tools {
namespace {

template <class Number>
void add(Features& all, Number value) {
  all.values.push_back(static_cast<float>(value));
  char bytes[sizeof value];  // of a host that is little-endian
  std::memcpy(bytes, &value, sizeof value);
  all.raw.append(bytes, sizeof value);
}

template <const nn::signal::MicroSettings& Settings, bool Codes>
Features micro(const std::vector<float>& samples) {
  nn::signal::MicroFrontEnd<Settings> front_end;
  Features all{front_end.channels, {}, {}};
  const std::vector<std::int16_t> codes = as_int16({"", 0, samples});
  front_end.process(codes, [&](auto features) {
    for (std::uint16_t feature : features)
      if constexpr (Codes) add(all, nn::signal::micro_code(feature));
      else add(all, feature);
  });
  return all;
}

template <const nn::signal::MicroSettings& Settings>
FrontEnd micro(const std::string& name, const std::string& explanation) {
  const bool rounded = Settings.library == nn::signal::Library::micro_frontend;
  return {name, rounded ? "uint16" : "int16", explanation, static_cast<std::uint32_t>(Settings.rate), Settings.window(), Settings.step(),
          micro<Settings, false>, micro<Settings, true>};
}

}  // namespace

const std::vector<FrontEnd>& front_ends() {
  using namespace nn::signal;
  static const std::vector<FrontEnd> all{
      micro<micro_frontend_10ms>("micro_frontend_10ms", "TensorFlow Lite Micro's micro frontend every 10 ms: microWakeWord, ESPHome"),
      micro<micro_frontend_20ms>("micro_frontend_20ms", "the same every 20 ms: micro_speech as it was"),
      micro<signal_20ms>("signal_20ms", "TensorFlow Lite Micro's signal library: micro_speech as it is"),
  };
  return all;
}

const FrontEnd& front_end(const std::string& name) {
  std::string names;
  for (const FrontEnd& front_end : front_ends()) {
    if (front_end.name == name) return front_end;
    names += (names.empty() ? "" : ", ") + front_end.name;
  }
  throw Failure{"--front-end is \"" + name + "\"; expected one of " + names};
}

}  // namespace tools
