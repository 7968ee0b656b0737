// Tensors: what a file in the safetensors format holds (huggingface.co/docs/safetensors), which PyTorch's weights are kept in:
//
//   8 bytes               length of the header, little-endian
//   header                JSON: {"fc.weight": {"dtype": "F32", "shape": [10, 32], "data_offsets": [0, 1280]}, …}, and perhaps
//                         "__metadata__" with names and strings; spaces may end it
//   data                  of one tensor behind the other, little-endian, last extent fastest, without gaps
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tools/safetensors/dtype.hpp"

namespace tools::safetensors {

struct Tensor {
  std::string name;
  Dtype dtype = Dtype::f32;
  std::vector<std::uint64_t> shape;  // empty: a scalar
  std::size_t begin = 0, end = 0;    // of its bytes in the data

  std::size_t size() const { return (end - begin) / bytes_of(dtype); }  // numbers
};

struct Tensors {
  std::string file;                             // what failures call it
  std::vector<Tensor> list;                     // in the order of their data
  std::map<std::string, std::string> metadata;  // of "__metadata__"
  std::string data;

  const Tensor* find(std::string_view name) const;

  // Its numbers as floats. Throws Failure unless its dtype is F32, F16, BF16 or F64, and all of them are finite as floats.
  std::vector<float> floats(const Tensor& tensor) const;
};

// "10x32"; "scalar"
std::string shape_text(const std::vector<std::uint64_t>& shape);

// Throws Failure, with the path of the field, unless the file is whole.
Tensors read(const std::string& file);
Tensors parse(const std::string& name, std::string_view bytes);  // of bytes; `name` is what failures call them

// A tensor to be written: F32, unless `counts` makes it a scalar of dtype I64.
struct Written {
  std::string name;
  std::vector<std::uint64_t> shape;
  std::vector<float> numbers;
  bool counts = false;
};

// The bytes of a file, its tensors in this order, behind a header whose length is a multiple of 8.
std::string bytes_of(const std::vector<Written>& tensors, const std::map<std::string, std::string>& metadata);

}  // namespace tools::safetensors
