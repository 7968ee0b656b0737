// Panel: one diagram of an SVG, with axes and curves. Sizes are in pixels.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

namespace tools {

template <class... Arguments>
std::string format(const char* pattern, Arguments... arguments) {
  char buffer[256];
  std::snprintf(buffer, sizeof buffer, pattern, arguments...);
  return buffer;
}

// Text as it may stand in an SVG.
std::string escaped(const std::string& text);

struct Place {
  double x;
  double y;
};
using Curve = std::vector<Place>;

struct Panel {
  double left, top, width, height;
  double low, high;    // of the values
  double first, last;  // of what they depend on, …
  bool powers = false;  // … which are powers of ten, by their exponents

  double x(double at) const;
  double y(double value) const;

  // Frame, round numbers along both axes, and a name above.
  std::string axes(const std::string& name) const;
  // The same without numbers along the lower edge, for what a drawing names there itself.
  std::string axis(const std::string& name) const;
  // Values outside the panel are drawn on its edge.
  std::string line(const Curve& curve, const char* colour) const;
  std::string dots(const Curve& curve, const char* colour) const;
};

}  // namespace tools
