// Where a tool's labelled data come from: `--<role> FILE` (CSV) or `--<role>-images FILE --<role>-labels FILE` (IDX).
#pragma once

#include <optional>
#include <string>

#include "tools/data/csv.hpp"
#include "tools/data/idx.hpp"
#include "tools/options.hpp"

namespace tools {

inline std::optional<Dataset> read_source(Options& options, const std::string& role, LabelColumn label) {
  const auto csv = options.text(role);
  const auto images = options.text(role + "-images");
  const auto labels = options.text(role + "-labels");
  if (images.has_value() != labels.has_value())
    throw Failure{"--" + role + "-images and --" + role + "-labels go together; expected both or neither"};
  if (csv && images) throw Failure{"--" + role + " and --" + role + "-images name two sources; expected one"};
  if (csv) return read_csv(*csv, label);
  if (images) return read_idx(*images, *labels);
  return std::nullopt;
}

inline LabelColumn label_column(Options& options) {
  return options.one_of("label", "last", {"first", "last"}) == "first" ? LabelColumn::first : LabelColumn::last;
}

// Every row must have the network's inputs and a class it can answer with.
inline void require_fit(const Dataset& data, std::size_t inputs, std::size_t classes) {
  if (data.features != inputs)
    throw failure(data.name, "has " + std::to_string(data.features) + " features a row",
                  std::to_string(inputs) + ", the inputs of the network");
  for (std::size_t i = 0; i < data.size(); ++i)
    if (data.labels[i] >= classes)
      throw failure(data.name + ": sample " + std::to_string(i + 1), "the label is " + std::to_string(data.labels[i]),
                    "0 to " + std::to_string(classes - 1) + " for this network");
}

}  // namespace tools
