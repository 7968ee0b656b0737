// draw_tones: makes sounds with labels, so that nothing needs to be downloaded.
#include <cstdio>
#include <filesystem>
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/data/wav.hpp"
#include "tools/options.hpp"
#include "tools/tones/draw.hpp"

namespace {

constexpr const char* help =
    R"(Draws sounds, WAV of 16 bits at 16,000 samples a second: tones that rise, fall or come twice, and nothing.

--train FOLDER  --test FOLDER       clips of 1.9 seconds, in a folder for each class
--train-clips N (60)  --test-clips N (20)    of each class
--noise FOLDER                      sounds to add to others, 10 s each
--scene FILE  --words N (6)         one sound with words in it; when they begin is printed
--seed N (1)
)";

using tools::Word;

void draw_clips(const std::filesystem::path& folder, std::size_t count, nn::Random random) {
  char name[32];
  for (std::size_t k = 0; k < tools::word_names.size(); ++k) {
    const std::filesystem::path place = folder / tools::word_names[k];
    std::filesystem::create_directories(place);
    for (std::size_t i = 0; i < count; ++i) {
      std::snprintf(name, sizeof name, "%04zu.wav", i);
      tools::write_wav(tools::draw_clip(static_cast<Word>(k), random), tools::tone_rate, (place / name).string());
    }
  }
}

int run(int count, char** arguments) {
  tools::Options options{count, arguments, {"help"}};
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const auto seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
  const std::size_t train_clips = options.whole("train-clips", 60, 1, 100'000),
                    test_clips = options.whole("test-clips", 20, 1, 100'000);
  const std::size_t words = options.whole("words", 6, 1, 1000);
  const auto train = options.text("train"), test = options.text("test"), noise = options.text("noise"),
             scene = options.text("scene");
  options.require_together("words", "scene");
  options.refuse_others();
  if (!train && !test && !noise && !scene)
    throw tools::Failure{"nothing to write; expected --train, --test, --noise or --scene (see --help)"};
  if (train) draw_clips(*train, train_clips, nn::Random{seed});
  if (test) draw_clips(*test, test_clips, nn::Random{~seed});  // other sounds than those to learn from
  if (noise) {
    std::filesystem::create_directories(*noise);
    nn::Random random{seed + 1};
    for (const char* name : {"1.wav", "2.wav", "3.wav", "4.wav"})
      tools::write_wav(tools::draw_noise(10 * tools::tone_rate, random), tools::tone_rate,
                       (std::filesystem::path{*noise} / name).string());
  }
  if (scene) {
    nn::Random random{seed + 2};
    const tools::Scene drawn = tools::draw_scene(words, random);
    tools::write_wav(drawn.samples, tools::tone_rate, *scene);
    for (const tools::Scene::Entry& entry : drawn.entries)
      std::printf("%6.2f s  %s\n", static_cast<double>(entry.begin) / tools::tone_rate,
                  std::string{tools::word_names[static_cast<std::size_t>(entry.word)]}.c_str());
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "draw_tones: " << problem.what() << '\n';
    return 1;
  }
}
