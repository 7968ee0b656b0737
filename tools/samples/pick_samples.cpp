// pick_samples: the rows of some classes, as CSV: what a body learns from, and what a head is to learn that the body never saw.
#include <algorithm>
#include <charconv>
#include <iostream>
#include <numeric>

#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/data/text.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help = R"(Writes the rows of some classes as CSV, the class last.

--data FILE, --data-images FILE --data-labels FILE, --data-x FILE --data-y FILE or --data-folder FOLDER: CSV, IDX, .npy or
                      images by class
--label COLUMN        of the class in CSV: first, last, a number from 1 or a name of the first row (last)
--classes 7,8,9       by their numbers
--each N              the first N of each class, one of each in turn (all, as they stand)
--out FILE.csv
)";

using Rows = std::vector<std::size_t>;

std::vector<std::uint32_t> classes_of(const std::string& list) {
  std::vector<std::uint32_t> classes;
  for (const std::string& part : tools::parts_of(list)) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    if (error != std::errc{} || end != part.data() + part.size())
      throw tools::Failure{"--classes is \"" + list + "\"; expected numbers of classes with commas between, such as 7,8,9"};
    if (std::ranges::find(classes, number) != classes.end())
      throw tools::Failure{"--classes names " + part + " twice; expected each class once"};
    classes.push_back(number);
  }
  return classes;
}

// `each`: 0 for all.
Rows picked(const tools::Dataset& data, const std::vector<std::uint32_t>& classes, std::size_t each) {
  std::vector<Rows> found(classes.size());
  Rows all;
  for (std::size_t i = 0; i < data.size(); ++i) {
    const auto at = static_cast<std::size_t>(std::ranges::find(classes, data.labels[i]) - classes.begin());
    if (at == classes.size()) continue;
    found[at].push_back(i);
    all.push_back(i);
  }
  for (std::size_t c = 0; c < classes.size(); ++c)
    if (found[c].size() < std::max<std::size_t>(each, 1))
      throw tools::failure(data.name, tools::text("has ", found[c].size(), " rows of class ", classes[c]),
                           each == 0 ? "at least one" : tools::text("at least the ", each, " of --each"));
  if (each == 0) return all;
  Rows turns;
  for (std::size_t k = 0; k < each; ++k)
    for (const Rows& rows : found) turns.push_back(rows[k]);
  return turns;
}

std::string csv(const tools::Dataset& data, const Rows& rows) {
  std::string out;
  for (std::size_t i : rows) {
    for (float value : data.row(i)) {
      char buffer[40];
      out.append(buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr);
      out += ',';
    }
    out += std::to_string(data.labels[i]) + '\n';
  }
  return out;
}

int run(tools::Options& options) {
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const auto data = tools::read_source(options, "data", tools::label_column(options));
  const auto list = options.text("classes");
  const std::size_t each = options.whole("each", 0, 1, 1'000'000);
  const auto out = options.text("out");
  options.refuse_others();
  if (!data) throw tools::Failure{"no data; expected --data FILE or --data-images and --data-labels (see --help)"};
  if (!list) throw tools::Failure{"no classes; expected --classes, such as 7,8,9"};
  if (!out) throw tools::Failure{"nowhere to write to; expected --out FILE.csv"};
  tools::require_results(options, {"data", "data-images", "data-labels"}, {"out"});
  tools::replace_file(*out, csv(*data, picked(*data, classes_of(*list), each)));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"help"}};
    return run(options);
  } catch (const std::exception& problem) {
    std::cerr << "pick_samples: " << problem.what() << '\n';
    return 1;
  }
}
