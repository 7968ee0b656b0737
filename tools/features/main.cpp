// features: what a front end makes of a sound.
#include <cstdio>
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/data/wav.hpp"
#include "tools/features/front_end.hpp"
#include "tools/features/picture.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help =
    R"(features FILE.wav --front-end NAME [--codes] [--out FILE.csv] [--plot FILE.svg] [--raw-out FILE.bin]
features --front-end NAME --raw-in FILE.bin [the same]

Computes the features of all frames of a sound, which a chip would compute with the same bits: as numbers, a frame a row; as a
picture; and raw, little-endian, frame by frame. A WAV file has one channel, at the front end's rate, of 8, 16, 24 or 32-bit
integers or floats; a raw file has its samples as int16. --codes gives the int8 codes that models get.

)";

std::string frames_as_csv(const tools::Features& features, const tools::FrontEnd& front_end) {
  std::string csv = "seconds";
  for (std::size_t c = 0; c < features.columns; ++c) csv += ",f" + std::to_string(c);
  csv += '\n';
  char text[32];
  for (std::size_t f = 0; f < features.values.size() / features.columns; ++f) {
    std::snprintf(text, sizeof text, "%g", static_cast<double>(f * front_end.step) / front_end.rate);
    csv += text;
    for (std::size_t c = 0; c < features.columns; ++c) {
      std::snprintf(text, sizeof text, ",%.9g", static_cast<double>(features.values[f * features.columns + c]));
      csv += text;
    }
    csv += '\n';
  }
  return csv;
}

int run(int count, char** arguments) {
  const std::string first = count > 1 ? arguments[1] : "--help";
  if (first == "--help") {
    std::cout << help;
    for (const tools::FrontEnd& front_end : tools::front_ends())
      std::cout << "  " << front_end.name << std::string(22 - front_end.name.size(), ' ') << front_end.format
                << std::string(9 - front_end.format.size(), ' ') << front_end.explanation << '\n';
    return 0;
  }
  const int skipped = first.starts_with("--") ? 0 : 1;
  tools::Options options{count - skipped, arguments + skipped, {"codes"}};
  const auto name = options.text("front-end");
  const auto out = options.text("out"), plot = options.text("plot"), raw_out = options.text("raw-out"),
             raw_in = options.text("raw-in");
  const bool codes = options.flag("codes");
  options.refuse_others();
  if (!name) throw tools::Failure{"there is no --front-end; expected the name of one (see --help)"};
  if (raw_in.has_value() == (skipped == 1)) throw tools::Failure{"expected either FILE.wav or --raw-in FILE.bin (see --help)"};
  std::vector<std::string> results;
  for (const auto& file : {out, plot, raw_out})
    if (file) results.push_back(*file);
  tools::require_results({raw_in.value_or(first)}, results);
  const tools::FrontEnd& front_end = tools::front_end(*name);
  const tools::Sound sound = raw_in ? tools::read_raw(*raw_in, front_end.rate) : tools::read_wav(first, front_end.rate);
  const tools::Features features = (codes ? front_end.codes : front_end.features)(sound.samples);
  if (features.values.empty())
    throw tools::failure(sound.name, "has " + std::to_string(sound.samples.size()) + " samples",
                         std::to_string(front_end.window) + " or more, a frame of " + *name);
  if (out) tools::replace_file(*out, frames_as_csv(features, front_end));
  if (plot) tools::replace_file(*plot, tools::as_svg(features, front_end, sound.name + ", " + *name));
  if (raw_out) tools::replace_file(*raw_out, features.raw);
  std::cout << sound.name << ": " << sound.samples.size() << " samples, " << features.values.size() / features.columns
            << " frames of " << features.columns << ' ' << (codes ? "int8 codes" : front_end.format) << '\n';
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "features: " << problem.what() << '\n';
    return 1;
  }
}
