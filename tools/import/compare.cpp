#include "tools/import/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>

#include "tools/data/file.hpp"

namespace tools::importer {

namespace {

// From a file: of 64 bits the lower half, and dimensions in the order of the network.
std::vector<std::int8_t> as_inside(const Place& tensor, const std::string& content) {
  const std::size_t size = static_cast<std::size_t>(bytes_of(tensor.type)), apart = tensor.outside.wide ? 2 * size : size;
  const std::size_t numbers = content.size() / apart, each = static_cast<std::size_t>(tensor.bytes) / size;
  const Shape& shape = tensor.outside.shape;
  std::vector<std::size_t> stride(shape.size(), 1);
  for (std::size_t d = shape.size(); d-- > 1;) stride[d - 1] = stride[d] * static_cast<std::size_t>(shape[d]);
  std::vector<std::int8_t> made;
  made.reserve(numbers * size);
  for (std::size_t i = 0; i < numbers; ++i) {
    std::size_t from = i;
    if (!shape.empty()) {
      std::size_t rest = i % each;
      from = i - rest;
      for (std::size_t d = shape.size(); d-- > 0;) {
        const auto dimension = static_cast<std::size_t>(tensor.outside.order[d]);
        const auto extent = static_cast<std::size_t>(shape[dimension]);
        from += rest % extent * stride[dimension];
        rest /= extent;
      }
    }
    const auto first = content.begin() + static_cast<std::ptrdiff_t>(from * apart);
    made.insert(made.end(), first, first + static_cast<std::ptrdiff_t>(size));
  }
  return made;
}

// How many bytes of a file a tensor has.
std::size_t bytes_outside(const Place& tensor) { return static_cast<std::size_t>(tensor.bytes) * (tensor.outside.wide ? 2 : 1); }

// One file of all tensors, case after case.
std::vector<std::vector<std::int8_t>> read_together(const Network& network, const std::vector<int>& tensors,
                                                    const std::string& file, std::size_t& count) {
  const std::string content = read_file(file);
  std::size_t whole = 0;
  for (int tensor : tensors) whole += bytes_outside(network.tensor(tensor));
  if (content.empty() || content.size() % whole != 0)
    throw failure(file, "has " + std::to_string(content.size()) + " bytes",
                  "whole cases of " + std::to_string(whole) + ", all " + std::to_string(tensors.size()) +
                      " tensors, or a file for each of these");
  count = std::min(count, content.size() / whole);
  std::vector<std::string> contents(tensors.size());
  for (std::size_t at = 0; at < content.size();)
    for (std::size_t i = 0; i < tensors.size(); ++i) {
      const std::size_t bytes = bytes_outside(network.tensor(tensors[i]));
      contents[i].append(content, at, bytes);
      at += bytes;
    }
  std::vector<std::vector<std::int8_t>> made;
  for (std::size_t i = 0; i < tensors.size(); ++i) made.push_back(as_inside(network.tensor(tensors[i]), contents[i]));
  return made;
}

std::vector<std::vector<std::int8_t>> read_tensors(const Network& network, const std::vector<int>& tensors,
                                                   const std::vector<std::string>& files, std::size_t& count) {
  if (files.size() == 1 && tensors.size() > 1) return read_together(network, tensors, files[0], count);
  if (files.size() != tensors.size())
    throw Failure{std::to_string(files.size()) + " files of cases; expected one for each of " + std::to_string(tensors.size()) +
                  " tensors"};
  std::vector<std::vector<std::int8_t>> contents;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string content = read_file(files[i]);
    const Place& tensor = network.tensor(tensors[i]);
    const std::size_t each = bytes_outside(tensor);
    if (content.empty() || content.size() % each != 0)
      throw failure(files[i], "has " + std::to_string(content.size()) + " bytes", "whole cases of " + std::to_string(each));
    count = std::min(count, content.size() / each);
    contents.push_back(as_inside(tensor, content));
  }
  return contents;
}

}  // namespace

Cases read_cases(const Network& network, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs,
                 std::size_t most) {
  Cases cases{.count = most, .inputs = {}, .outputs = {}};
  cases.inputs = read_tensors(network, network.inputs, inputs, cases.count);
  cases.outputs = read_tensors(network, network.outputs, outputs, cases.count);
  const auto cut = [&](std::vector<std::vector<std::int8_t>>& all, const std::vector<int>& tensors) {
    for (std::size_t i = 0; i < all.size(); ++i)
      all[i].resize(cases.count * static_cast<std::size_t>(network.tensor(tensors[i]).bytes));
  };
  cut(cases.inputs, network.inputs);
  cut(cases.outputs, network.outputs);
  return cases;
}

