// A spectrogram as a picture: a frame a column, channel 0 at the bottom, dark to bright.
#pragma once

#include <string>

#include "tools/features/front_end.hpp"

namespace tools {

std::string as_svg(const Features& features, const FrontEnd& front_end, const std::string& title);

}  // namespace tools
