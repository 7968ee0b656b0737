#include "tools/data/source.hpp"

#include <algorithm>
#include <tuple>

#include "tools/data/idx.hpp"
#include "tools/data/image_folder.hpp"
#include "tools/data/npy.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/sound_folder.hpp"

namespace tools {

std::vector<std::string> source_options(const std::string& role) {
  return {role, role + "-images", role + "-labels", role + "-x", role + "-y", role + "-folder"};
}

std::optional<Dataset> read_source(Options& options, const std::string& role, const Columns& columns) {
  std::vector<std::optional<std::string>> files;
  for (const std::string& name : source_options(role)) files.push_back(options.text(name));
  const auto& [csv, images, labels, x, y, folder] = std::tie(files[0], files[1], files[2], files[3], files[4], files[5]);
  if (!columns.target_is_input) {
    if (images.has_value() != labels.has_value())
      throw Failure{"--" + role + "-images and --" + role + "-labels go together; expected both or neither"};
    if (x.has_value() != y.has_value())
      throw Failure{"--" + role + "-x and --" + role + "-y go together; expected both or neither"};
  }
  if (csv.has_value() + images.has_value() + x.has_value() + folder.has_value() > 1)
    throw Failure{"several of --" + role + ", --" + role + "-images, --" + role + "-x and --" + role +
                  "-folder name sources; expected one"};
  if ((images || folder) && !columns.targets.empty())
    throw Failure{"--target names columns of CSV; expected classes with images and sounds"};
  if (csv) return read_csv(*csv, columns);
  if (images) return read_idx(*images, labels.value_or(""));
  if (x) return read_npy_rows(*x, y.value_or(""), columns);
  if (folder && columns.front_end) return read_sound_folder(*folder, columns.front_end);
  if (folder) return read_image_folder(*folder, columns.channels);
  return std::nullopt;
}

Columns label_column(Options& options) { return {.label = options.text("label").value_or("auto")}; }

std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    parts.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

Columns read_columns(Options& options, bool mean) {
  Columns columns = label_column(options);
  const auto target = options.text("target");
  if (target == "input")
    columns.target_is_input = true;
  else if (target)
    columns.targets = parts_of(*target);
  if (std::find(columns.targets.begin(), columns.targets.end(), "") != columns.targets.end())
    throw Failure{"--target is " + shown(*target) + "; expected numbers or names of columns, separated by commas"};
  const std::string missing = mean ? options.one_of("missing", "refuse", {"refuse", "mean", "drop"})
                                   : options.one_of("missing", "refuse", {"refuse", "drop"});
  columns.missing = missing == "mean" ? Missing::kept : missing == "drop" ? Missing::dropped : Missing::refused;
  return columns;
}

void require_features(const Dataset& data, std::size_t inputs) {
  if (data.features != inputs)
    throw failure(data.name, "has " + std::to_string(data.features) + " features a row",
                  std::to_string(inputs) + ", the inputs of the network");
}

void require_shape(const Dataset& data, nn::Shape input) {
  require_features(data, input.size());
  const auto without_ones = [](std::vector<std::size_t> shape) {
    std::erase(shape, 1u);
    return shape;
  };
  const auto text_of = [](const std::vector<std::size_t>& shape) {
    std::string text;
    for (std::size_t extent : shape) text += (text.empty() ? "" : " x ") + std::to_string(extent);
    return text;
  };
  const std::vector<std::size_t> wanted{input.height, input.width, input.channels};
  const auto found = without_ones(data.shape), expected = without_ones(wanted);
  if (found.size() < 2 || expected.size() < 2 || found == expected) return;
  const bool channels_first = found.size() == 3 && found == without_ones({wanted[2], wanted[0], wanted[1]});
  throw failure(data.name, "has rows of " + text_of(data.shape) + " numbers",
                text_of(wanted) + ", the height, width and channels of the network's input" +
                    (channels_first ? ": numpy.transpose(x, (0, 2, 3, 1)) brings channels last" : ""));
}

void require_fit(const Dataset& data, std::size_t inputs, std::size_t classes) {
  require_features(data, inputs);
  for (std::size_t i = 0; i < data.labels.size(); ++i)
    if (data.labels[i] >= classes)
      throw failure(data.source_of_labels() + ": sample " + std::to_string(i + 1),
                    "the label is " + std::to_string(data.labels[i]),
                    "0 to " + std::to_string(classes - 1) + " for this network");
}

}  // namespace tools
