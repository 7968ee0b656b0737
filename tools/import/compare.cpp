#include "tools/import/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iostream>

#include "tools/data/file.hpp"

namespace tools::importer {

namespace {

std::vector<std::vector<std::int8_t>> read_tensors(const Network& network, const std::vector<int>& tensors,
                                                   const std::vector<std::string>& files, std::size_t& count) {
  if (files.size() != tensors.size())
    throw Failure{std::to_string(files.size()) + " files of cases; expected one for each of " + std::to_string(tensors.size()) + " tensors"};
  std::vector<std::vector<std::int8_t>> contents;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string content = read_file(files[i]);
    const std::size_t each = static_cast<std::size_t>(network.tensor(tensors[i]).bytes);
    if (content.empty() || content.size() % each != 0)
      throw failure(files[i], "has " + std::to_string(content.size()) + " bytes", "whole cases of " + std::to_string(each));
    count = std::min(count, content.size() / each);
    contents.emplace_back(content.begin(), content.end());
  }
  return contents;
}

}  // namespace

Cases read_cases(const Network& network, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs, std::size_t most) {
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

// Floats agree to 1e-4 of the number, or to 1e-6 of the largest of all.
bool compare(const Network& network, const Cases& cases) {
  std::size_t wrong = 0;
  std::size_t compared = 0;
  const Type type = network.tensor(network.outputs[0]).type;
  const bool floats = type == Type::float32;
  const std::size_t size = floats ? 4 : type == Type::int16 ? 2 : 1;
  const auto number = [](const std::vector<std::int8_t>& bytes, std::size_t i) {
    float value;
    std::memcpy(&value, &bytes[4 * i], sizeof value);
    return value;
  };
  Runner runner{network};
  for (std::size_t c = 0; c < cases.count; ++c) {
    const auto of_case = [&](const std::vector<std::int8_t>& all) {
      const std::size_t each = all.size() / cases.count;
      return std::vector<std::int8_t>(all.begin() + static_cast<std::ptrdiff_t>(c * each), all.begin() + static_cast<std::ptrdiff_t>((c + 1) * each));
    };
    std::vector<std::vector<std::int8_t>> x;
    for (const auto& input : cases.inputs) x.push_back(of_case(input));
    std::vector<std::int8_t> expected;
    for (const auto& output : cases.outputs) {
      const auto part = of_case(output);
      expected.insert(expected.end(), part.begin(), part.end());
    }
    if (cases.reset) runner.reset();
    const std::vector<std::int8_t> found = runner.run(x);
    compared += found.size() / size;
    if (!floats) {
      for (std::size_t i = 0; i < found.size(); i += size) wrong += std::memcmp(&found[i], &expected[i], size) != 0;
      continue;
    }
    float largest = 0;
    for (std::size_t i = 0; i < found.size() / 4; ++i) largest = std::max(largest, std::abs(number(expected, i)));
    for (std::size_t i = 0; i < found.size() / 4; ++i)
      wrong += !(std::abs(number(found, i) - number(expected, i)) <= 1e-4f * std::abs(number(expected, i)) + 1e-6f * largest);
  }
  std::cout << wrong << " of " << compared << " numbers of " << cases.count << " cases differ\n";
  return wrong == 0;
}

}  // namespace tools::importer
