#include "tools/data/npy.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>

#include "tools/data/classes.hpp"
#include "tools/data/file.hpp"
#include "tools/data/half.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"

namespace tools {
namespace {

// What stands behind 'key': in the header, a Python dictionary.
std::string_view value_of(const std::string& name, std::string_view header, const std::string& key) {
  const std::size_t at = header.find("'" + key + "'");
  const std::size_t colon = at == header.npos ? at : header.find(':', at);
  if (colon == header.npos) throw failure(name, "has a header without " + key, "the header that numpy.save writes");
  std::string_view rest = header.substr(colon + 1);
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return rest;
}

std::vector<std::size_t> shape_of(const std::string& name, std::string_view text) {
  std::vector<std::size_t> shape;
  if (!text.starts_with('(')) throw failure(name, "has no shape in its header", "the header that numpy.save writes");
  text = text.substr(1, text.find(')') - 1);
  for (std::size_t i = 0; i < text.size();) {
    std::size_t extent = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), extent);
    if (error != std::errc{}) {
      ++i;
      continue;
    }
    shape.push_back(extent);
    i = static_cast<std::size_t>(end - text.data());
  }
  return shape;
}

double number_of(char kind, std::size_t size, std::uint64_t word) {
  if (kind == 'f')
    return size == 2   ? static_cast<double>(from_half(static_cast<std::uint16_t>(word)))
           : size == 4 ? static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(word)))
                       : std::bit_cast<double>(word);
  if (kind != 'i') return static_cast<double>(word);
  const int unused = 64 - 8 * static_cast<int>(size);
  return static_cast<double>(static_cast<std::int64_t>(word << unused) >> unused);
}

// Where number i, counted in C order, lies in Fortran order.
std::size_t place_in_columns(const std::vector<std::size_t>& shape, std::size_t i) {
  std::size_t stride = 1, place = 0;
  for (std::size_t extent : shape) stride *= extent;
  for (std::size_t axis = shape.size(); axis-- > 0; i /= shape[axis]) place += i % shape[axis] * (stride /= shape[axis]);
  return place;
}

void append_utf8(std::string& text, std::uint64_t code) {
  const auto put = [&](std::uint64_t byte) { text += static_cast<char>(byte); };
  if (code < 0x80) return put(code);
  if (code < 0x800)
    put(0xc0 | code >> 6);
  else if (code < 0x10000)
    put(0xe0 | code >> 12), put(0x80 | (code >> 6 & 63));
  else
    put(0xf0 | (code >> 18 & 7)), put(0x80 | (code >> 12 & 63)), put(0x80 | (code >> 6 & 63));
  put(0x80 | (code & 63));
}

}  // namespace

NpyArray read_npy(const std::string& name) {
  const std::string bytes = read_file(name);
  if (bytes.starts_with("\x1f\x8b")) throw failure(name, "is compressed by gzip", "an unpacked file: run gunzip on it first");
  if (bytes.starts_with("PK\x03\x04"))
    throw failure(name, "is an archive, as numpy.savez writes it (.npz)", "one array: numpy.save, or unpack it with unzip first");
  if (!bytes.starts_with("\x93NUMPY"))
    throw failure(name, bytes.empty() ? "is empty" : "is no NumPy array",
                  "a file that begins with \\x93NUMPY, as numpy.save writes it");
  const auto byte = [&](std::size_t at) { return static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[at])); };
  const std::size_t version = bytes.size() > 8 ? byte(6) : 0;
  if (version < 1 || version > 3)
    throw failure(name, "is of version " + std::to_string(version) + " of the format", "version 1, 2 or 3");
  const std::size_t begin = version == 1 ? 10 : 12;
  std::size_t length = 0;
  for (std::size_t k = 8; k < begin && k < bytes.size(); ++k) length |= byte(k) << (8 * (k - 8));
  if (bytes.size() < begin || bytes.size() - begin < length) throw failure(name, "is cut short in its header", "a whole file");
  const std::string_view header = std::string_view{bytes}.substr(begin, length);

  std::string_view type = value_of(name, header, "descr");
  const char quote = type.empty() ? '\0' : type[0];
  if (quote != '\'' && quote != '"')
    throw failure(name, "holds records of several types", "one type of numbers: save each column by itself");
  type = type.substr(1, type.find(quote, 1) - 1);
  NpyArray array{shape_of(name, value_of(name, header, "shape")), {}, {}};
  const bool columns_first = value_of(name, header, "fortran_order").starts_with("True");

  const char order = type.empty() ? '\0' : type[0], kind = type.size() > 1 ? type[1] : '\0';
  std::size_t size = 0;
  std::from_chars(type.data() + std::min<std::size_t>(2, type.size()), type.data() + type.size(), size);
  const bool text = kind == 'U' || kind == 'S';
  const bool known = (kind == 'b' && size == 1) ||
                     ((kind == 'i' || kind == 'u') && (size == 1 || size == 2 || size == 4 || size == 8)) ||
                     (kind == 'f' && (size == 2 || size == 4 || size == 8)) || (text && size > 0 && size < 4096);
  if (!known || (order != '<' && order != '>' && order != '|'))
    throw failure(name, "holds the type " + shown(type),
                  "booleans, integers, floats of 2, 4 or 8 bytes, or text: x.astype(numpy.float32)");
  const std::size_t unit = kind == 'U' ? 4 : kind == 'S' ? 1 : size, units = text ? size : 1;

  std::size_t count = 1;
  for (std::size_t extent : array.shape) {
    if (extent > bytes.size())
      count = bytes.size() + 1;
    else
      count = std::min(count * extent, bytes.size() + 1);
  }
  const std::size_t data = begin + length, expected = count * unit * units;
  if (bytes.size() - data != expected)
    throw failure(name,
                  std::string{bytes.size() - data < expected ? "is cut short: " : "is too long: "} +
                      std::to_string(bytes.size() - data) + " bytes of numbers",
                  std::to_string(expected) + " by its header");
  const auto word = [&](std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t k = 0; k < unit; ++k) value |= byte(at + k) << (8 * (order == '>' ? unit - 1 - k : k));
    return value;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = data + (columns_first ? place_in_columns(array.shape, i) : i) * unit * units;
    if (!text) {
      array.numbers.push_back(number_of(kind, unit, word(at)));
      continue;
    }
    std::string& item = array.texts.emplace_back();
    for (std::size_t k = 0; k < units && word(at + k * unit) != 0; ++k) append_utf8(item, word(at + k * unit));
  }
  return array;
}

