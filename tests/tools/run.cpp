// The course of a training, whatever its network is: its settings and a Run of a learner that takes notes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expect.hpp"
#include "tools/train/doubts_of_learning.hpp"
#include "tools/train/repeat.hpp"
#include "tools/train/run.hpp"

namespace {

using Material = tools::Material<float, float>;
using Rows = std::vector<std::size_t>;
using Floats = std::vector<float>;

// In their order, whichever thread makes them; the first failure is everyone's.
void of_repetitions() {
  const auto make = [](std::size_t k) {
    tools::Repetition one;
    one.learnt.samples = k;
    return one;
  };
  const auto made = tools::repeated(9, true, make, true);
  for (std::size_t k = 0; k < 9; ++k) expect(made[k].learnt.samples == k);
  bool thrown = false;
  try {
    tools::repeated(9, true, [](std::size_t k) -> tools::Repetition { throw tools::Failure{std::to_string(k)}; }, true);
  } catch (const tools::Failure&) {
    thrown = true;
  }
  expect(thrown);
}

tools::Settings read(std::vector<const char*> words) {
  words.insert(words.begin(), "train");
  std::vector<char*> arguments;
  for (const char* word : words) arguments.push_back(const_cast<char*>(word));
  tools::Options options{static_cast<int>(arguments.size()), arguments.data(), {"restart"}};
  return tools::read_settings(options, 4);
}

void settings_of_a_line() {
  const float none = std::numeric_limits<float>::infinity();
  const tools::Settings clipped = read({"--clip-norm", "2", "--freeze", "4"});
  expect(clipped.choice.longest == 2 && clipped.choice.largest == none && clipped.frozen == 4 && !clipped.fill_missing);
  expect(read({"--clip-value", "3"}).choice.largest == 3 && read({"--missing", "mean"}).fill_missing);
  const tools::Settings noisy = read({"--noise", "folder", "--snr", "5,20"});
  expect(noisy.variation.low == 5 && noisy.variation.high == 20 && read({"--noise", "f", "--snr", "7"}).variation.low == 7);
  try {
    read({"--freeze", "5"});
    expect(false);
  } catch (const tools::Failure&) {
  }

  // Ten iterations of three an epoch.
  const auto rates = [](std::vector<const char*> words, std::initializer_list<std::size_t> iterations) {
    words.insert(words.end(), {"--rate", "1"});
    Floats found;
    for (std::size_t iteration : iterations) found.push_back(tools::scheduled_rate(read(words), iteration, 3, 10));
    return found;
  };
  expect(rates({"--schedule", "step", "--step-epochs", "2", "--step-factor", "0.5"}, {0, 5, 6}) == Floats{1, 1, 0.5f});
  const Floats cosine = rates({"--schedule", "cosine", "--warmup", "4"}, {0, 3, 4, 7, 9});
  expect(cosine[0] == 0.25f && cosine[1] == 1 && cosine[2] == 1 && std::abs(cosine[3] - 0.5f) < 1e-6f && cosine[4] < 0.1f);
  expect(rates({"--warmup", "50"}, {0, 8, 9}) == Floats{1 * (1.0f / 9), 1, 1});
}

// A learner whose weight is the number of steps it made, and whose losses are given.
struct Notes {
  Floats batch_losses, losses;  // of steps, and of rows set aside after so many steps; the last for all behind
  Rows rows;
  Floats rates;
  std::string calls;
  std::uint32_t refused = 0;
  float after = 1;  // of the rows learnt from, in the end
};
class Taking : public tools::Learner<float, float> {
 public:
  explicit Taking(Notes& into) : notes{into} {}
  float learn(std::span<const Example> batch, float rate) override {
    for (const Example& example : batch) notes.rows.push_back(example.row);
    notes.rates.push_back(rate);
    return given(notes.batch_losses, weight++);
  }
  tools::Scores evaluate(std::span<const Example>) override { return {}; }
  float loss(std::span<const Example> examples) override {
    return examples.size() == 2 ? given(notes.losses, weight) : examples.size() == 1 ? 7 : weight == 9 ? notes.after : 1;
  }
  void infer(std::span<const Example> examples, const Visit& visit) override {
    for (const Example& example : examples) visit(example, Floats{0.5f, 0.25f});
  }
  void keep() override { kept = weight; }
  void restore() override { notes.calls += " back to " + std::to_string(weight = kept > 0 ? kept : weight); }
  void freeze(std::size_t layers) override { notes.calls += " freeze " + std::to_string(layers); }
  std::uint32_t refused() const override { return notes.refused; }

