#include "tools/report/doubts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tools/report/name.hpp"

namespace tools {
namespace {

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}
std::string percent(double share) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", 100 * share);
  return text;
}
std::string place_of(const std::vector<std::string>& places, std::size_t i) {
  return i < places.size() ? places[i] : "input " + std::to_string(i + 1);
}

constexpr const char* try_to_learn = "try another --rate (--find-rate proposes one), more --epochs, or --normalize standard";

}  // namespace

std::optional<std::string> doubt_of_classes(const Scores& before, const Scores& after, const std::vector<std::string>& names) {
  std::size_t occur = after.occurring(), named = 0, last = 0;
  for (std::size_t k = 0; k < after.classes; ++k) {
    named += after.predicted(k) > 0;
    if (after.predicted(k) > 0) last = k;
  }
  const std::string right = "it is right on " + percent(after.accuracy()) + " of the training data";
  if (occur < 2)
    return "all training data are of one class, so that nothing can be learnt from them; give samples of every class";
  if (named == 1)
    return "the network names class " + name_of(names, last) + " for everything: " + right + ", that class's share; " +
           try_to_learn + (after.largest_share() > 0.7 ? ", and --class-weights balanced" : "");
  const double chance = after.largest_share();
  if (after.accuracy() <= chance + 0.02 * (1 - chance) && after.mean_recall() <= 1.0 / static_cast<double>(occur) + 0.05)
    return "the network does no better than naming the largest class always: " + right + ", and that class is " +
           percent(chance) + " of them; " + try_to_learn;
  if (after.loss > 0.995 * before.loss && after.accuracy() < 0.99)
    return "the loss did not fall: " + number(before.loss) + " before training, " + number(after.loss) + " behind it; " +
           try_to_learn;
  for (std::size_t k = 0; k < after.classes; ++k)
    if (after.actual(k) > 0 && after.predicted(k) == 0)
      return "class " + name_of(names, k) + " is never found, though " + std::to_string(after.actual(k)) + " of " +
             std::to_string(after.samples) + " samples are of it; try --class-weights balanced";
  return std::nullopt;
}

std::string doubt_of_equal_rows(const Scores& after, double most) {
  return "rows with the same inputs are of different classes, so that at most " + percent(most) +
         " of the training data can be right, and " + percent(after.accuracy()) + " are; give inputs that tell the classes apart";
}

std::optional<std::string> doubt_of_numbers(const Scores& before, const Scores& after, const std::vector<double>& deviations,
                                            const std::vector<std::string>& names) {
  const auto no_better = [](const std::string& mean, double error, double deviation) {
    return "the network does no better than giving the mean of " + mean + " always: RMSE " + number(error) + ", and " +
           number(deviation) + " from that mean; " + try_to_learn;
  };
  double squares = 0;
  std::size_t differ = 0;
  std::vector<std::size_t> not_learnt;
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    squares += deviations[i] * deviations[i] / static_cast<double>(deviations.size());
    if (!(deviations[i] > 0)) continue;
    ++differ;
    if (after.errors[i].rmse() >= 0.99 * deviations[i]) not_learnt.push_back(i);
  }
  if (!deviations.empty() && differ == 0)
    return "all targets are the same number, so that nothing else can be learnt from them; give rows whose targets differ";
  if (!not_learnt.empty() && not_learnt.size() == differ) return no_better("the targets", after.rmse(), std::sqrt(squares));
  if (!not_learnt.empty()) {
    const std::size_t first = not_learnt.front();
    const std::string what = first < names.size() ? name_of(names, first) : "output " + std::to_string(first + 1);
    return no_better(what, after.errors[first].rmse(), deviations[first]);
  }
  if (after.loss > 0.995 * before.loss)
    return "the loss did not fall: " + number(before.loss) + " before training, " + number(after.loss) + " behind it; " +
           try_to_learn;
  return std::nullopt;
}

std::optional<std::string> doubt_of_ranges(const std::vector<Column>& columns, const std::vector<std::string>& places) {
  std::size_t narrow = columns.size(), wide = columns.size();
  const auto range = [&](std::size_t i) { return columns[i].most - columns[i].least; };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].constant()) continue;
    if (narrow == columns.size() || range(i) < range(narrow)) narrow = i;
    if (wide == columns.size() || range(i) > range(wide)) wide = i;
  }
  if (narrow == wide || range(wide) < 1000 * range(narrow)) return std::nullopt;
  return place_of(places, narrow) + " ranges over " + number(range(narrow)) + " and " + place_of(places, wide) + " over " +
         number(range(wide)) + ", so that the first hardly counts when all are scaled alike; try --normalize standard";
}

std::optional<std::string> doubt_of_conversion(const std::string& what, const std::string& to_try, const Scores& before,
                                               const Scores& after) {
  if (before.classes > 0 && before.accuracy() - after.accuracy() >= 0.03)
    return what + " is right on " + percent(after.accuracy()) + " where float is on " + percent(before.accuracy()) + "; " +
           to_try;
  if (before.classes == 0 && after.rmse() >= 1.5 * before.rmse())
    return what + " has an RMSE of " + number(after.rmse()) + " where float has " + number(before.rmse()) + "; " + to_try;
  return std::nullopt;
}

}  // namespace tools
