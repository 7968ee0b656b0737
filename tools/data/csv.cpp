#include "tools/data/csv.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include "tools/data/file.hpp"

namespace tools {
namespace {

// The first of , ; tab blank that occurs.
char delimiter_of(std::string_view line) {
  for (char candidate : {',', ';', '\t'})
    if (line.find(candidate) != line.npos) return candidate;
  return ' ';
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\"");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\"") - first + 1);
}

std::vector<std::string_view> fields_of(std::string_view line, char delimiter) {
  std::vector<std::string_view> fields;
  line = trimmed(line);
  while (true) {
    const std::size_t end = line.find(delimiter);
    fields.push_back(trimmed(line.substr(0, end)));
    if (end == line.npos) return fields;
    line.remove_prefix(end + 1);
    if (delimiter == ' ') line = trimmed(line);  // several blanks separate as one
  }
}

std::optional<float> number(std::string_view text) {
  float value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace

Dataset read_csv(const std::string& name, LabelColumn label) {
  const std::string content = read_file(name);
  Dataset data{name, 0, {}, {}};
  std::string_view rest = content;
  if (rest.starts_with("\xef\xbb\xbf")) rest.remove_prefix(3);  // the mark of UTF-8 that some programs write
  std::size_t width = 0;
  char delimiter = 0;
  for (std::size_t row = 1; !rest.empty(); ++row) {
    const std::size_t end = rest.find('\n');
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
    if (trimmed(line).empty()) continue;

    const std::string place = name + ": row " + std::to_string(row);
    if (delimiter == 0) delimiter = delimiter_of(trimmed(line));
    const auto fields = fields_of(line, delimiter);
    if (width == 0) {
      width = fields.size();
      if (width < 2) throw failure(place, "has one column", "features and a class number, separated by comma, semicolon, tab or blank");
      data.features = width - 1;
      if (std::none_of(fields.begin(), fields.end(), [](auto field) { return number(field).has_value(); })) continue;  // header
    }
    if (fields.size() != width)
      throw failure(place, "has " + std::to_string(fields.size()) + " columns", std::to_string(width) + " as in the rows before");
    const std::size_t label_column = label == LabelColumn::first ? 0 : width - 1;
    for (std::size_t column = 0; column < width; ++column) {
      const auto value = number(fields[column]);
      if (!value)
        throw failure(place, "column " + std::to_string(column + 1) + " holds \"" + std::string{fields[column]} + "\"", "a number");
      if (column != label_column) {
        data.values.push_back(*value);
      } else {
        if (*value < 0 || *value > 65535 || *value != std::floor(*value))
          throw failure(place, "the label is " + std::string{fields[column]}, "a class number, a whole number from 0");
        data.labels.push_back(static_cast<std::uint32_t>(*value));
      }
    }
  }
  if (data.size() == 0) throw failure(name, "holds no rows", "a row of numbers for each sample");
  return data;
}

void write_csv(const Dataset& data, const std::string& name) {
  std::string content;
  for (std::size_t i = 0; i < data.size(); ++i) {
    for (float value : data.row(i)) content += std::to_string(static_cast<long>(value)) + ',';
    content += std::to_string(data.labels[i]) + '\n';
  }
  replace_file(name, content);
}

}  // namespace tools