// Floats agree to 1e-4 of the number, or to 1e-6 of the largest finite one of their tensor and case; infinities are equal.
static std::size_t wrong_floats(std::span<const std::int8_t> found, std::span<const std::int8_t> expected) {
  const auto number = [](std::span<const std::int8_t> bytes, std::size_t i) {
    float value;
    std::memcpy(&value, &bytes[4 * i], sizeof value);
    return value;
  };
  float largest = 0;
  for (std::size_t i = 0; i < expected.size() / 4; ++i)
    if (std::isfinite(number(expected, i))) largest = std::max(largest, std::abs(number(expected, i)));
  std::size_t wrong = 0;
  for (std::size_t i = 0; i < expected.size() / 4; ++i) {
    const float a = number(found, i), b = number(expected, i);
    const bool equal = a == b || (std::isnan(a) && std::isnan(b));
    wrong += !equal && !(std::isfinite(b) && std::abs(a - b) <= 1e-4f * std::abs(b) + 1e-6f * largest);
  }
  return wrong;
}

// answer(inputs) of each case.
static bool compare_answers(const Network& network, const Cases& cases, auto answer) {
  std::size_t wrong = 0, compared = 0;
  for (std::size_t c = 0; c < cases.count; ++c) {
    const auto of_case = [&](const std::vector<std::int8_t>& all) {
      const std::size_t each = all.size() / cases.count;
      return std::vector<std::int8_t>(all.begin() + static_cast<std::ptrdiff_t>(c * each),
                                      all.begin() + static_cast<std::ptrdiff_t>((c + 1) * each));
    };
    std::vector<std::vector<std::int8_t>> x;
    for (const auto& input : cases.inputs) x.push_back(of_case(input));
    const std::vector<std::int8_t> all = answer(x);
    std::size_t at = 0;
    for (std::size_t o = 0; o < cases.outputs.size(); ++o) {
      const std::vector<std::int8_t> expected = of_case(cases.outputs[o]);
      const std::span<const std::int8_t> found{all.data() + at, expected.size()};
      at += expected.size();
      const Type type = network.tensor(network.outputs[o]).type;
      const std::size_t size = static_cast<std::size_t>(bytes_of(type));
      compared += found.size() / size;
      if (type == Type::float32) wrong += wrong_floats(found, expected);
      else
        for (std::size_t i = 0; i < found.size(); i += size) wrong += std::memcmp(&found[i], &expected[i], size) != 0;
    }
  }
  std::cout << wrong << " of " << compared << " numbers of " << cases.count << " cases differ\n";
  return wrong == 0;
}

void answer(const Network& network, Cases& cases) {
  Runner runner{network};
  Bytes all;
  for (std::size_t c = 0; c < cases.count; ++c) {
    const auto each = static_cast<std::ptrdiff_t>(cases.inputs[0].size() / cases.count),
               at = static_cast<std::ptrdiff_t>(c) * each;
    const Bytes y = runner.run({Bytes(cases.inputs[0].begin() + at, cases.inputs[0].begin() + at + each)});
    all.insert(all.end(), y.begin(), y.end());
  }
  if (cases.count > 0) cases.outputs = {all};
}

bool compare(const Network& network, const Cases& cases) {
  Runner runner{network};
  return compare_answers(network, cases, [&](const std::vector<Bytes>& x) {
    if (cases.reset) runner.reset();
    return runner.run(x);
  });
}

bool compare(const Streamed& streamed, const Network& window, const Cases& cases) {
  Runner runner{streamed.network};
  return compare_answers(window, cases, [&](const std::vector<Bytes>& x) {
    runner.reset();
    const std::ptrdiff_t hop = std::ssize(x[0]) / streamed.frames * streamed.hop;
    Bytes stream(static_cast<std::size_t>((hop - std::ssize(x[0]) % hop) % hop));  // before the window
    stream.insert(stream.end(), x[0].begin(), x[0].end());
    Bytes last;
    for (auto at = stream.begin(); at != stream.end(); at += hop) last = runner.run({Bytes(at, at + hop)});
    return last;
  });
}

}  // namespace tools::importer
