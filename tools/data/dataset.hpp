// Dataset: rows of raw numbers, and what is asked of a network for each: a class, or numbers (targets).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tools {

struct Clips;

struct Dataset {
  std::string name;            // of the file the rows come from, for messages
  std::size_t features = 0;
  std::vector<float> values;          // rows one behind the other; a NaN is a missing value
  std::vector<std::uint32_t> labels;  // the class of each row; none if targets are asked for

  std::vector<std::string> classes = {};  // what the classes 0, 1, … are called; none if they are whole numbers from 0
  std::string label_file = {};            // where the classes come from, if that is another file
  std::vector<std::size_t> shape = {};    // of a row, such as height, width, channels; none if the source does not say it
  std::size_t targets = 0;                // asked for each row
  std::vector<float> target_values = {};  // rows one behind the other
  std::vector<std::string> target_names = {};
  std::vector<std::string> columns = {};  // where each feature stands, for messages; none if their number says all
  std::vector<std::string> notes = {};    // what was read otherwise than it stands there, or is worth telling
  std::shared_ptr<const Clips> clips = {};  // what the rows were made of, if they are sounds (sound_folder.hpp)

  std::size_t size() const { return features == 0 ? labels.size() : values.size() / features; }
  std::span<const float> row(std::size_t i) const { return std::span{values}.subspan(i * features, features); }
  std::span<const float> target(std::size_t i) const { return std::span{target_values}.subspan(i * targets, targets); }
  const std::string& source_of_labels() const { return label_file.empty() ? name : label_file; }
  std::string place(std::size_t feature) const {
    return feature < columns.size() ? columns[feature] : "input " + std::to_string(feature + 1);
  }
};

// The first `count` rows of a dataset, or all.
void keep_first(Dataset& data, std::size_t count);

// Every row, from the first on.
std::vector<std::size_t> all_rows(const Dataset& data);

}  // namespace tools
