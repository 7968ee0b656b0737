// DataType: of what the numbers of an ONNX tensor are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace tools::onnx {

// TensorProto.DataType; others are named by their number.
enum class DataType : std::int32_t {
  undefined = 0,
  float32 = 1,
  uint8 = 2,
  int8 = 3,
  uint16 = 4,
  int16 = 5,
  int32 = 6,
  int64 = 7,
  string = 8,
  boolean = 9,
  float16 = 10,
  float64 = 11,
  uint32 = 12,
  uint64 = 13,
  bfloat16 = 16,
  uint4 = 21,
  int4 = 22
};

// The bytes of one number; of 4 bits, and of others, 0.
std::size_t bytes_of(DataType type);
std::string name(DataType type);

}  // namespace tools::onnx
