// Float ONNX models of our own, imported and run on numbers.
#pragma once

#include <cmath>

#include "nn/random.hpp"
#include "onnx_writer.hpp"
#include "tools/import/lowering.hpp"
#include "tools/import/probe.hpp"
#include "tools/import/run.hpp"
#include "tools/onnx/read.hpp"

namespace onnx_numbers {

using namespace onnx_writer;
using tools::importer::Network;
using Numbers = std::vector<float>;

inline nn::Random source{7};
inline Numbers random(std::size_t count) {
  Numbers made;
  for (std::size_t i = 0; i < count; ++i) made.push_back(static_cast<float>(static_cast<int>(source.below(2001)) - 1000) / 500);
  return made;
}

inline Network imported(const std::string& content, const tools::onnx::Settings& settings = {}) {
  return tools::importer::lower(
      tools::onnx::parse_model("m.onnx", {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()}, settings));
}

// Its outputs one after another; in its plan and apart they are the same.
inline Numbers run(const Network& network, const std::vector<Numbers>& inputs) {
  std::vector<tools::importer::Bytes> x;
  for (const Numbers& input : inputs) {
    const auto* first = reinterpret_cast<const std::int8_t*>(input.data());
    x.emplace_back(first, first + input.size() * sizeof(float));
  }
  const tools::importer::Bytes y = tools::importer::run(network, x);
  Numbers made(y.size() / sizeof(float));
  std::memcpy(made.data(), y.data(), y.size());
  tools::importer::probe("m.onnx", network, network);
  return made;
}

inline bool close(const Numbers& found, const Numbers& expected, float bound = 1e-5f) {
  float largest = 0;
  for (float each : expected) largest = std::max(largest, std::abs(each));
  if (found.size() != expected.size()) return false;
  for (std::size_t i = 0; i < found.size(); ++i)
    if (!(std::abs(found[i] - expected[i]) <= bound * largest)) return false;
  return true;
}

}  // namespace onnx_numbers
