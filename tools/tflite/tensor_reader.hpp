// Tensors of a file, one by one: type, shape, quantization and data.
#pragma once

#include "tools/import/model.hpp"
#include "tools/tflite/flatbuffer.hpp"

namespace tools::tflite {

class TensorReader {
 public:
  TensorReader(Flatbuffer& source, const Table& root);

  importer::Tensor read(const Table& from, std::size_t index);

 private:
  void read_type(const Table& from, importer::Tensor& to) const;
  void read_shape(const Table& from, importer::Tensor& to) const;
  void read_quantization(const Table& from, importer::Tensor& to) const;
  void read_data(const Table& from, importer::Tensor& to) const;

  Flatbuffer& file;
  const Table& model;
  std::vector<std::uint64_t> buffers;
};

}  // namespace tools::tflite
