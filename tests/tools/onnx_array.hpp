// Arrays in ONNX's order of dimensions, and one operator of ONNX on them, imported and run: as it is, and behind a pooling that
// changes nothing but leaves images with their channels last inside.
#pragma once

#include <functional>

#include "expect.hpp"
#include "onnx_numbers.hpp"

namespace onnx_array {

using namespace onnx_numbers;
using Extents = std::vector<std::int64_t>;
using Index = std::vector<std::int64_t>;

struct Array {
  Extents shape;
  Numbers number;

  std::size_t place(const Index& index) const {
    std::size_t at = 0;
    for (std::size_t d = 0; d < shape.size(); ++d)
      at = at * static_cast<std::size_t>(shape[d]) + static_cast<std::size_t>(index[d]);
    return at;
  }
  float at(const Index& index) const { return number[place(index)]; }
  // 0 outside.
  bool holds(const Index& index) const {
    for (std::size_t d = 0; d < shape.size(); ++d)
      if (index[d] < 0 || index[d] >= shape[d]) return false;
    return true;
  }
};

inline std::size_t count(const Extents& shape) {
  std::size_t all = 1;
  for (std::int64_t extent : shape) all *= static_cast<std::size_t>(extent);
  return all;
}

inline Array drawn(const Extents& shape) { return {shape, random(count(shape))}; }

// of(index) for each, the last dimension fastest.
inline Array made(const Extents& shape, const std::function<double(const Index&)>& of) {
  Array all{shape, {}};
  Index index(shape.size(), 0);
  for (std::size_t i = 0; i < count(shape); ++i) {
    all.number.push_back(static_cast<float>(of(index)));
    for (std::size_t d = shape.size(); d-- > 0;) {
      if (++index[d] < shape[d]) break;
      index[d] = 0;
    }
  }
  return all;
}

// Whether a case of many is to be seen: all of them, but for sanitizers every seventh, which no loop here divides.
#ifndef EVERY
#define EVERY 1
#endif
inline bool seen() {
  static int cases = 0;
  return cases++ % EVERY == 0;
}

struct Applied {
  std::string operation;
  Array x;
  std::vector<Message> attributes = {};
  std::vector<Message> constants = {};   // behind x, named c0, c1 …
  std::vector<std::string> inputs = {};  // if others than these
  std::int64_t opset = 13;
};

inline Model model_of(const Applied& of, const Extents& y, bool pooled) {
  Model model{.nodes = {},
              .initializers = of.constants,
              .inputs = {value("x", of.x.shape)},
              .outputs = {value("y", y)},
              .opset = of.opset};
  std::vector<std::string> inputs{"x"};
  for (std::size_t i = 0; i < of.constants.size(); ++i) inputs.push_back("c" + std::to_string(i));
  if (!of.inputs.empty()) inputs = of.inputs;
  if (pooled) {
    model.nodes.push_back(node("MaxPool", {"x"}, {"p"}, {attribute("kernel_shape", Extents(of.x.shape.size() - 2, 1))}));
    for (std::string& each : inputs)
      if (each == "x") each = "p";
  }
  model.nodes.push_back(node(of.operation, inputs, {"y"}, of.attributes));
  return model;
}

// Within `bound` of 1 or, if that is more, of the largest number.
inline bool agree(const Numbers& found, const Numbers& expected, float bound) {
  Numbers with_one = expected, same = found;
  with_one.push_back(1);
  same.push_back(1);
  return close(same, with_one, bound);
}

inline void check(const Applied& of, const Array& y, float bound = 2e-6f, int line = __builtin_LINE()) {
  for (bool pooled : {false, true}) {
    if (pooled && (of.x.shape.size() < 3 || of.x.shape.size() > 4)) continue;
    try {
      const Numbers found = run(imported(model_of(of, y.shape, pooled).file()), {of.x.number});
      if (!agree(found, y.number, bound))
        report_failure("", line, of.operation, pooled ? ", channels last" : "", ": other numbers");
    } catch (const tools::Failure& failure) {
      report_failure("", line, failure.what());
    }
  }
}

}  // namespace onnx_array
