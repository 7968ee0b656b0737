// draw_digits: makes labelled digits, so that nothing needs to be downloaded.
#include <iostream>
#include <string>
#include <vector>

#include "tools/data/csv.hpp"
#include "tools/data/idx.hpp"
#include "tools/digits/draw.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help = R"(Draws labelled digits.

--train FILE  --test FILE                   8x8, CSV: 64 values 0 to 16, then the class, as optdigits has it
--train-images FILE  --train-labels FILE    28x28, IDX: 0 to 255, as MNIST has it
--test-images FILE  --test-labels FILE
--train-count N (4000)  --test-count N (1000)  --seed N (1)
)";

// Writes the digits of one role, train or test, wherever they are asked for; says whether they were.
bool draw(tools::Options& options, const std::string& role, std::size_t count, std::uint32_t seed) {
  const auto csv = options.text(role);
  const auto images = options.text(role + "-images");
  const auto labels = options.text(role + "-labels");
  if (csv) tools::write_csv(tools::draw_digits(tools::optdigits_page, count, nn::Random{seed}), *csv);
  if (images) tools::write_idx(tools::draw_digits(tools::mnist_page, count, nn::Random{seed}), 28, 28, *images, *labels);
  return csv || images;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"help"}};
    if (options.flag("help")) {
      std::cout << help;
      return 0;
    }
    const auto seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
    const std::size_t train_count = options.whole("train-count", 4000, 1, 1'000'000);
    const std::size_t test_count = options.whole("test-count", 1000, 1, 1'000'000);
    const std::vector<std::string> results{"train", "train-images", "train-labels", "test", "test-images", "test-labels"};
    for (const std::string& name : results) options.text(name);
    options.refuse_others();
    for (const std::string role : {"train", "test"})
      if (options.has(role + "-images") != options.has(role + "-labels"))
        throw tools::Failure{"--" + role + "-images and --" + role + "-labels go together; expected both or neither"};
    require_results(options, {}, results);
    const bool train = draw(options, "train", train_count, seed);
    const bool test = draw(options, "test", test_count, ~seed);  // other digits than those to learn from
    if (!train && !test) throw tools::Failure{"nothing to write; expected --train, --test or their IDX forms (see --help)"};
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "draw_digits: " << problem.what() << '\n';
    return 1;
  }
}
