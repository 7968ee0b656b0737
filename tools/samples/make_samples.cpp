// make_samples: labelled samples as a C++ header, for programs that have no files.
#include <charconv>
#include <iostream>

#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help = R"(Writes samples of a data file as a C++ header of bytes.

--data FILE, --data-images FILE --data-labels FILE, --data-x FILE --data-y FILE or --data-folder FOLDER: CSV, IDX, .npy or
                      images by class; values must be whole numbers from 0 to 255
--floats              values of any kind, as floats
--label COLUMN        of the class in CSV: first, last, a number from 1 or a name of the first row (last)
--first N (0)  --count N (all from there)
--name NAMESPACE (samples)  --out FILE.hpp
)";

std::string byte(const tools::Dataset& data, std::size_t sample, float value) {
  const int whole = static_cast<int>(std::min(std::max(value, -1.0f), 256.0f));
  if (static_cast<float>(whole) != value || whole < 0 || whole > 255)
    throw tools::failure(data.name + ": sample " + std::to_string(sample + 1), "holds the value " + std::to_string(value),
                         "whole numbers from 0 to 255");
  return std::to_string(whole);
}

// The shortest number that gives the same float.
std::string real(float value) {
  char buffer[40];
  std::string text{buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
  return text.find_first_of(".e") == text.npos ? text : text + "f";
}

std::string samples_header(const tools::Dataset& data, std::size_t first, std::size_t count, bool floats, const std::string& name,
                           const std::string& command) {
  const std::string features = std::to_string(data.features);
  std::string out = "// Generated. Do not edit; run the command again.\n//\n//   " + command + "\n#pragma once\n\n"
                    "#include <array>\n#include <cstddef>\n#include <cstdint>\n\nnamespace " + name + " {\n\n";
  out += "inline constexpr std::size_t count = " + std::to_string(count) + ";\n";
  out += "inline constexpr std::size_t features = " + features + ";\n\n";
  out += "// Raw, sample by sample.\ninline constexpr std::array<" + std::string{floats ? "float" : "std::uint8_t"} +
         ", count * features> inputs{\n";
  for (std::size_t i = first; i < first + count; ++i) {
    out += "    ";
    for (float value : data.row(i)) out += (floats ? real(value) : byte(data, i, value)) + ",";
    out += "\n";
  }
  out += "};\n\ninline constexpr std::array<std::uint8_t, count> labels{\n    ";
  for (std::size_t i = first; i < first + count; ++i) out += byte(data, i, static_cast<float>(data.labels[i])) + ",";
  return out + "\n};\n\n}  // namespace " + name + "\n";
}

int run(tools::Options& options, const std::string& command) {
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const tools::Columns columns = tools::label_column(options);
  const auto data = tools::read_source(options, "data", columns);
  if (!data) throw tools::Failure{"no data; expected --data FILE or --data-images and --data-labels (see --help)"};
  const std::size_t first = options.whole("first", 0, 0, data->size() - 1);
  const std::size_t count = options.whole("count", data->size() - first, 1, data->size() - first);
  const std::string name = options.identifier("name").value_or("samples");
  const bool floats = options.flag("floats");
  const auto out = options.text("out");
  options.refuse_others();
  if (!out) throw tools::Failure{"nowhere to write to; expected --out FILE.hpp"};
  tools::require_results(options, {"data", "data-images", "data-labels"}, {"out"});
  tools::replace_file(*out, samples_header(*data, first, count, floats, name, command));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"floats", "help"}};
    return run(options, tools::command_line(count, arguments));
  } catch (const std::exception& problem) {
    std::cerr << "make_samples: " << problem.what() << '\n';
    return 1;
  }
}
