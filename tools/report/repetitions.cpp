#include "tools/report/repetitions.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace tools {
namespace {

struct Spread {
  double sum = 0, squares = 0, count = 0;
  void add(double value) {
    sum += value;
    squares += value * value;
    ++count;
  }
  double mean() const { return sum / count; }
  double deviation() const { return std::sqrt(std::max(0.0, (squares - sum * sum / count) / (count - 1))); }
};

std::string figure(const Scores& scores, const Spread* spread) {
  char text[64];
  const bool classes = scores.classes > 0;
  const double factor = classes ? 100 : 1;
  const double value = factor * (spread != nullptr ? spread->mean() : scores.figure());
  std::snprintf(text, sizeof text, classes ? "%.2f %%" : "RMSE %.6g", value);
  std::string out = text;
  if (spread != nullptr) {
    std::snprintf(text, sizeof text, classes ? " (+/- %.2f)" : " (+/- %.3g)", factor * spread->deviation());
    out += text;
  }
  return out;
}

}  // namespace

std::string repetition_table(const std::string& what, std::size_t first, const std::vector<Repetition>& all) {
  std::string out;
  Spread learnt, others;
  const auto sentence = [&](const Repetition& one, const Spread* seen, const Spread* unseen) {
    std::string text = figure(one.learnt, seen) + " of the rows learnt from";
    if (one.others.samples > 0)
      text += ", " + figure(one.others, unseen) + " of " + (unseen != nullptr ? "" : std::to_string(one.others.samples) + " ") +
              "others";
    return text + "\n";
  };
  for (std::size_t k = 0; k < all.size(); ++k) {
    learnt.add(all[k].learnt.figure());
    others.add(all[k].others.figure());
    out += what + " " + std::to_string(first + k) + ": " + sentence(all[k], nullptr, nullptr);
  }
  return out + "mean of " + std::to_string(all.size()) + " " + what + "s: " + sentence(all[0], &learnt, &others);
}

std::vector<std::string> doubts_of(const std::string& what, std::size_t first, const std::vector<Repetition>& all) {
  const auto doubtful = [](const Repetition& one) { return !one.doubts.empty(); };
  const auto found = std::find_if(all.begin(), all.end(), doubtful);
  std::vector<std::string> sentences;
  if (found == all.end()) return sentences;
  const auto count = std::count_if(all.begin(), all.end(), doubtful);
  const std::string where = std::to_string(count) + " of " + std::to_string(all.size()) + " " + what + "s, such as " + what + " " +
                            std::to_string(first + static_cast<std::size_t>(found - all.begin())) + ": ";
  for (const std::string& doubt : found->doubts) sentences.push_back(where + doubt);
  return sentences;
}

}  // namespace tools