 private:
  static float given(const Floats& losses, std::size_t k) { return losses.empty() ? 1 : losses[std::min(k, losses.size() - 1)]; }
  Notes& notes;
  std::size_t weight = 0, kept = 0;
};

tools::Settings usual() {
  tools::Settings settings{};
  settings.columns.targets = {"a", "b"};
  settings.choice.batch = 2;
  settings.epochs = 3;
  settings.rate = 0.5f;
  settings.schedule = "constant";
  return settings;
}

// Seven rows to learn from, two aside.
struct Trial {
  explicit Trial(const tools::Settings& asked, Notes from = {}, bool rounds = false) : settings{asked}, notes{std::move(from)} {
    data = {"rows", 1, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {}};
    data.targets = 2;
    for (int k = 0; k < 9; ++k) data.target_values.insert(data.target_values.end(), {2, 40});
    material = std::make_unique<Material>(nn::Shape{1, 1, 1}, tools::Split{data, learnt, aside, nullptr, {}},
                                          tools::Kinds{"none", "none", false}, nullptr, &doubled);
    const auto round = [this](auto&, auto, std::uint32_t) {
      notes.calls += " round after " + std::to_string(notes.rates.size());
      return std::make_unique<Taking>(notes);
    };
    run = std::make_unique<Run>(settings, *material, nn::Random{1}, 1, std::make_unique<Taking>(notes),
                                rounds ? Run::Rounds{round} : Run::Rounds{});
  }
  Trial& learn(bool follow = false) {
    run->learn([] {}, true, follow);
    return *this;
  }

