#include "tools/import/check.hpp"

#include <iostream>

#include "tools/data/file.hpp"

namespace tools::importer {

namespace {

std::size_t bytes(const Network& network, int tensor) { return static_cast<std::size_t>(network.tensors[static_cast<std::size_t>(tensor)].bytes); }

std::vector<std::string> read_all(const Network& network, const std::vector<int>& tensors, const std::vector<std::string>& files) {
  if (files.size() != tensors.size()) throw Failure{std::to_string(files.size()) + " files of cases; expected " + std::to_string(tensors.size())};
  std::vector<std::string> contents;
  for (std::size_t i = 0; i < files.size(); ++i) {
    contents.push_back(read_file(files[i]));
    const std::size_t each = bytes(network, tensors[i]);
    if (contents[i].size() % each != 0 || contents[i].size() / each != contents[0].size() / bytes(network, tensors[0]))
      throw failure(files[i], "has " + std::to_string(contents[i].size()) + " bytes", "whole cases of " + std::to_string(each) + " bytes");
  }
  return contents;
}

}  // namespace

bool check(const Network& network, const std::vector<std::string>& inputs, const std::vector<std::string>& outputs) {
  const auto given = read_all(network, network.inputs, inputs);
  const auto expected = read_all(network, network.outputs, outputs);
  const std::size_t cases = given[0].size() / bytes(network, network.inputs[0]);
  std::size_t wrong = 0;
  std::size_t compared = 0;
  for (std::size_t c = 0; c < cases; ++c) {
    std::vector<std::vector<std::int8_t>> x;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const std::size_t each = bytes(network, network.inputs[i]);
      x.emplace_back(given[i].begin() + static_cast<std::ptrdiff_t>(c * each), given[i].begin() + static_cast<std::ptrdiff_t>((c + 1) * each));
    }
    const std::vector<std::int8_t> y = run(network, x);
    std::size_t at = 0;
    for (std::size_t o = 0; o < expected.size(); ++o) {
      const std::size_t each = bytes(network, network.outputs[o]);
      for (std::size_t i = 0; i < each; ++i, ++at) {
        ++compared;
        if (y[at] != static_cast<std::int8_t>(expected[o][c * each + i])) ++wrong;
      }
    }
  }
  std::cout << wrong << " of " << compared << " bytes of " << cases << " cases differ\n";
  return wrong == 0;
}

}  // namespace tools::importer
