#include "tools/tflite/describe.hpp"

#include <algorithm>
#include <array>

#include "tools/data/failure.hpp"
#include "tools/import/check.hpp"
#include "tools/import/names.hpp"
#include "tools/import/network.hpp"

namespace tools::tflite {

namespace {

using importer::Model;
using importer::Operator;
using importer::Quantization;
using importer::Tensor;

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

std::string tensor_number(int index) { return index < 0 ? "none" : text("#", index); }

std::string list(const std::vector<int>& tensors) {
  std::string numbers;
  for (int i : tensors) {
    if (!numbers.empty()) numbers += ' ';
    numbers += tensor_number(i);
  }
  return numbers;
}

std::string quantization(const Quantization& of) {
  if (of.scale.empty()) return "";
  if (of.zero_point.size() != of.scale.size()) return text(of.scale.size(), " scales, ", of.zero_point.size(), " zero points");
  const auto [low, high] = std::minmax_element(of.scale.begin(), of.scale.end());
  const auto [zero_low, zero_high] = std::minmax_element(of.zero_point.begin(), of.zero_point.end());
  if (of.scale.size() == 1) return text("scale ", *low, ", zero point ", *zero_low);
  const std::string zero_points = *zero_low == 0 && *zero_high == 0 ? "" : text(", zero points ", *zero_low, " to ", *zero_high);
  return text(of.scale.size(), " scales ", *low, " to ", *high, " along dimension ", of.dimension, zero_points);
}

std::string role(const Model& model, int tensor) {
  const auto in = [tensor](const std::vector<int>& where) {
    return std::find(where.begin(), where.end(), tensor) != where.end();
  };
  const Tensor& of = model.tensor(tensor);
  if (in(model.inputs)) return "input";
  if (in(model.outputs)) return "output";
  if (of.variable) return "variable";
  return of.data.empty() ? "" : text(of.data.size(), " bytes");
}

std::string value(const importer::Attributes::Value& of) {
  return std::visit(
      []<class Value>(const Value& each) -> std::string {
        if constexpr (std::is_same_v<Value, std::vector<std::int64_t>>) {
          std::string all;
          for (std::int64_t number : each) all += text(all.empty() ? "" : " ", number);
          return all;
        } else {
          return text(each);
        }
      },
      of);
}

// "stride_h 2, activation relu": what is not 0, none or empty.
std::string attributes(const Operator& operation) {
  std::string list;
  for (const auto& [name, of] : operation.attributes.all()) {
    const std::string shown = value(of);
    if (shown.empty() || shown == "0" || shown == "none") continue;
    list += text(list.empty() ? "" : ", ", name, " ", shown);
  }
  return list;
}

// What a check of it ends with, but for the file's name.
std::string problem(const Model& model, auto check) {
  try {
    check();
  } catch (const Failure& failure) {
    const std::string sentence = failure.what();
    return sentence.starts_with(model.file + ": ") ? sentence.substr(model.file.size() + 2) : sentence;
  }
  return "";
}

// The sentences of all that cannot be imported. Operators are looked at if what they read and write is good.
std::vector<std::string> problems(const Model& whole) {
  Model model = whole;  // what is known beforehand is filled in
  std::vector<std::string> all;
  const auto add = [&](const std::string& sentence) {
    if (!sentence.empty()) all.push_back(sentence);
    return sentence.empty();
  };
  const std::vector<bool> used = importer::used_tensors(model);
  std::vector<bool> good(used.size(), true);
  for (std::size_t i = 0; i < used.size(); ++i)
    if (used[i]) good[i] = add(problem(model, [&] { importer::check_tensor(model, static_cast<int>(i)); }));
  if (!add(problem(model, [&] { importer::check_graph(model); }))) return all;
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const auto is_good = [&](int tensor) { return tensor < 0 || good[static_cast<std::size_t>(tensor)]; };
    const Operator& of = model.operators[i];
    if (std::ranges::all_of(of.inputs, is_good) && std::ranges::all_of(of.outputs, is_good))
      add(problem(model, [&] { importer::check_operator(model, i); }));
  }
  if (all.empty()) add(problem(model, [&] { importer::lower(whole); }));
  return all;
}

using Row = std::array<std::string, 5>;

// Columns as wide as their widest cell.
std::string table(const std::vector<Row>& rows) {
  std::array<std::size_t, 5> widths{};
  for (const Row& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  std::string lines;
  for (const Row& row : rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) line += "  " + padded(row[i], widths[i]);
    lines += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return lines;
}

}  // namespace

std::string describe(const Model& model) {
  std::vector<Row> tensors, operators;
  std::size_t constants = 0, bytes = 0;
  for (std::size_t i = 0; i < model.tensors.size(); ++i) {
    const Tensor& of = model.tensors[i];
    const int index = static_cast<int>(i);
    tensors.push_back({tensor_number(index), text(importer::name(of.type), " ", of.shape), role(model, index),
                       quantization(of.quantization), importer::in_quotes(of.name)});
    if (!of.data.empty()) ++constants;
    bytes += of.data.size();
  }
  for (std::size_t i = 0; i < model.operators.size(); ++i) {
    const Operator& of = model.operators[i];
    operators.push_back({text(i), of.name, list(of.inputs), text("-> ", list(of.outputs)), attributes(of)});
  }
  std::string marks;
  for (const std::string& sentence : problems(model))
    marks += text(marks.empty() ? "\nin the way of an import\n" : "", "  ", sentence, "\n");
  return text("tensors\n", table(tensors), "\noperators\n", table(operators), marks, "\n", constants, " constants, ", bytes,
              " bytes\n");
}

}  // namespace tools::tflite