  using Run = tools::Run<float, float>;
  const Rows learnt{0, 1, 2, 3, 4, 5, 6}, aside{7, 8};
  const tools::Normalization doubled{{0, 30}, {0.5f, 0.25f}};
  tools::Settings settings;
  Notes notes;
  tools::Dataset data;
  std::unique_ptr<Material> material;
  std::unique_ptr<Run> run;
};

void courses() {
  // Three batches of two an epoch, none of whose rows comes twice; the rest waits for the next order.
  tools::Settings settings = usual();
  settings.frozen = 3;
  Trial plain{settings};
  plain.learn();
  expect(plain.notes.rates == Floats(9, 0.5f) && plain.notes.calls == " freeze 3 back to 9" && plain.run->stopped == 0);
  for (std::size_t epoch = 0; epoch < 3; ++epoch) {
    Rows rows(plain.notes.rows.begin() + static_cast<std::ptrdiff_t>(6 * epoch),
              plain.notes.rows.begin() + static_cast<std::ptrdiff_t>(6 * epoch + 6));
    std::ranges::sort(rows);
    expect(std::ranges::adjacent_find(rows) == rows.end());
  }
  // All rows, one by one, before the first comes again; or in one batch, once an epoch.
  settings.choice.batch = 1;
  Trial single{settings};
  single.learn();
  single.notes.rows.resize(7);
  std::ranges::sort(single.notes.rows);
  expect(single.notes.rows == single.learnt);
  settings.choice.batch = 7;
  expect(Trial{settings}.learn().notes.rates.size() == 3);

  // Patience counts the epochs since the best, which is what remains.
  settings = usual();
  settings.epochs = 20;
  settings.patience = 2;
  const Notes falls{{}, {9, 9, 9, 5, 5, 5, 6, 6, 6, 4, 4, 4, 5, 5, 5, 4.5f}, {}, {}, {}};
  Trial patient{settings, falls};
  patient.learn();
  expect(patient.notes.rates.size() == 15 && patient.run->stopped == 5 && patient.notes.calls == " freeze 0 back to 9");
  // Then the rounding begins, from the best; and may be trained to its end.
  settings.quantize_share = 0.1;
  settings.quantize_rate = 0.25f;
  Trial rounding{settings, falls, true};
  rounding.learn();
  expect(rounding.notes.calls.starts_with(" freeze 0 back to 9 round after 15 freeze 0 back to "));
  expect(rounding.notes.rates.size() == 15 + 6 && rounding.notes.rates[15] == 0.125f && rounding.notes.rates[14] == 0.5f);

  // The rate falls each time that the loss has not for an epoch, and learning goes on from the best.
  settings = usual();
  settings.epochs = 5;
  settings.schedule = "plateau";
  settings.plateau_epochs = 1;
  settings.plateau_factor = 0.5f;
  settings.restart = true;
  Trial falling{settings, falls};
  falling.learn();
  expect(falling.notes.rates[5] == 0.5f && falling.notes.rates.back() < 0.5f);
  expect(falling.notes.calls.starts_with(" freeze 0 back to 3 "));

  // Without rows aside it is the loss of the steps that is watched, of each epoch anew.
  settings = usual();
  settings.epochs = 9;
  settings.schedule = "plateau";
  settings.plateau_epochs = 1;
  settings.plateau_factor = 0.5f;
  Trial alone{settings, {{9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5f}, {}, {}, {}, {}}};
  alone.material->validate.clear();
  alone.learn();
  expect(std::ranges::all_of(std::span{alone.notes.rates}.first(12), [](float rate) { return rate == 0.5f; }));
}

void figures() {
  Trial trial{usual()};
  trial.learn(true);
  // Outputs 0.5 and 0.25 are 1 and 31, where 2 and 40 were wanted.
  const tools::Scores scores = trial.run->scores(trial.material->validate);
  expect(scores.samples == 2 && scores.errors.size() == 2 && scores.errors[0].rmse() == 1 && scores.errors[1].sizes == 9);
  expect(scores.errors[0].sizes == 1 && scores.errors[1].squares == 81 && trial.run->before.samples == 7);
  expect(trial.run->history.size() == 3 && trial.run->history[1].iteration == 6 && trial.run->history[1].epoch == 2);
  expect(trial.run->history[2].test.has_value() && trial.run->history[2].rate == 0.5);
  trial.material->test = {trial.material->train[0]};
  trial.settings.log_every = 2;
  trial.settings.log_samples = 2;
  trial.learn(true);
  expect(trial.run->history.size() == 3 + 5 && trial.run->before.samples == 2 && trial.run->history.back().test->loss == 7);
}

// What is said of a training that ended, by what could be learnt of its rows.
void doubts() {
  tools::Settings settings = usual();
  settings.columns.targets.clear();
  settings.frozen = 2;
  const auto scores = [](std::uint32_t right, double loss) {
    tools::Scores found;
    found.samples = 100;
    found.classes = 2;
    found.confusion = {50 - (50 - right), 50 - right, 50 - right, right};
    found.loss = loss;
    return found;
  };
  const std::vector<tools::Column> columns{{0, 1, 0.5, 0.5}}, level{{1, 1, 1, 0}};
  const auto doubt = [&](bool learns, const std::vector<tools::Column>& of, double most, std::uint32_t right, double loss) {
    return tools::doubt_of_learning(settings, learns, of, {}, [&] { return most; }, scores(25, 0.7), scores(right, loss), {})
        .value_or("");
  };
  expect(doubt(true, columns, 1, 45, 0.2).empty() && doubt(true, columns, 1, 45, 0.8).starts_with("the loss did not fall"));
  expect(doubt(true, columns, 0.6, 30, 0.8).find("at most 60.00 % of the training data") != std::string::npos);
  expect(doubt(true, columns, 0.6, 28, 0.8).starts_with("the loss did not fall"));
  expect(doubt(true, level, 1, 25, 0.8).empty() && doubt(false, columns, 1, 25, 0.8).starts_with("--freeze 2 leaves no layer"));
  settings.choice.weights = {1, 2};  // of another loss
  expect(doubt(true, columns, 1, 45, 0.8).empty());
  settings.start = "image";
  expect(doubt(false, columns, 1, 25, 0.8).empty());
}

void divergence() {
  const auto ends_with = [](Notes notes, std::string_view text) {
    try {
      Trial{usual(), std::move(notes)}.learn();
    } catch (const tools::Failure& failure) {
      expect(std::string_view{failure.what()}.find(text) != std::string_view::npos);
      return;
    }
    expect(text.empty());
  };
  ends_with({{1, 1, INFINITY}, {}, {}, {}, {}}, "at iteration 3, rate 0.5; expected it to fall, at a lower --rate");
  ends_with({{}, {}, {}, {}, {}, 1}, "at iteration 1, rate 0.5");
  ends_with({{}, {}, {}, {}, {}, 0, 3.5f}, "the loss went from 1 to 3.5; expected it to fall");
  ends_with({{}, {}, {}, {}, {}, 0, 3}, "");
  expect(tools::instead_of_divergence({101, 1000}).starts_with("inputs are as large as 101"));
  expect(tools::instead_of_divergence({1, 1000}).starts_with("targets are as large as 1000"));
}

}  // namespace

int main() {
  of_repetitions();
  settings_of_a_line();
  courses();
  figures();
  doubts();
  divergence();
  return expectations_failed();
}
