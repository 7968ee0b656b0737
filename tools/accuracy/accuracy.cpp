// accuracy: what fixed point costs in accuracy. Learns each subject in float and in fixed point, from the same weights and
// on the same data in the same order, and infers with float weights brought to fixed point.
#include "tools/accuracy/subject.hpp"
#include "tools/data/idx.hpp"
#include "tools/data/source.hpp"
#include "tools/options.hpp"
#include "tests/tools/conv.hpp"

namespace {

using namespace tools;

constexpr const char* help = R"(Prints host,<work>,<arithmetic>,accuracy,<mean per cent of the test data over the seeds>, for
  learn <subject>    in each arithmetic, on the same data in the same order
  infer <subject>    weights that were learnt in float, brought to each arithmetic (pima: to 8 bits of its own)
  learn in 8 bits <subject>    in float and in 8 bits; and the bytes of both trainers, as metric `trainer`

--xor                 the four rows themselves, 2-8-2, SGD
--pima FILE           the mean of four folds, of every fourth row; 8-12-8-1, Adam
--optdigits FOLDER    optdigits.tra and .tes; 64-32-10, SGD
--mnist FOLDER        the four IDX files, unpacked; 784-32-16-10, SGD
--eight               of the last two, and of convolutions for MNIST (tests/tools/conv.hpp), learning in 8 bits alone
--seeds N (5)
)";

struct Figure {
  const char* work;
  const char* arithmetic;
  double sum = 0;
};

// The mean over folds of the same subject, most have one, and seeds.
template <class Subject>
void report(std::vector<Subject> folds, const char* normalization, std::uint32_t seeds) {
  using Net = typename Subject::Net;
  Figure figures[]{{"learn", "float"},   {"learn", "fused"}, {"learn", "fixed16"}, {"learn", "fixed16_stochastic"},
                   {"infer", "fixed16"}, {"infer", "fixed8"}};
  for (Subject& subject : folds) {
    require_fit(subject.training, Net::inputs, nn::Evaluation<Net::outputs>::classes);
    require_fit(subject.test, Net::inputs, nn::Evaluation<Net::outputs>::classes);
    subject.normalization = find_normalization(normalization, subject.training);
    const auto brought_to = [&]<class Arithmetic>(const auto& weights) {
      using Other = typename Net::template As<Arithmetic>;
      const auto parameters = std::make_unique<typename Other::Parameters>();
      nn::convert<Net, Other>(weights, *parameters);
      return subject.template accuracy<Arithmetic>(*parameters);
    };
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
      std::cerr << "accuracy: " << subject.name << ", seed " << seed << " of " << seeds << '\n';
      const auto weights = subject.template learn<float>(seed);
      figures[0].sum += subject.template accuracy<float>(*weights);
      figures[1].sum += subject.template accuracy<nn::FusedFloat>(*subject.template learn<nn::FusedFloat>(seed));
      figures[2].sum += subject.template accuracy<nn::Fixed16>(*subject.template learn<nn::Fixed16>(seed));
      figures[3].sum += subject.template accuracy<nn::Fixed16Stochastic>(*subject.template learn<nn::Fixed16Stochastic>(seed));
      figures[4].sum += brought_to.template operator()<nn::Fixed16>(*weights);
      figures[5].sum += brought_to.template operator()<typename Subject::Fixed8>(*weights);
    }
  }
  for (const Figure& figure : figures)
    std::printf("host,%s %s,%s,accuracy,%.2f\n", figure.work, folds[0].name.c_str(), figure.arithmetic,
                figure.sum / static_cast<double>(seeds * folds.size()));
  std::fflush(stdout);
}

// The same for a subject that learns in float and in 8 bits.
template <class Net8, class Subject>
void report_eight(Subject subject, std::uint32_t seeds) {
  using Net = typename Subject::Net;
  require_fit(subject.training, Net::inputs, nn::Evaluation<Net::outputs>::classes);
  require_fit(subject.test, Net::inputs, nn::Evaluation<Net::outputs>::classes);
  subject.normalization = find_normalization("scale", subject.training);
  double in_float = 0, in_eight = 0;
  for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
    std::cerr << "accuracy: " << subject.name << " in 8 bits, seed " << seed << " of " << seeds << '\n';
    in_float += subject.template accuracy_as<Net>(*subject.template learn_as<Net>(seed));
    in_eight += subject.template accuracy_as<Net8>(*subject.template learn_as<Net8>(seed));
  }
  const auto print = [&](const char* arithmetic, double sum, std::size_t bytes) {
    std::printf("host,learn in 8 bits %s,%s,accuracy,%.2f\n", subject.name.c_str(), arithmetic, sum / seeds);
    std::printf("host,learn in 8 bits %s,%s,trainer,%zu\n", subject.name.c_str(), arithmetic, bytes);
  };
  print("float", in_float, sizeof(typename Subject::template TrainerOf<Net>));
  print("fixed8_stochastic", in_eight, sizeof(typename Subject::template TrainerOf<Net8>));
  std::fflush(stdout);
}

