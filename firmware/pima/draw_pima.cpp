// draw_pima: a stand-in for the Pima data, of their shape: 500 rows of class 0 and 268 of class 1, each feature drawn from
// a normal distribution of its class, cut at 0; the two overlap about as the real ones do. draw_pima --out FILE.csv [--seed N]
#include <cmath>
#include <cstdio>
#include <iostream>

#include "nn/random.hpp"
#include "tools/data/file.hpp"
#include "tools/options.hpp"

namespace {

// Mean and deviation by class, and the digits behind the point.
struct Feature {
  double mean[2];
  double deviation[2];
  int digits;
};
constexpr Feature features[]{
    {{3, 5}, {3, 3.5}, 0},     // pregnancies
    {{110, 141}, {26, 32}, 0},   // glucose
    {{68, 71}, {18, 21}, 0},   // blood pressure
    {{20, 22}, {15, 18}, 0},   // skin
    {{70, 100}, {100, 140}, 0},  // insulin
    {{30, 35}, {7.5, 7}, 1},   // body mass index
    {{0.43, 0.55}, {0.3, 0.37}, 3},  // pedigree
    {{31, 37}, {11, 11}, 0},   // age
};

// Nearly normal, with mean 0 and deviation 1: the sum of twelve uniform numbers.
double normal(nn::Random& random) {
  double sum = -6;
  for (int i = 0; i < 12; ++i) sum += static_cast<double>(random.uniform());
  return sum;
}

std::string draw(std::uint32_t seed) {
  nn::Random random{seed};
  std::string csv;
  std::uint32_t left[]{500, 268};
  while (left[0] + left[1] > 0) {
    const std::size_t label = random.below(left[0] + left[1]) < left[0] ? 0 : 1;
    --left[label];
    char text[32];
    for (const Feature& feature : features) {
      const double value = feature.mean[label] + feature.deviation[label] * normal(random);
      std::snprintf(text, sizeof text, "%.*f,", feature.digits, std::max(value, 0.0));
      csv += text;
    }
    csv += label == 0 ? "0\n" : "1\n";
  }
  return csv;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {}};
    const auto out = options.text("out");
    const auto seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
    options.refuse_others();
    if (!out) throw tools::Failure{"nowhere to write to; expected --out FILE.csv"};
    tools::replace_file(*out, draw(seed));
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "draw_pima: " << problem.what() << '\n';
    return 1;
  }
}
