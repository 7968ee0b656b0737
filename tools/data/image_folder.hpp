// A folder with a folder of images for each class, which has the class's name.
#pragma once

#include <string>

#include "tools/data/dataset.hpp"

namespace tools {

// All images must have one size; `channels` is 1 or 3, or 0 for what the first has. In the order of the names of classes and
// files. Throws Failure.
Dataset read_image_folder(const std::string& folder, std::size_t channels);

}  // namespace tools
