// device: talks to a board that learns: what it is, its image, samples to learn from or to classify.
#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <numeric>
#include <vector>

#include "nn/random.hpp"
#include "tools/data/file.hpp"
#include "tools/data/source.hpp"
#include "tools/device/client.hpp"
#include "tools/device/line.hpp"
#include "tools/report/history.hpp"
#include "tools/report/progress.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help = R"(Talks to a board that learns (firmware/serve), whatever its network is.

device COMMAND… (--port PORT [--baud RATE] | -- PROGRAM…) OPTION…

  list          what the board is, and what it has stored
  stream        lets it learn from samples, and store what it has learnt
  classify      asks it for the class of each sample
  save FILE     its image, with all that its training needs to go on
  load FILE     an image that it goes on with, and stores
  reset         starts it anew, from what is stored
  erase         forgets what is stored

--port PORT             /dev/ttyACM0 and the like
--baud RATE (115200)
-- PROGRAM…             instead of a port: its standard input and output, such as
                        -- qemu-system-arm -M mps2-an386 -display none -monitor none -serial stdio -kernel serve.elf
--wait MS (2000)        for an answer, before it is asked for again

of stream and classify:
--data FILE  or  --data-images FILE --data-labels FILE    CSV with the class last (or --label first), or IDX
--count N (all)         the first N samples
of stream:
--epochs N (1)  --seed N (1)      rounds, each in another order; the seed gives the orders
--log FILE  --plot FILE           loss and accuracy as CSV, as SVG
--no-keep               does not store what was learnt
--quiet                           no progress
of classify:
--out FILE              sample, label and decision as CSV
)";

class Session {
 public:
  Session(tools::Options& given, tools::Client& board, std::string name)
      : options{given}, client{board}, place{std::move(name)} {}

  void run(const std::string& command, const std::string& file) {
    if (command == "list") list();
    if (command == "stream") stream();
    if (command == "classify") classify();
    if (command == "save") save(file);
    if (command == "load") load(file);
    if (command == "reset") reset();
    if (command == "erase") {
      client.erase();
      std::printf("erased\n");
    }
    std::fflush(stdout);
  }