using Xor =
    Subject<nn::Network<float, nn::Input<2>, nn::Dense<8>, nn::Tanh, nn::Dense<2>, nn::Softmax>, nn::CrossEntropy, nn::Sgd, 1>;
// Standardized inputs go up to 7, beyond what Fixed8 has them as.
using Pima = Subject<nn::Network<float, nn::Input<8>, nn::Dense<12>, nn::Relu, nn::Dense<8>, nn::Relu, nn::Dense<1>, nn::Sigmoid>,
                     nn::BinaryCrossEntropy, nn::Adam, 10,
                     nn::FixedPoint<nn::Format{.bits = 8, .weight = 5, .activation = 4, .input = 4}>>;
using Optdigits =
    Subject<nn::Network<float, nn::Input<64>, nn::Dense<32>, nn::Relu, nn::Dense<10>, nn::Softmax>, nn::CrossEntropy, nn::Sgd, 1>;
using Mnist =
    Subject<nn::Network<float, nn::Input<784>, nn::Dense<32>, nn::Relu, nn::Dense<16>, nn::Relu, nn::Dense<10>, nn::Softmax>,
            nn::CrossEntropy, nn::Sgd, 1>;

using Convolutions = Subject<conv::Net, nn::CrossEntropy, nn::Sgd, 1>;

// The rows whose number leaves `fold` when divided by four, and the others.
std::pair<Dataset, Dataset> fold_of(const Dataset& data, std::size_t fold) {
  Dataset others{data.name, data.features, {}, {}}, taken = others;
  for (std::size_t i = 0; i < data.size(); ++i) {
    Dataset& to = i % 4 == fold ? taken : others;
    to.values.insert(to.values.end(), data.row(i).begin(), data.row(i).end());
    to.labels.push_back(data.labels[i]);
  }
  return {taken, others};
}

void run(Options& options) {
  if (options.flag("help")) {
    std::cout << help;
    return;
  }
  const auto pima = options.text("pima");
  const auto optdigits = options.text("optdigits");
  const auto mnist = options.text("mnist");
  const bool with_xor = options.flag("xor"), eight = options.flag("eight");
  const auto seeds = static_cast<std::uint32_t>(options.whole("seeds", 5, 1, 1000));
  options.refuse_others();
  if (!pima && !optdigits && !mnist && !with_xor)
    throw Failure{"no subject; expected --xor, --pima, --optdigits or --mnist (see --help)"};

  if (with_xor) {
    const Dataset rows{"xor", 2, {0, 0, 0, 1, 1, 0, 1, 1}, {0, 1, 1, 0}};
    report<Xor>({{"xor 2-8-2", rows, rows, {}, 1000, {.rate = 0.2f}}}, "none", seeds);
  }
  if (pima) {
    const Dataset data = read_csv(*pima);
    std::vector<Pima> folds;
    for (std::size_t k = 0; k < 4; ++k) {
      const auto [test, training] = fold_of(data, k);
      folds.push_back({"pima 8-12-8-1", training, test, {}, 150, {}});
    }
    report(std::move(folds), "standard", seeds);
  }
  if (optdigits) {
    const Optdigits subject{"optdigits 64-32-10",
                            read_csv(*optdigits + "/optdigits.tra"),
                            read_csv(*optdigits + "/optdigits.tes"),
                            {},
                            30,
                            {.rate = 0.05f}};
    if (!eight) report<Optdigits>({subject}, "scale", seeds);
    report_eight<Optdigits::Net::As<nn::Fixed8Stochastic>>(subject, seeds);
  }
  if (mnist) {
    const Dataset training = read_idx(*mnist + "/train-images-idx3-ubyte", *mnist + "/train-labels-idx1-ubyte");
    const Dataset test = read_idx(*mnist + "/t10k-images-idx3-ubyte", *mnist + "/t10k-labels-idx1-ubyte");
    const auto dense = [&](float rate) { return Mnist{"mnist 784-32-16-10", training, test, {}, 3, {.rate = rate}}; };
    if (!eight) report<Mnist>({dense(0.01f)}, "scale", seeds);
    report_eight<Mnist::Net::As<nn::Fixed8Stochastic>>(dense(0.02f), seeds);
    report_eight<conv::Net8>(Convolutions{"mnist convolutions", training, test, {}, 1, {.rate = 0.01f}}, seeds);
  }
}

}  // namespace

int main(int count, char** arguments) {
  try {
    Options options{count, arguments, {"help", "xor", "eight"}};
    run(options);
    return 0;
  } catch (const std::exception& problem) {
    std::cerr << "accuracy: " << problem.what() << '\n';
    return 1;
  }
}
