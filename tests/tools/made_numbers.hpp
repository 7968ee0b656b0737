// What tests of operators share: numbers as bytes, and a model run in the workspace that is planned for it.
#pragma once

#include <cstring>
#include <vector>

#include "tflite_models.hpp"
#include "tools/import/run.hpp"

template <class Number>
tools::importer::Bytes bytes_of(const std::vector<Number>& numbers) {
  tools::importer::Bytes bytes(numbers.size() * sizeof(Number));
  std::memcpy(bytes.data(), numbers.data(), bytes.size());
  return bytes;
}

template <class Number>
std::vector<Number> numbers_of(const tools::importer::Bytes& bytes) {
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

// A tensor that is computed.
inline tools::importer::Tensor computed(tools::importer::Type type, std::vector<int> shape, float scale = 0,
                                        std::int64_t zero = 0) {
  tools::importer::Tensor made{"t", type, std::move(shape), {}, {}, false};
  if (scale > 0) made.quantization = {.scale = {scale}, .zero_point = {zero}, .dimension = 0};
  return made;
}
template <class Number>
tools::importer::Tensor constant(tools::importer::Tensor like, const std::vector<Number>& numbers) {
  like.data.resize(numbers.size() * sizeof(Number));
  std::memcpy(like.data.data(), numbers.data(), like.data.size());
  return like;
}

template <class Number>
std::vector<Number> run(const tools::importer::Model& model, const std::vector<tools::importer::Bytes>& inputs,
                        tools::importer::Manner manner = tools::importer::Manner::merged) {
  return numbers_of<Number>(tools::importer::run(tools::importer::lower(model, manner), inputs));
}

// Kinds of the operators of nn/ that a model becomes.
template <class Kernel>
std::ptrdiff_t count_of(const tools::importer::Network& network) {
  return std::count_if(network.operators.begin(), network.operators.end(),
                       [](const tools::importer::Applied& each) { return each.operation.as<Kernel>() != nullptr; });
}
