#include "tools/data/csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string_view>

#include "tools/data/classes.hpp"
#include "tools/data/csv_rows.hpp"
#include "tools/data/file.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"

namespace tools {
namespace {

// What is no text of one byte a character, or more, is named.
void require_text(const std::string& name, std::string_view content) {
  const auto begins = [&](std::string_view mark) { return content.starts_with(mark); };
  if (begins("\x1f\x8b")) throw failure(name, "is compressed by gzip", "an unpacked file: run gunzip on it first");
  if (begins("PK\x03\x04")) throw failure(name, "is a ZIP file, as .xlsx is", "CSV: save the table as CSV, or unpack it first");
  if (begins("\x93NUMPY")) throw failure(name, "is a NumPy array", "CSV; arrays are given as …-x FILE.npy and …-y FILE.npy");
  if (begins("\xff\xfe") || begins("\xfe\xff"))
    throw failure(name, "is text in UTF-16", "UTF-8: save it as \"CSV UTF-8\", or run iconv -f UTF-16 -t UTF-8 on it");
  const std::string_view head = content.substr(0, 64);
  const auto zeros = static_cast<std::size_t>(std::count(head.begin(), head.end(), '\0'));
  if (zeros >= head.size() / 3 && zeros > 0 && content.size() % 2 == 0 && (head[0] == '\0') != (head[1] == '\0'))
    throw failure(name, "is text in UTF-16 without a mark", "UTF-8: run iconv -f UTF-16LE (or UTF-16BE) -t UTF-8 on it");
  if (content.find('\0') != content.npos) throw failure(name, "holds bytes 0 and is no text", "CSV");
}

class Reader {
 public:
  Reader(const std::string& file, const Columns& asked) : name{file}, content{read_file(file)}, columns{asked} {}

  Dataset read() {
    require_text(name, content);
    CsvRows rows{name, content};
    CsvRow first, second;
    if (!rows.next(first)) throw failure(name, "holds no rows", "a row of numbers for each sample");
    const bool more = rows.next(second);
    decimal_comma = rows.delimiter == ';' || rows.delimiter == '\t';
    separator = rows.separator();
    width = first.fields.size();
    first_row = first.number;
    data.name = name;
    const bool named = is_header(first, more ? &second : nullptr);
    choose_columns(named ? &first : nullptr);
    if (!named) add(first);
    if (more) add(second);
    for (CsvRow row; rows.next(row);) add(row);
    finish();
    return std::move(data);
  }

 private:
  std::optional<float> number(std::string_view text) {
    const NumberText found = read_number(text, decimal_comma);
    if (found.comma) commas = true;
    return found.value;
  }

  // The first row names the columns if none of it is a number, if a column is asked for by name, or if it does not hold a number
  // where the second one's class is.
  bool is_header(const CsvRow& first, const CsvRow* second) {
    const auto is_number = [&](const std::string& field) { return read_number(field, decimal_comma).value.has_value(); };
    if (by_name(columns.label)) return true;
    for (const std::string& target : columns.targets)
      if (by_name(target)) return true;
    if (std::none_of(first.fields.begin(), first.fields.end(), is_number)) {
      for (std::size_t i = 0; i < width; ++i)
        if (!is_missing(first.fields[i]) && (width == 1 || i != label_place(nullptr))) return true;
      return false;
    }
    if (second == nullptr || second->fields.size() != width) return false;
    for (std::size_t i = 0; i < width; ++i)
      if (is_number(second->fields[i]) && !is_number(first.fields[i]) && !is_missing(first.fields[i]) &&
          i == label_place(nullptr))
        return true;
    return false;
  }

