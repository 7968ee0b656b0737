// plot_activations --out FILE.svg [--csv FILE.csv]: the activation functions and their slopes as curves, in float as lines
// and in fixed point as dots; or as numbers.
#include <iostream>

#include "functions.hpp"
#include "tools/data/file.hpp"
#include "tools/options.hpp"
#include "tools/report/panel.hpp"

namespace {

constexpr const char* value_colour = "#1f6fb4";
constexpr const char* slope_colour = "#d0551c";
constexpr double width = 300, height = 150;

template <class Function>
std::string panel(std::size_t number) {
  const tools::Panel panel{
      60 + 370 * static_cast<double>(number % 2), 70 + 215 * static_cast<double>(number / 2), width, height, -1.2, 3.2, -4, 4};
  tools::Curve value, slope, fixed_value, fixed_slope;
  for (float x = -4; x <= 4; x += 0x1p-5f) {
    const auto [f, df] = activations::at<float, Function>(x);
    value.push_back({static_cast<double>(x), static_cast<double>(f)});
    slope.push_back({static_cast<double>(x), static_cast<double>(df)});
  }
  for (float x = -4; x <= 4; x += 0.5f) {
    const auto [f, df] = activations::at<nn::Fixed16, Function>(x);
    if (f <= 3.2f) fixed_value.push_back({static_cast<double>(x), static_cast<double>(f)});
    fixed_slope.push_back({static_cast<double>(x), static_cast<double>(df)});
  }
  const auto error = activations::largest_error<Function>(0x1p-10f);
  const std::string name =
      std::string{Function::name} +
      tools::format("  error %.5f, of the slope %.5f", static_cast<double>(error.value), static_cast<double>(error.slope));
  return panel.axes(name) + panel.line(value, value_colour) + panel.line(slope, slope_colour) +
         panel.dots(fixed_value, value_colour) + panel.dots(fixed_slope, slope_colour);
}

std::string as_svg() {
  std::string svg = "<svg xmlns='http://www.w3.org/2000/svg' width='760' height='1140' font-family='sans-serif' font-size='12'>\n"
                    "<rect width='760' height='1140' fill='white'/>\n"
                    "<text x='60' y='26' font-size='15'>Activation functions: lines in float, dots in Fixed16</text>\n";
  svg += tools::format("<text x='560' y='26' fill='%s'>value</text><text x='620' y='26' fill='%s'>slope</text>\n", value_colour,
                       slope_colour);
  std::size_t number = 0;
  activations::for_each_function([&]<class Function>() { svg += panel<Function>(number++); });
  return svg + "</svg>\n";
}

std::string as_csv() {
  std::string csv = "function,x,value_float,value_fixed,slope_float,slope_fixed\n";
  activations::for_each_function([&]<class Function>() {
    for (float x = -8; x < 8; x += 0x1p-5f) {
      const auto real = activations::at<float, Function>(x);
      const auto fixed = activations::at<nn::Fixed16, Function>(x);
      csv += std::string{Function::name} + tools::format(",%g,%.9g,%.9g,%.9g,%.9g\n", static_cast<double>(x),
                                                         static_cast<double>(real.value), static_cast<double>(fixed.value),
                                                         static_cast<double>(real.slope), static_cast<double>(fixed.slope));
    }
  });
  return csv;
}

void run(tools::Options& options) {
  const auto out = options.text("out");
  const auto csv = options.text("csv");
  options.refuse_others();
  if (!out && !csv) throw tools::Failure{"nowhere to write to; expected --out FILE.svg or --csv FILE.csv"};
  if (out) tools::replace_file(*out, as_svg());
  if (csv) tools::replace_file(*csv, as_csv());
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {}};
    run(options);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "plot_activations: " << problem.what() << '\n';
    return 1;
  }
}
