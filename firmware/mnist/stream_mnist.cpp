// stream_mnist: streams MNIST to a program that learns from it, in mini-batches. The program runs on this machine or on a
// board; its console is the other end.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <numeric>
#include <vector>

#include "nn/random.hpp"
#include "stream.hpp"
#include "tools/data/source.hpp"
#include "tools/options.hpp"

namespace {

constexpr const char* help = R"(Streams images to a program, prints what it prints, and ends with its status.

stream_mnist OPTION… -- COMMAND…     the program mnist, or an emulator with its image and QEMU_INPUT=/dev/stdin

--train-images FILE --train-labels FILE  --test-images FILE --test-labels FILE    IDX
--iterations N (1000)  --batch N (100)   mini-batches, and images in each
--test-count N (all)                     test images to be asked about afterwards
--seed N (1)                             of the order
)";

// A running command and the two ends of its console.
class Child {
 public:
  explicit Child(char** command) {
    int to[2], from[2];
    if (pipe(to) != 0 || pipe(from) != 0) throw tools::Failure{"no pipe to the program can be made"};
    process = fork();
    if (process < 0) throw tools::Failure{"no process for the program can be started"};
    if (process == 0) {
      dup2(to[0], STDIN_FILENO);
      dup2(from[1], STDOUT_FILENO);
      for (int end : {to[0], to[1], from[0], from[1]}) close(end);
      execvp(command[0], command);
      std::fprintf(stderr, "stream_mnist: %s: cannot be run (%s); expected a program\n", command[0], std::strerror(errno));
      _exit(1);
    }
    close(to[0]);
    close(from[1]);
    input = to[1];
    output = fdopen(from[0], "r");
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    close(input);
    std::fclose(output);
    waitpid(process, nullptr, 0);
  }

  // The next line without its end; false at the end of the output.
  bool line(std::string& text) {
    text.clear();
    for (int c; (c = std::getc(output)) != EOF;) {
      if (c == '\n') return true;
      text += static_cast<char>(c);
    }
    return !text.empty();
  }

  void write(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
      const auto written = ::write(input, bytes.data(), bytes.size());
      if (written <= 0) return;  // its output will say why
      bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
  }

  int status() {
    int result = 0;
    waitpid(process, &result, 0);
    return WIFEXITED(result) ? WEXITSTATUS(result) : 1;
  }

 private:
  pid_t process;
  int input;
  std::FILE* output;
};

class Stream {
 public:
  Stream(const tools::Dataset& training, const tools::Dataset& tests, tools::Options& options)
      : train{training}, test{tests}, order(training.size()), next{training.size()} {
    iterations = options.whole("iterations", 1000, 1, 1'000'000);
    batch = options.whole("batch", 100, 1, std::min<std::size_t>(255, train.size()));
    test_count = options.whole("test-count", test.size(), 1, test.size());
    random = nn::Random{static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu))};
    std::iota(order.begin(), order.end(), std::size_t{0});
  }

  // The next message: the batches, then the test images in hundreds, then the end.
  std::vector<std::uint8_t> message() {
    std::vector<std::uint8_t> bytes;
    if (iterations > 0) {
      --iterations;
      if (next + batch > order.size()) {
        random.shuffle(order);
        next = 0;
      }
      bytes = {'L', static_cast<std::uint8_t>(batch)};
      for (std::size_t k = 0; k < batch; ++k) append(bytes, train, order[next++]);
    } else if (tested < test_count) {
      const std::size_t count = std::min<std::size_t>(100, test_count - tested);
      bytes = {'T', static_cast<std::uint8_t>(count)};
      for (std::size_t k = 0; k < count; ++k) append(bytes, test, tested++);
    } else {
      bytes = {'E', 0};
    }
    nn::Crc32 sum;
    for (std::uint8_t byte : bytes) sum.add(byte);
    const std::uint32_t value = sum.value();
    for (int k = 0; k < 4; ++k) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * k)));
    return bytes;
  }

 private:
  static void append(std::vector<std::uint8_t>& bytes, const tools::Dataset& data, std::size_t number) {
    std::array<std::uint8_t, mnist::pixels> pixel;
    const auto row = data.row(number);
    for (std::size_t i = 0; i < pixel.size(); ++i) pixel[i] = static_cast<std::uint8_t>(row[i]);
    mnist::write_image(static_cast<std::uint8_t>(data.labels[number]), pixel, [&](std::uint8_t byte) { bytes.push_back(byte); });
  }

  const tools::Dataset& train;
  const tools::Dataset& test;
  std::vector<std::size_t> order;
  std::size_t next, iterations, batch, test_count, tested = 0;
  nn::Random random{1};
};

int run(tools::Options& options, char** command) {
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  if (!*command) throw tools::Failure{"no program to stream to; expected -- COMMAND (see --help)"};
  const auto train = tools::read_source(options, "train", {});
  const auto test = tools::read_source(options, "test", {});
  if (!train || !test) throw tools::Failure{"no data; expected the four options of images and labels (see --help)"};
  for (const auto* data : {&*train, &*test}) tools::require_fit(*data, mnist::pixels, 10);
  Stream stream{*train, *test, options};
  options.refuse_others();

  std::signal(SIGPIPE, SIG_IGN);
  Child child{command};
  for (std::string line; child.line(line);) {
    if (line == "next") {
      child.write(stream.message());
    } else {
      std::printf("%s\n", line.c_str());
      std::fflush(stdout);
    }
  }
  return child.status();
}

}  // namespace

int main(int count, char** arguments) {
  int own = 1;
  while (own < count && std::strcmp(arguments[own], "--") != 0) ++own;
  try {
    tools::Options options{own, arguments, {"help"}};
    return run(options, arguments + std::min(own + 1, count));
  } catch (const std::exception& problem) {
    std::cerr << "stream_mnist: " << problem.what() << '\n';
    return 1;
  }
}
