// Images of PGM, PPM (Netpbm: P2, P3, P5, P6) and BMP (1, 4, 8, 24 and 32 bits, not compressed).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tools {

struct ImageFile {
  std::size_t height, width, channels;  // 1, or 3: red, green, blue
  std::vector<float> pixels;            // [height][width][channels], 0 to 255

  // The same with 1 or 3 channels: grey is 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601).
  ImageFile with_channels(std::size_t wanted) const;
};

// Throws Failure.
ImageFile read_image_file(const std::string& name);

}  // namespace tools
