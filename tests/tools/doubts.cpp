// The sentences about a training or a conversion that did not do what it should, each by the least that calls for it.
#include "tools/report/doubts.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expect.hpp"
#include "tools/report/repetitions.hpp"

namespace {

using tools::Scores;

// Of a confusion matrix, [actual][predicted].
Scores classes(std::vector<std::uint32_t> confusion, double loss) {
  Scores scores;
  for (std::uint32_t samples : confusion) scores.samples += samples;
  while (scores.classes * scores.classes < confusion.size()) ++scores.classes;
  scores.confusion.assign(confusion.begin(), confusion.end());
  scores.loss = loss;
  return scores;
}
// Of the RMSE of each output.
Scores numbers(const std::vector<double>& errors, double loss) {
  Scores scores;
  scores.samples = 10;
  scores.loss = loss;
  for (double error : errors) scores.errors.push_back({error * error, error});
  return scores;
}

void says(const std::optional<std::string>& doubt, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
  for (std::string_view part : parts)
    if (!doubt || doubt->find(part) == std::string::npos)
      report_failure(__FILE__, line, "\"", std::string_view{doubt ? *doubt : "nothing"}, "\" lacks \"", part, "\"");
}

void of_classes() {
  const Scores before = classes({3, 1, 3, 3}, 0.7);
  const auto doubt = [&](const Scores& after) { return tools::doubt_of_classes(before, after, {"cat", "dog"}); };
  expect(!doubt(classes({4, 0, 1, 5}, 0.2)));
  says(doubt(classes({4, 0, 0, 0}, 0.2)), {"all training data are of one class"});
  says(doubt(classes({0, 4, 0, 6}, 0.2)), {"names class dog for everything", "60.00 %", "--find-rate"});
  says(doubt(classes({1, 3, 2, 4}, 0.2)), {"no better than naming the largest class", "50.00 %", "60.00 % of them"});
  says(doubt(classes({3, 1, 1, 5}, 0.7)), {"the loss did not fall: 0.7 before training, 0.7 behind it"});
  const Scores three = classes({9, 0, 0, 0, 9, 0, 2, 0, 0}, 0.2);
  says(tools::doubt_of_classes(classes({9, 0, 0, 9, 0, 0, 2, 0, 0}, 1), three, {"a", "b", "c"}),
       {"class c is never found, though 2 of 20", "--class-weights balanced"});
  says(tools::doubt_of_equal_rows(three, 0.9), {"same inputs are of different classes", "at most 90.00 %", "90.00 % are"});
}

// Names in columns of as many characters, none of which is torn.
void of_names() {
  const std::string name = "äöüßäöüßäöüßäöü";
  says(tools::confusion_table(classes({2, 1, 0, 3}, 0), {name, "b"}),
       {"\n              äöüßäöüßäöüß            b  precision", "\n äöüßäöüßäöüß            2            1",
        "\n            b            0            3"});
}

void of_numbers() {
  const Scores before = numbers({2, 30}, 1);
  const auto doubt = [&](const Scores& after, const std::vector<double>& deviations) {
    return tools::doubt_of_numbers(before, after, deviations, {"width", "height"});
  };
  expect(!doubt(numbers({1, 10}, 0.2), {2, 30}));
  says(doubt(numbers({2, 30}, 0.9), {2, 30}), {"the mean of the targets always", "RMSE 21.26"});
  says(doubt(numbers({1, 30}, 0.4), {2, 30}), {"the mean of height always: RMSE 30, and 30 from that mean"});
  says(doubt(numbers({1, 10}, 1), {2, 30}), {"the loss did not fall: 1 before"});
  says(doubt(numbers({0, 0}, 0.2), {0, 0}), {"all targets are the same number"});
  expect(!doubt(numbers({1, 0}, 0.2), {2, 0}));  // one that is learnt, and one that is always the same
}

void of_ranges() {
  const auto column = [](double least, double most) {
    return tools::Column{least, most, (least + most) / 2, (most - least) / 4};
  };
  expect(!tools::doubt_of_ranges({column(0, 1), column(0, 999), column(5, 5)}, {}));
  says(tools::doubt_of_ranges({column(0, 1), column(-1000, 1000)}, {"column 1", "column 3"}),
       {"column 1 ranges over 1 and column 3 over 2000", "--normalize standard"});
}

void of_conversion() {
  const auto doubt = [](const Scores& after, const Scores& before) {
    return tools::doubt_of_conversion("int8", "try more", before, after);
  };
  const Scores right = classes({50, 0, 0, 50}, 0.1);
  expect(!doubt(classes({48, 2, 0, 50}, 0.1), right));
  says(doubt(classes({47, 3, 0, 50}, 0.1), right), {"int8 is right on 97.00 % where float is on 100.00 %; try more"});
  expect(!doubt(numbers({1.4}, 1), numbers({1}, 1)));
  says(doubt(numbers({1.5}, 1), numbers({1}, 1)), {"int8 has an RMSE of 1.5 where float has 1; try more"});
}

void of_repetitions() {
  const tools::Repetition good{classes({1, 0, 0, 1}, 0), {}, {}}, bad{classes({1, 0, 1, 0}, 0), {}, {"first", "second"}};
  expect(tools::doubts_of("seed", 5, {good, good}).empty());
  expect(tools::doubts_of("seed", 5, {good, bad, bad}) ==
         std::vector<std::string>{"2 of 3 seeds, such as seed 6: first", "2 of 3 seeds, such as seed 6: second"});
}

}  // namespace

int main() {
  of_classes();
  of_names();
  of_numbers();
  of_ranges();
  of_conversion();
  of_repetitions();
  return expectations_failed();
}