  void read_options() {
    const tools::Columns columns = tools::label_column(options);
    data = tools::read_source(options, "data", columns);
    count = options.whole("count", 0, 1, 1'000'000'000);
    epochs = options.whole("epochs", 1, 1, 100'000);
    seed = static_cast<std::uint32_t>(options.whole("seed", 1, 0, 0xffffffffu));
    quiet = options.flag("quiet");
    keeps = !options.flag("no-keep");
    for (const char* name : {"log", "plot", "out"}) options.text(name);
    if (data && count > data->size())
      throw tools::failure(data->name, "has " + std::to_string(data->size()) + " samples", "--count to be at most that");
    if (data && count == 0) count = data->size();
    tools::require_results(options, {"data", "data-images", "data-labels"}, {"log", "plot", "out"});
  }

 private:
  void list() {
    const tools::Description found = client.describe();
    std::printf("board        %s, core %s\nnetwork      %zu inputs, %zu classes, %s, fingerprint 0x%016" PRIx64 "\n",
                found.board.c_str(), found.core.c_str(), found.inputs, found.classes, found.arithmetic.c_str(),
                found.fingerprint);
    std::printf("trainer      %zu bytes, %zu steps, %zu samples refused\n", found.trainer_bytes, found.steps, found.refused);
    if (found.stored == 0) std::printf("stored       nothing\n");
    else std::printf("stored       %zu bytes, image number %zu\n", found.stored_bytes, found.stored);
  }

  const tools::Dataset& samples(const tools::Description& found) {
    if (!data) throw tools::Failure{"no samples; expected --data FILE, or --data-images and --data-labels (see --help)"};
    tools::require_fit(*data, found.inputs, found.classes);
    return *data;
  }

  void stream() {
    const auto& all = samples(client.describe());
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    nn::Random random{seed};
    const std::size_t total = epochs * count, part = std::max<std::size_t>(1, total / 100);
    tools::History history;
    tools::Progress progress{total, quiet};
    std::size_t step = 0, refused = 0, learnt = 0, right = 0;
    double loss = 0;
    for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
      random.shuffle(order);
      for (std::size_t i : order) {
        const tools::Learnt answer = client.learn(all.row(i), all.labels[i]);
        ++step;
        if (answer.status == nn::wire::Status::ok) {
          ++learnt;
          loss += static_cast<double>(answer.loss);
          right += answer.decided == all.labels[i] ? 1u : 0u;
        } else {
          ++refused;
        }
        if (learnt >= part || (step == total && learnt > 0)) {
          const auto number = static_cast<double>(learnt);
          history.push_back({step,
                             static_cast<double>(step) / static_cast<double>(count),
                             0,
                             {loss / number, static_cast<double>(right) / number},
                             {}});
          learnt = right = 0;
          loss = 0;
        }
        progress.show(step, history.empty() ? "" : figures(history.back().training));
      }
    }
    if (history.empty())
      throw tools::failure(all.name, "the board refused every sample, nothing was learnt", "finite values that fit its network");
    const auto& first = history.front().training;
    const auto& last = history.back().training;
    std::printf("learnt from %zu samples, %zu refused; at first %s, in the end %s\n", step - refused, refused,
                figures(first).c_str(), figures(last).c_str());
    if (history.size() > 1 && !(last.loss < first.loss))
      std::printf("the loss did not fall: it has learnt nothing new from these samples\n");
    if (const auto file = options.text("log")) tools::replace_file(*file, tools::as_csv(history, {"", "test", true}));
    if (const auto file = options.text("plot"))
      tools::replace_file(*file, tools::as_svg(history, {"learning on " + place, "test", true}));
    if (!keeps) return;
    client.keep();
    std::printf("stored\n");
  }

  static std::string figures(const tools::Figures& of) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "loss %.4f, %.2f %% right", of.loss, 100 * of.figure);
    return buffer;
  }

  void classify() {
    const auto& all = samples(client.describe());
    std::string csv = "sample,label,decision\n";
    std::size_t right = 0;
    tools::Progress progress{count, quiet};
    for (std::size_t i = 0; i < count; ++i) {
      const std::size_t decided = client.classify(all.row(i));
      right += decided == all.labels[i] ? 1u : 0u;
      csv += std::to_string(i + 1) + "," + std::to_string(all.labels[i]) + "," + std::to_string(decided) + "\n";
      progress.show(i + 1, "");
    }
    if (const auto file = options.text("out")) tools::replace_file(*file, csv);
    std::printf("%zu of %zu right, %.2f %%\n", right, count, 100 * static_cast<double>(right) / static_cast<double>(count));
  }

  void save(const std::string& file) {
    tools::require_writable(file);
    const tools::Description found = client.describe();
    tools::Progress progress{found.image_bytes, quiet};
    const std::string image = client.image(found.image_bytes, [&](std::size_t bytes) { progress.show(bytes, "bytes"); });
    nn::Crc32 crc;
    for (std::size_t i = 0; i + 4 < image.size(); ++i) crc.add(static_cast<std::uint8_t>(image[i]));
    for (std::size_t k = 0; k < 4; ++k)
      if (static_cast<std::uint8_t>(crc.value() >> (8 * k)) != static_cast<std::uint8_t>(image[image.size() - 4 + k]))
        throw tools::Failure{place + ": the board went on learning while its image was sent; expected it to wait, send it again"};
    tools::replace_file(file, image);
    std::printf("%s: %zu bytes\n", file.c_str(), image.size());
  }

  void load(const std::string& file) {
    const std::string image = tools::read_file(file);
    const tools::Description found = client.describe();
    if (image.size() < 28 || image.compare(0, 4, "GNGL") != 0)
      throw tools::failure(file, "is no image", "one that was saved, or trained with --image");
    std::uint64_t fingerprint = 0;
    for (std::size_t k = 0; k < 8; ++k) fingerprint |= std::uint64_t{static_cast<std::uint8_t>(image[8 + k])} << (8 * k);
    if (fingerprint != found.fingerprint) {
      char both[80];
      std::snprintf(both, sizeof both, "0x%016" PRIx64 "; expected 0x%016" PRIx64, fingerprint, found.fingerprint);
      throw tools::Failure{file + ": made for another network, its fingerprint is " + both + ", that of the board at " + place};
    }
    tools::Progress progress{image.size(), quiet};
    client.load(file, image, [&](std::size_t bytes) { progress.show(bytes, "bytes"); });
    std::printf("%s: taken over and stored\n", file.c_str());
  }

  void reset() {
    client.reset();
    client.describe();
    std::printf("reset\n");
  }

  tools::Options& options;
  tools::Client& client;
  std::string place;
  std::optional<tools::Dataset> data;
  std::size_t count = 0, epochs = 1;
  std::uint32_t seed = 1;
  bool quiet = false, keeps = true;
};

