// IDX: the file format of MNIST (LeCun, Cortes and Burges, http://yann.lecun.com/exdb/mnist). Big-endian: two bytes 0, the
// type (8: unsigned bytes), the number of dimensions, each dimension in 32 bits, then the bytes.
#pragma once

#include <string>

#include "tools/data/dataset.hpp"

namespace tools {

// The images of one file, [images][height][width] or with a fourth extent for channels, and the labels of another; none if
// its name is empty. Throws Failure.
Dataset read_idx(const std::string& images, const std::string& labels);

// Both files as text of bytes; `width` and `height` of every image. Values are rounded to bytes.
void write_idx(const Dataset& data, std::size_t height, std::size_t width, const std::string& images, const std::string& labels);

}  // namespace tools
