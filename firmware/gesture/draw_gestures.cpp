// draw_gestures --out FILE.csv [--seed N (1)] [--each N (300)]: windows of an accelerometer, so many of each gesture that is
// known; a row is 48 frames of x, y, z in g, and the gesture's number.
#include <cstdio>
#include <iostream>

#include "gestures.hpp"
#include "tools/data/file.hpp"
#include "tools/options.hpp"

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {}};
    const auto out = options.text("out");
    const auto seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
    const auto each = options.whole("each", 300, 1, 100'000);
    options.refuse_others();
    if (!out) throw tools::Failure{"nowhere to write to; expected --out FILE.csv"};
    gesture::Hand hand{seed};
    std::string csv;
    for (auto i = each; i > 0; --i)
      for (std::size_t figure = 0; figure < gesture::known; ++figure) {
        for (const auto& frame : hand.draw(static_cast<gesture::Figure>(figure)))
          for (const float value : frame) {
            char text[24];
            std::snprintf(text, sizeof text, "%.9g,", static_cast<double>(value));
            csv += text;
          }
        csv += std::to_string(figure) + '\n';
      }
    tools::replace_file(*out, csv);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "draw_gestures: " << problem.what() << '\n';
    return 1;
  }
}
