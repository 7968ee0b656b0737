#include "tools/report/scores.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tools/data/shown.hpp"
#include "tools/report/name.hpp"

namespace tools {
namespace {

template <class... Arguments>
std::string print(const char* pattern, Arguments... arguments) {
  char text[200];
  std::snprintf(text, sizeof text, pattern, arguments...);
  return text;
}

double share(std::size_t part, std::size_t all) { return all == 0 ? 0 : static_cast<double>(part) / static_cast<double>(all); }

}  // namespace

double Scores::Errors::rmse() const { return std::sqrt(squares); }

std::size_t Scores::actual(std::size_t of_class) const {
  std::size_t sum = 0;
  for (std::size_t k = 0; k < classes; ++k) sum += count(of_class, k);
  return sum;
}
std::size_t Scores::predicted(std::size_t of_class) const {
  std::size_t sum = 0;
  for (std::size_t k = 0; k < classes; ++k) sum += count(k, of_class);
  return sum;
}
std::size_t Scores::right() const {
  std::size_t sum = 0;
  for (std::size_t k = 0; k < classes; ++k) sum += count(k, k);
  return sum;
}
double Scores::accuracy() const { return share(right(), samples); }
std::size_t Scores::occurring() const {
  std::size_t found = 0;
  for (std::size_t k = 0; k < classes; ++k) found += actual(k) > 0;
  return found;
}
double Scores::mean_recall() const {
  double sum = 0;
  for (std::size_t k = 0; k < classes; ++k) sum += share(count(k, k), actual(k));
  return sum / static_cast<double>(std::max<std::size_t>(1, occurring()));
}
double Scores::largest_share() const {
  std::size_t most = 0;
  for (std::size_t k = 0; k < classes; ++k) most = std::max(most, actual(k));
  return share(most, samples);
}
double Scores::rmse() const {
  double sum = 0;
  for (const Errors& output : errors) sum += output.squares;
  return errors.empty() ? 0 : std::sqrt(sum / static_cast<double>(errors.size()));
}
double Scores::mae() const {
  double sum = 0;
  for (const Errors& output : errors) sum += output.sizes;
  return errors.empty() ? 0 : sum / static_cast<double>(errors.size());
}

std::string line(const std::string& what, const Scores& scores) {
  const std::string begin = print("%-11s %6zu samples   loss %.4f   ", what.c_str(), scores.samples, scores.loss);
  if (scores.classes == 0) return begin + print("RMSE %.6g   MAE %.6g\n", scores.rmse(), scores.mae());
  return begin + print("accuracy %.2f %%   largest class %.2f %%\n", 100 * scores.accuracy(), 100 * scores.largest_share());
}

std::string confusion_table(const Scores& scores, const std::vector<std::string>& names) {
  // A character of UTF-8 ends where the next byte begins one.
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  std::size_t width = 5;
  for (std::size_t k = 0; k < scores.classes; ++k) {
    const std::string name = name_of(names, k);
    width = std::max(width, std::min<std::size_t>(12, static_cast<std::size_t>(std::ranges::count_if(name, begins))));
  }
  const auto cell = [&](const std::string& text) {
    std::string cut;
    std::size_t characters = 0;
    for (char c : text) {
      characters += begins(c);
      if (characters <= width) cut += c;
    }
    return std::string(width + 1 - std::min(width, characters), ' ') + cut;
  };
  std::string out = "rows: actual class, columns: predicted\n" + cell("");
  for (std::size_t k = 0; k < scores.classes; ++k) out += cell(name_of(names, k));
  out += "  precision    recall\n";
  for (std::size_t k = 0; k < scores.classes; ++k) {
    out += cell(name_of(names, k));
    for (std::size_t j = 0; j < scores.classes; ++j) out += cell(std::to_string(scores.count(k, j)));
    const auto figure = [&](std::size_t all) {
      return all == 0 ? std::string{"         -"} : print("%8.2f %%", 100 * share(scores.count(k, k), all));
    };
    out += ' ';
    out += figure(scores.predicted(k)) + figure(scores.actual(k)) + "\n";
  }
  return out;
}

std::string error_table(const Scores& scores, const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t k = 0; scores.errors.size() > 1 && k < scores.errors.size() && k < 16; ++k)
    out += print("  %-20s RMSE %-12.6g MAE %.6g\n", (k < names.size() ? readable(names[k]) : print("output %zu", k + 1)).c_str(),
                 scores.errors[k].rmse(), scores.errors[k].sizes);
  return out;
}

}  // namespace tools
