// What host programs take of data, keep in images and compare, whatever the network is.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "expect.hpp"
#include "tools/model/comparison.hpp"
#include "tools/model/image.hpp"
#include "tools/model/image_record.hpp"
#include "tools/train/class_weights.hpp"
#include "tools/train/doubts_of_inputs.hpp"
#include "tools/train/repeat.hpp"

namespace {

using Material = tools::Material<float, float>;
using Rows = std::vector<std::size_t>;
using Floats = std::vector<float>;
constexpr float missing = std::numeric_limits<float>::quiet_NaN();

// Two features and two targets a row.
tools::Dataset numbers() {
  tools::Dataset data{"numbers.csv", 2, {1, 10, 3, missing, 5, 30, 700, 800, 7, 50}, {}};
  data.targets = 2;
  data.target_values = {0, 100, 4, 100, 8, 400, 900, 900, 4, 200};
  return data;
}

Floats all(std::span<const float> numbers) { return {numbers.begin(), numbers.end()}; }

void of_numbers() {
  const tools::Dataset data = numbers(), tests = numbers();
  const Rows learnt{4, 0, 2, 1}, aside{3}, tested{2};
  const Material material{{1, 1, 2}, {data, learnt, aside, &tests, tested}, {"standard", "unit", false}, nullptr, nullptr};
  expect(material.normalization.mean == Floats{4, 30} && material.targets.mean == Floats{0, 100});
  expect(material.targets.scale == Floats{1.0f / 8, 1.0f / 300} && material.targets.undone(0.5, 1) > 249.9);
  expect(material.columns[0].least == 1 && material.columns[1].most == 50 && material.target_columns[1].most == 400);
  expect(material.train.size() == 4 && material.validate.size() == 1 && material.test.size() == 1);
  for (std::size_t k = 0; k < 4; ++k) expect(material.train[k].row == learnt[k]);
  expect(material.train[3].input[1] == 0);  // the mean of a column stands for what is missing
  expect(all(material.train[2].target) == Floats{1, 1} && all(material.train[2].wanted) == Floats{8, 400});
  expect(all(material.train[0].target) == Floats{0.5f, (200.0f - 100) * (1.0f / 300)});
  expect(material.validate[0].row == 3 && all(material.validate[0].wanted) == Floats{900, 900});
  expect(material.test[0].row == 2 && all(material.test[0].input) == all(material.train[2].input));
  expect(material.empty == Floats{material.normalization.of(0, 0), material.normalization.of(0, 1)} && material.empty[0] < -1);
  expect(material.largest().second == 1 && material.largest().first > 1 && material.largest().first < 2);

  // The same columns for every order of the rows; and what an image has is taken as it is.
  const tools::Normalization halves{{0}, {0.5f}};
  const Rows sorted{0, 1, 2, 4};
  const Material again{{1, 1, 2}, {data, sorted, {}, nullptr, {}}, {"standard", "unit", false}, &halves, &halves};
  expect(again.normalization.scale == Floats{0.5f} && all(again.train[2].input) == Floats{2.5f, 15});
  expect(all(again.train[2].target) == Floats{4, 200} && again.validate.empty() && again.test.empty());
  expect(again.columns[0].deviation == material.columns[0].deviation);

  // Inputs that are their own targets, as they are normalized.
  const Material itself{{1, 1, 2}, {data, sorted, {}, nullptr, {}}, {"scale", "standard", true}, nullptr, nullptr};
  expect(all(itself.train[2].target) == Floats{5 * (1.0f / 50), 30 * (1.0f / 50)});
  expect(all(itself.train[2].wanted) == all(itself.train[2].input));
}

// What the sums of columns are does not depend on the order in which rows are dealt out.
void of_any_order() {
  tools::Dataset data{"drawn", 1, {}, {}};
  nn::Random random{3};
  for (int k = 0; k < 1000; ++k) data.values.push_back(random.uniform() * (k % 7 == 0 ? 1e6f : 1));
  Rows rows = tools::all_rows(data);
  const Material first{{1, 1, 1}, {data, rows, {}, nullptr, {}}, {"standard", "none", false}, nullptr, nullptr};
  random.shuffle(rows);
  const Material second{{1, 1, 1}, {data, rows, {}, nullptr, {}}, {"standard", "none", false}, nullptr, nullptr};
  expect(first.columns[0].mean == second.columns[0].mean && first.columns[0].deviation == second.columns[0].deviation);
}

void of_classes() {
  tools::Dataset data{"classes.csv", 1, {1, 1, 1, 2, 2, 3, 1, 2}, {0, 1, 1, 2, 0, 1, 0, 0}};
  const Rows rows = tools::all_rows(data);
  const Material material{{1, 1, 1}, {data, rows, {}, nullptr, {}}, {"none", "none", false}, nullptr, nullptr};
  expect(material.most_right() == 5.0 / 8 && material.train[3].label == 2 && material.train[3].target.empty());

  expect(tools::class_weights("balanced", data, 4) == Floats{8.0f / 12, 8.0f / 9, 8.0f / 3, 0});
  expect(tools::class_weights("0,2.5,0", data, 3) == Floats{0, 2.5f, 0} && tools::class_weights("", data, 3).empty());

  // Of each class as many rows in each fold as can be, and every row in one.
  nn::Random random{1};
  const auto folds = tools::deal(data, 4, random);
  Rows dealt;
  for (const Rows& fold : folds) {
    expect(fold.size() == 2 && std::ranges::count_if(fold, [&](std::size_t row) { return data.labels[row] == 0; }) == 1);
    dealt.insert(dealt.end(), fold.begin(), fold.end());
  }
  std::ranges::sort(dealt);
  expect(dealt == rows);
}

void of_scales() {
  const auto scale = [](std::vector<tools::Column> columns, const char* kind) {
    return tools::normalization_of(kind, columns).scale;
  };
  expect(scale({{-8, 1, 0, 1}, {0, 4, 2, 1}}, "scale") == Floats{1.0f / 8} && scale({{0, 0, 0, 0}}, "scale") == Floats{1});
  expect(scale({{5, 5, 5, 0}, {0, 4, 2, 2}}, "standard") == Floats{1, 0.5f} && scale({{0, 4, 2, 2}}, "unit") == Floats{0.25f});
  expect(scale({{1e8, 1e8 + 1, 1e8, 0.5}}, "standard") == Floats{1} && scale({}, "none").empty());
}

// Beyond the range of Fixed16's inputs at either end, in more than one row of a hundred.
void of_ranges() {
  const auto doubts = [](std::size_t high, std::size_t low) {
    tools::Dataset data{"wide.csv", 1, std::vector<float>(200), {}};
    for (std::size_t k = 0; k < 200; ++k) data.values[k] = k < high ? 1e6f : k < high + low ? -1e6f : static_cast<float>(k) / 200;
    using Number = nn::Fixed16::Activation;
    const Rows rows = tools::all_rows(data);
    const tools::Kinds none{"none", "none", false};
    const tools::Material<Number, Number> material{{1, 1, 1}, {data, rows, {}, nullptr, {}}, none, nullptr, nullptr};
    return tools::doubts_of_inputs(material, data);
  };
  expect(doubts(1, 1).empty() && doubts(2, 1).size() == 1);
  expect(doubts(0, 3).size() == 1 && doubts(0, 3)[0].find("and 3 of 200 rows leave") != std::string::npos);
}

// A record of what outputs mean comes back as it was; one of another network, or damaged, does not.
void images() {
  const auto back = [](const tools::Meaning& meaning, std::size_t outputs) {
    std::string bytes = "image" + tools::record_of(meaning);
    const tools::Meaning taken = tools::take_meaning(bytes, "file", outputs);
    expect(bytes == "image");
    return taken;
  };
  tools::Meaning numbers{true, {}, {{1, 2}, {3, 4}}, std::uint64_t{7} << 40 | 5}, classes{false, {"a", "", "c"}, {}, 0};
  const tools::Meaning taken = back(numbers, 2);
  expect(taken.numbers && taken.targets.mean == Floats{1, 2} && taken.targets.scale == Floats{3, 4});
  expect(taken.front_end == numbers.front_end && back(classes, 3).classes == classes.classes && !back(classes, 3).numbers);
  const auto refused = [](std::string bytes, std::size_t outputs) {
    try {
      tools::take_meaning(bytes, "file", outputs);
    } catch (const tools::Failure&) {
      return true;
    }
    return false;
  };
  expect(refused(tools::record_of(numbers), 3));
  numbers.targets.scale[1] = std::numeric_limits<float>::infinity();
  expect(refused(tools::record_of(numbers), 2));
  tools::ImageRecord longer;
  for (std::uint32_t word : {1u, 1u, 0x00410041u, 0x41414141u}) longer.put(word);
  expect(refused(longer.with("GNGM"), 3));
  std::string damaged = "image" + tools::record_of(classes);
  damaged[6] = 'x';
  const std::string before = damaged;
  expect(tools::take_meaning(damaged, "file", 3).classes.empty() && damaged == before);
  std::string cut = tools::record_of(classes).substr(4);
  expect(tools::take_meaning(cut, "file", 3).classes.empty());

  std::string ranges = tools::record_of(std::vector<tools::TensorRange>{{-1, 2}, {0, 4}});
  const auto found = tools::take_ranges(ranges, "file");
  expect(ranges.empty() && found.size() == 2 && found[0].low == -1 && found[1].high == 4);
  for (const tools::TensorRange range : {tools::TensorRange{-INFINITY, 1}, tools::TensorRange{1, NAN}})
    try {
      ranges = tools::record_of(std::vector{range});
      tools::take_ranges(ranges, "file");
      expect(false);
    } catch (const tools::Failure&) {
    }
}

// Two networks on two samples: errors in the unit of the targets, of each its own; decisions, and how many differ.
void comparisons() {
  tools::Dataset data = numbers();
  tools::Comparison of_numbers{2, 2};
  const tools::Meaning meaning{true, {}, {{0, 100}, {0.5f, 0.1f}}, 0};
  const Floats x{1, 10}, exact{0, 0}, found{1, 3};
  const auto answer = [](const Floats& y) { return tools::Answer{std::span<const float, 2>{y.data(), 2}, 0.5f}; };
  of_numbers.add(data, 0, meaning, x, answer(exact), answer(found));
  of_numbers.add(data, 0, meaning, x, answer(exact), answer(exact));
  of_numbers.finish();
  expect(of_numbers.before.rmse() == 0 && of_numbers.before.samples == 2 && of_numbers.before.classes == 0);
  expect(of_numbers.after.errors[0].squares == 2 && std::abs(of_numbers.after.errors[1].squares - 450) < 1e-3);
  expect(of_numbers.after.errors[0].sizes == 1 && std::abs(of_numbers.after.errors[1].sizes - 15) < 1e-4);

  tools::Dataset named{"named.csv", 2, {1, 2, 3, 4}, {0, 1}, {"b", "a"}};
  tools::Comparison of_classes{2, 2};
  const tools::Meaning ab{false, {"a", "b"}, {}, 0};
  of_classes.require_fit(named, {}, ab);
  expect(named.labels == std::vector<std::uint32_t>{1, 0});
  const Floats a{0.9f, 0.1f}, b{0.1f, 0.9f};
  of_classes.add(named, 0, ab, x, answer(b), answer(b));
  of_classes.add(named, 1, ab, x, answer(a), answer(b));
  of_classes.finish();
  expect(of_classes.summary("test", "float", "int8") ==
         "accuracy on 2 test samples: 100.00 % in float, 50.00 % in int8; 1 decisions differ");
  expect(tools::Comparison(2, 1).before.classes == 2);
  try {
    tools::Comparison(2, 3).require_fit(data, {}, meaning);
    expect(false);
  } catch (const tools::Failure&) {
  }
}

}  // namespace

int main() {
  of_numbers();
  of_any_order();
  of_classes();
  of_scales();
  of_ranges();
  images();
  comparisons();
  return expectations_failed();
}
