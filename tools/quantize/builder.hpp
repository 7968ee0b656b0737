// Builder: a TensorFlow Lite model made in memory, float32, operator by operator in the order in which they run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "nn/shape.hpp"
#include "tools/import/model.hpp"

namespace tools::quantizer {

// Heights, widths and channels are below 2^31 because the network was made in memory.
inline int whole(std::size_t count) { return static_cast<int>(count); }
std::vector<int> image(const nn::Shape& shape);

class Builder {
 public:
  explicit Builder(const std::string& name);
  ~Builder();

  // A tensor that is computed, or an input of the model.
  int tensor(const nn::Shape& shape);
  int tensor(std::vector<int> shape);
  int input(const nn::Shape& shape);

  int constant(std::vector<int> shape, const std::vector<float>& values);
  int constant(std::vector<int> shape, const std::vector<std::int32_t>& values);

  // Gives the operator's output.
  int apply(const std::string& kind, std::vector<int> inputs, const nn::Shape& shape,
            const importer::Attributes& attributes = {});
  int apply(const std::string& kind, std::vector<int> inputs, std::vector<int> shape,
            const importer::Attributes& attributes = {});

  // Works an activation, which never falls, into the operator with weights or the addition that x comes from: also before a
  // maximum or a reshape that stands between, as these commute with it. False if x comes from another.
  bool fuse(int x, const std::string& activation);

  // Calls make(x) for a branch that begins at x, which others read, too.
  int branch(int x, auto make) {
    const int before = first_unshared;
    first_unshared = whole(model.tensors.size());
    const int y = make(x);
    first_unshared = before;
    return y;
  }

  importer::Model finish(int output);

 private:
  int add(importer::Tensor tensor);

  importer::Model model;
  int first_unshared = 0;
};

}  // namespace tools::quantizer