  static bool by_name(const std::string& column) {
    if (column == "first" || column == "last" || column == "none" || column == "auto") return false;
    return !std::all_of(column.begin(), column.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  std::size_t place_of(const std::string& column, const CsvRow* names) const {
    if (column == "first") return 0;
    if (column == "last" || column == "auto") return width - 1;
    if (!by_name(column)) {
      const std::size_t number = column.size() < 9 ? std::stoul("0" + column) : 0;
      if (number < 1 || number > width)
        throw failure(name, "has no column " + column, "1 to " + std::to_string(width) + ", or a name of the first row");
      return number - 1;
    }
    std::string list;
    for (std::size_t i = 0; i < width; ++i) {
      if (names->fields[i] == column) return i;
      if (i < 12) list += (i == 0 ? "" : ", ") + shown(names->fields[i]);
    }
    throw failure(name, "has no column " + shown(column), "a number, or one of " + list + (width > 12 ? ", …" : ""));
  }

  // The class's column, or the width of a row if there is none.
  std::size_t label_place(const CsvRow* names) const {
    if (columns.label == "none" || (columns.label == "auto" && (!columns.targets.empty() || columns.target_is_input)))
      return width;
    return place_of(columns.label, names);
  }

  void choose_columns(const CsvRow* names) {
    label = label_place(names);
    for (const std::string& target : columns.targets) targets.push_back(place_of(target, names));
    role.assign(width, Role::feature);
    if (label < width) role[label] = Role::left_out;
    for (std::size_t target : targets) {
      if (std::count(targets.begin(), targets.end(), target) > 1)
        throw failure(name, "column " + std::to_string(target + 1) + " is a target twice", "each column once");
      role[target] = Role::left_out;
      data.target_names.push_back(names != nullptr ? names->fields[target] : "column " + std::to_string(target + 1));
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (role[i] != Role::feature) continue;
      data.columns.push_back("column " + std::to_string(i + 1) + (names != nullptr ? " (" + shown(names->fields[i]) + ")" : ""));
      ++data.features;
    }
    data.targets = targets.size();
    if (data.features == 0)
      throw failure(name + ": row " + std::to_string(first_row),
                    width == 1 ? "has one column" : "has no column besides what is asked for",
                    "features besides, separated by comma, semicolon, tab or blank");
  }

  void add(const CsvRow& row) {
    const std::string place = name + ": row " + std::to_string(row.number);
    if (row.fields.size() != width)
      throw failure(place,
                    "has " + count_of(row.fields.size()) + " where row " + std::to_string(first_row) +
                        ", whose columns are separated by " + separator + ", has " + std::to_string(width),
                    "as many in each row; a title is to begin with #");
    const std::size_t before = data.values.size();
    const bool has_class = label < width && targets.empty() && !columns.target_is_input;
    if (has_class && is_missing(row.fields[label])) {
      if (columns.missing == Missing::dropped) return drop(before);
      throw missing_class(place, row.fields[label]);
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (role[i] != Role::feature) continue;
      if (!add_number(place, row, i, data.values)) return drop(before);
    }
    if (has_class) {
      labels.push_back(row.fields[label]);
      places.push_back(row.number);
    }
    const std::size_t targets_before = data.target_values.size();
    for (std::size_t target : targets) {
      if (add_number(place, row, target, data.target_values) && !std::isnan(data.target_values.back())) continue;
      data.target_values.resize(targets_before);
      if (columns.missing == Missing::dropped) return drop(before);
      throw failure(place, "column " + std::to_string(target + 1) + ", a target, is missing", "a number, or --missing drop");
    }
  }

  Failure missing_class(const std::string& place, const std::string& text) const {
    return failure(place,
                   "column " + std::to_string(label + 1) +
                       (text.empty() ? " is empty" : " holds " + shown(text) + ", a missing class"),
                   text.empty() && label + 1 == width
                       ? "a class: its number or name, or --missing drop; a row that ends in a separator has an empty column more"
                       : "a class: its number or name, or --missing drop");
  }

  // False if the row is to be dropped.
  bool add_number(const std::string& place, const CsvRow& row, std::size_t i, std::vector<float>& list) {
    const std::string& text = row.fields[i];
    if (const auto value = number(text)) {
      list.push_back(*value);
      return true;
    }
    const std::string column = "column " + std::to_string(i + 1);
    if (!is_missing(text)) {
      if (read_number(text, true).value)
        throw failure(place, column + " holds " + shown(text) + ", a number with a comma",
                      "a decimal point, and nothing between thousands");
      throw failure(place, column + " holds " + shown(text),
                    too_large(text) ? "a number that float has, below 3.4e38" : "a number");
    }
    if (columns.missing == Missing::refused)
      throw failure(place, column + (text.empty() ? " is empty" : " holds " + shown(text) + ", a missing value"),
                    "a number, or --missing " + std::string{&list == &data.values ? "mean or drop" : "drop"});
    list.push_back(std::numeric_limits<float>::quiet_NaN());
    return columns.missing != Missing::dropped;
  }

  void drop(std::size_t values) {
    data.values.resize(values);
    ++dropped;
  }

  void finish() {
    if (dropped > 0) data.notes.push_back(name + ": " + std::to_string(dropped) + " rows with a missing value were left out");
    if (commas) data.notes.push_back(name + ": decimal commas were read as points");
    if (data.values.empty()) throw failure(name, "holds no rows", "a row of numbers for each sample");
    if (!labels.empty()) label_rows(data, labels, [&](std::size_t i) { return "row " + std::to_string(places[i]); });
  }

  static std::string count_of(std::size_t count) { return std::to_string(count) + (count == 1 ? " column" : " columns"); }

  enum class Role : char { feature, left_out };

  std::string name;
  std::string content;
  Columns columns;
  Dataset data{};
  std::string separator;
  bool decimal_comma = false, commas = false;
  std::size_t width = 0, first_row = 0, label = 0, dropped = 0;
  std::vector<std::size_t> targets, places;
  std::vector<Role> role;
  std::vector<std::string> labels;
};

}  // namespace

Dataset read_csv(const std::string& name, const Columns& columns) { return Reader{name, columns}.read(); }

void write_csv(const Dataset& data, const std::string& name) {
  std::string content;
  for (std::size_t i = 0; i < data.size(); ++i) {
    for (float value : data.row(i)) content += std::to_string(static_cast<long>(value)) + ',';
    content += std::to_string(data.labels[i]) + '\n';
  }
  replace_file(name, content);
}

}  // namespace tools