struct Command {
  std::string name, file;
};

// The words before the first option.
std::vector<Command> read_commands(int& next, int count, char** arguments) {
  std::vector<Command> commands;
  for (; next < count && std::strncmp(arguments[next], "--", 2) != 0; ++next) {
    Command command{arguments[next], ""};
    constexpr std::array known{"list", "stream", "classify", "save", "load", "reset", "erase"};
    if (std::find(known.begin(), known.end(), command.name) == known.end())
      throw tools::Failure{"\"" + command.name + "\" is no command; "
          "expected list, stream, classify, save FILE, load FILE, reset or erase (see --help)"};
    if (command.name == "save" || command.name == "load") {
      if (++next == count || std::strncmp(arguments[next], "--", 2) == 0) throw tools::Failure{command.name + " names no file; "
          "expected " + command.name + " FILE"};
      command.file = arguments[next];
    }
    commands.push_back(command);
  }
  return commands;
}

int run(int count, char** arguments) {
  int next = 1;
  const std::vector<Command> commands = read_commands(next, count, arguments);
  int own = next;
  while (own < count && std::strcmp(arguments[own], "--") != 0) ++own;
  tools::Options options{own - next + 1, arguments + next - 1, {"help", "quiet", "no-keep"}};
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  if (commands.empty()) throw tools::Failure{"no command; "
      "expected list, stream, classify, save FILE, load FILE, reset or erase (see --help)"};
  const std::vector<std::string> program(arguments + std::min(own + 1, count), arguments + count);
  const auto port = options.text("port");
  const std::size_t baud = options.whole("baud", 115'200, 1, 10'000'000);
  const std::chrono::milliseconds wait{options.whole("wait", 2000, 1, 600'000)};
  if (port.has_value() == !program.empty()) throw tools::Failure{"expected one of --port PORT and -- PROGRAM (see --help)"};

  const std::string place = port ? *port + " at " + std::to_string(baud) + " baud" : program.front();
  std::optional<tools::Line> line;
  tools::Client client{
      {[&](auto bytes) { line->write(bytes); }, [&](auto patience) { return line->read(patience); }}, place, wait};
  Session session{options, client, place};
  session.read_options();
  options.refuse_others();
  line.emplace(port ? tools::Line::port(*port, baud) : tools::Line::command(program));
  std::fprintf(stderr, "device: %s\n", place.c_str());
  for (const Command& command : commands) session.run(command.name, command.file);
  if (client.damaged_frames() > 0 || client.repeated_requests() > 0)
    std::fprintf(stderr, "device: %zu damaged frames, %zu requests repeated\n", client.damaged_frames(),
                 client.repeated_requests());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& problem) {
    std::cerr << "device: " << problem.what() << '\n';
    return 1;
  }
}