namespace {

// Numbers as floats; what is no number is refused, or missing.
std::vector<float> floats_of(const std::string& name, const NpyArray& array, std::size_t width, bool missing,
                             const char* options) {
  if (!array.texts.empty()) throw failure(name, "holds text", "numbers");
  std::vector<float> values;
  values.reserve(array.numbers.size());
  for (std::size_t i = 0; i < array.numbers.size(); ++i) {
    const float value = static_cast<float>(array.numbers[i]);
    if (!std::isfinite(value) && !(missing && std::isnan(value)))
      throw failure(name + ": sample " + std::to_string(i / width + 1),
                    "number " + std::to_string(i % width + 1) + " is not finite",
                    std::isnan(value) ? std::string{"a number, or "} + options : "a number in the range of float");
    values.push_back(value);
  }
  return values;
}

// The classes as texts; one that is missing is refused, or nothing.
std::vector<std::string> labels_of(const std::string& name, const NpyArray& array, bool missing) {
  std::vector<std::string> labels = array.texts;
  for (double number : array.numbers) {
    char buffer[32];
    labels.emplace_back(buffer, std::to_chars(buffer, buffer + sizeof buffer, number).ptr);
  }
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string place = name + ": sample " + std::to_string(i + 1);
    const double number = array.texts.empty() ? array.numbers[i] : 0;
    if (is_missing(labels[i])) {
      if (!missing) throw failure(place, "the class is " + shown(labels[i]) + ", a missing one", "a class, or --missing drop");
      labels[i].clear();
    } else if (!std::isfinite(number) || number != std::floor(number)) {
      throw failure(place, "the label is " + shown(labels[i]),
                    "a class, that is a whole number or a name; to learn numbers, give --target y");
    }
  }
  return labels;
}

void drop_missing(Dataset& data, std::vector<std::string>& labels) {
  std::size_t kept = 0;
  const std::size_t rows = data.size();
  const auto move = [&](auto& list, std::size_t width, std::size_t from) {
    if (!list.empty())
      std::copy_n(list.begin() + static_cast<std::ptrdiff_t>(from * width), width,
                  list.begin() + static_cast<std::ptrdiff_t>(kept * width));
  };
  for (std::size_t i = 0; i < rows; ++i) {
    const auto has_nan = [](std::span<const float> row) {
      return std::any_of(row.begin(), row.end(), [](float value) { return std::isnan(value); });
    };
    if (has_nan(data.row(i)) || has_nan(data.target(i)) || (!labels.empty() && labels[i].empty())) continue;
    move(data.values, data.features, i);
    move(labels, 1, i);
    move(data.target_values, data.targets, i);
    ++kept;
  }
  if (kept == rows) return;
  data.notes.push_back(data.name + ": " + std::to_string(rows - kept) + " rows with a missing value were left out");
  if (kept == 0) throw failure(data.name, "has a missing value in each row", "rows without");
  keep_first(data, kept);
  labels.resize(std::min(labels.size(), kept));
}

}  // namespace

Dataset read_npy_rows(const std::string& x, const std::string& y, const Columns& columns) {
  const NpyArray inputs = read_npy(x);
  if (inputs.shape.empty() || inputs.shape[0] == 0) throw failure(x, "holds no rows", "an array of [samples][…]");
  Dataset data{x, 1, {}, {}};
  for (std::size_t k = 1; k < inputs.shape.size(); ++k) data.features *= inputs.shape[k];
  if (data.features == 0) throw failure(x, "holds rows without numbers", "an array of [samples][…]");
  data.shape.assign(inputs.shape.begin() + 1, inputs.shape.end());
  data.values = floats_of(x, inputs, data.features, columns.missing != Missing::refused, "--missing mean or drop");
  const bool drops = columns.missing == Missing::dropped;
  std::vector<std::string> labels;

  if (!columns.target_is_input) {
    const NpyArray asked = read_npy(y);
    const std::size_t rows = asked.shape.empty() ? 0 : asked.shape[0];
    if (rows != data.size())
      throw failure(y, "has " + std::to_string(rows) + " rows", std::to_string(data.size()) + ", one for each of " + x);
    const std::size_t width = (asked.numbers.size() + asked.texts.size()) / rows;
    if (width == 0) throw failure(y, "holds rows without numbers", "a class or target for each row");
    if (columns.targets == std::vector<std::string>{"y"}) {
      data.targets = width;
      data.target_values = floats_of(y, asked, width, drops, "--missing drop");
    } else {
      if (!columns.targets.empty()) throw Failure{"--target names columns of CSV; expected --target y for arrays"};
      if (width != 1)
        throw failure(y, "has " + std::to_string(width) + " numbers a row",
                      "a class for each row, or --target y to learn numbers");
      data.label_file = y;
      labels = labels_of(y, asked, drops);
    }
  }
  if (drops) drop_missing(data, labels);
  if (!labels.empty()) label_rows(data, labels, [](std::size_t i) { return "sample " + std::to_string(i + 1); });
  return data;
}

}  // namespace tools
