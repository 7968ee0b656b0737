// The header and the image of a network that learns, as trainable.hpp makes it of a model.
#pragma once

#include <string>

#include "tools/import/header.hpp"
#include "tools/import/layer.hpp"

namespace tools::importer {

struct TrainableText {
  std::string name;      // namespace
  std::string command;   // as it was typed
  std::vector<std::string> notes = {};  // lines of comment
  float mean = 0, scale = 1;            // an input of the network is (raw - mean) · scale
};

// The type with its parameters, and `probe`: an input, and what the graph of the same model answers. `cases`: inputs and outputs
// to compare with, or none.
std::string trainable_header(const Chain& network, const TrainableText& text, const Probe& probe, const Cases& cases);

// Parameters and normalization as an image (nn/store/image_format.hpp): what train --start, quantize, export and a device read.
std::string trainable_image(const Chain& network, const TrainableText& text);

}  // namespace tools::importer
