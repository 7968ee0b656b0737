#include "tools/data/sound_folder.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include "tools/data/classes.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/folder.hpp"
#include "tools/data/wav.hpp"

namespace tools {
namespace {

namespace files = std::filesystem;

// Of the WAV files in a folder.
std::vector<files::path> sounds_in(const files::path& folder) {
  static const std::set<std::string> others{".mp3", ".flac", ".ogg", ".opus", ".m4a", ".aac", ".wma", ".aif", ".aiff", ".au"};
  std::vector<files::path> found;
  for (const files::path& file : sorted_entries(folder, false)) {
    const std::string ending = ending_of(file);
    if (others.contains(ending)) throw failure(file.string(), "is a sound, but no WAV file", "WAV: convert it first");
    if (ending == ".wav") found.push_back(file);
  }
  return found;
}

std::string note_of(const Clips& clips, std::size_t classes, std::size_t shorter) {
  char text[200];
  const auto& front_end = *clips.front_end;
  std::snprintf(text, sizeof text, "sounds: %zu clips of %zu classes, %zu rows of %zu samples (%.3g s)", clips.samples.size(),
                classes, clips.rows.size(), front_end.window, static_cast<double>(front_end.window) / front_end.rate);
  std::string note = text;
  if (shorter > 0) note += "; " + std::to_string(shorter) + " are shorter, and silence follows";
  return note;
}

}  // namespace

std::vector<float> Clips::heard(std::size_t row, std::ptrdiff_t later) const {
  const std::vector<float>& clip = samples[rows[row].clip];
  std::vector<float> part(rows[row].count);
  const auto begin = static_cast<std::ptrdiff_t>(rows[row].begin) + later, end = static_cast<std::ptrdiff_t>(clip.size());
  for (std::size_t i = 0; i < part.size(); ++i)
    if (const auto at = begin + static_cast<std::ptrdiff_t>(i); at >= 0 && at < end) part[i] = clip[static_cast<std::size_t>(at)];
  return part;
}

Dataset read_sound_folder(const std::string& folder, const std::shared_ptr<const ClipFeatures>& front_end) {
  if (!files::is_directory(folder)) throw failure(folder, "is no folder", "a folder with a folder of WAV files for each class");
  auto clips = std::make_shared<Clips>();
  clips->front_end = front_end;
  std::vector<std::string> labels, names;
  std::size_t shorter = 0;
  const std::size_t window = front_end->window, hop = front_end->hop;
  const std::vector<ClassFolder> classes = class_folders(folder, "sounds", ".wav", sounds_in);
  for (const ClassFolder& of_class : classes)
    for (const files::path& file : of_class.files) {
      clips->samples.push_back(read_wav(file.string(), front_end->rate).samples);
      const std::size_t samples = clips->samples.back().size();
      shorter += samples < window ? 1u : 0u;
      const std::size_t whole = std::max<std::size_t>(samples / window, 1);
      for (std::size_t begin = samples < window ? 0 : samples % window, w = 0; w < whole; ++w, begin += window) {
        const std::size_t before = std::min<std::size_t>(begin, 2 * front_end->rate) / hop * hop;
        clips->rows.push_back({clips->samples.size() - 1, begin - before, before + window});
        labels.push_back(of_class.name);
        names.push_back(file.string());
      }
    }
  Dataset data{folder, front_end->features, {}, {}};
  data.values.resize(names.size() * data.features);
  for (std::size_t row = 0; row < names.size(); ++row)
    front_end->compute(clips->heard(row), std::span{data.values}.subspan(row * data.features, data.features));
  label_rows(data, labels, [&](std::size_t i) { return names[i]; });
  data.notes.push_back(note_of(*clips, classes.size(), shorter));
  data.clips = std::move(clips);
  return data;
}

std::vector<std::vector<float>> read_sounds(const std::string& folder, std::uint32_t rate) {
  if (!files::is_directory(folder)) throw failure(folder, "is no folder", "a folder with WAV files");
  std::vector<std::vector<float>> sounds;
  for (const files::path& file : sounds_in(folder)) {
    sounds.push_back(read_wav(file.string(), rate).samples);
    if (std::ranges::all_of(sounds.back(), [](float x) { return x == 0; }))
      throw failure(file.string(), "is silent", "a sound to add to others");
  }
  if (sounds.empty()) throw failure(folder, "has no WAV files", "at least one");
  return sounds;
}

}  // namespace tools
