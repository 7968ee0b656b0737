// Tensors of a file, one by one: type, shape, quantization and data.
#pragma once

#include "tools/tflite/flatbuffer.hpp"
#include "tools/tflite/model.hpp"

namespace tools::tflite {

class TensorReader {
 public:
  TensorReader(Flatbuffer& source, const Table& root);

  // `used`: whether an operator reads or writes it, or it goes in or out. Of others, types we do not know are let pass.
  Tensor read(const Table& from, std::size_t index, bool used);

 private:
  Type type(const Table& from, bool used) const;
  std::vector<int> shape(const Table& from, bool used) const;
  Quantization quantization(const Table& from, const Tensor& tensor) const;
  std::vector<std::uint8_t> data(const Table& from, const Tensor& tensor) const;

  Flatbuffer& file;
  const Table& model;
  std::vector<std::uint64_t> buffers;
};

}  // namespace tools::tflite
