// random_models [--first SEED (1)] [--count N (300)] [--only GENERATOR] [--without GENERATOR[,GENERATOR …]] [--verbose]
// random_models --show SEED [--only GENERATOR]       prints a model
// random_models --files FOLDER N [--first SEED]      writes models as files, for a fuzzer to begin with
// random_models --headers FOLDER N [--first SEED] [--without …]      writes models as headers, for a program that the compiler
// plans
//
// Imports seeded random models, runs them in the planned workspace, and compares every number with the oracle's: integers bit for
// bit, floats to 1e-4 of the number, 1e-5 of the largest and 5e-7, or as far as a rounding before reaches. Prints models,
// operators, differences; status 1 if there are any.
#include <algorithm>
#include <csetjmp>
#include <csignal>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

#include "builder.hpp"
#include "evaluate.hpp"
#include "importer.hpp"

namespace {

using namespace reference;

// The numbers of an output that differ. `moved`, if given, is what is expected where every float before has been rounded
// otherwise.
std::size_t differences(const Array& expected, const Bytes& found, const Array* moved = nullptr) {
  const Bytes all = encode(expected);
  if (all.size() != found.size()) return std::max<std::size_t>(1, expected.size());
  if (!is_float(expected.type)) {
    const std::size_t size = all.size() / expected.size();
    std::size_t sum = 0;
    for (std::size_t i = 0; i < all.size(); i += size) sum += std::memcmp(&all[i], &found[i], size) != 0;
    return sum;
  }
  const Array numbers = decode({.type = expected.type, .shape = expected.shape}, found);
  double largest = 0;
  for (double x : expected.real)
    if (std::isfinite(x)) largest = std::max(largest, std::abs(x));
  std::size_t sum = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const double a = expected.real[i], b = numbers.real[i], more = moved != nullptr ? 4 * std::abs(a - moved->real[i]) : 0;
    sum += !(a == b || (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= 1e-4 * std::abs(a) + 1e-5 * largest + more + 5e-7);
  }
  return sum;
}

const char* name_of(Type type) {
  switch (type) {
    case Type::float32:
      return "float32";
    case Type::float16:
      return "float16";
    case Type::int32:
      return "int32";
    case Type::uint8:
      return "uint8";
    case Type::int64:
      return "int64";
    case Type::boolean:
      return "bool";
    case Type::int16:
      return "int16";
    case Type::int8:
      return "int8";
    case Type::int4:
      return "int4";
    default:
      return "resource";
  }
}

void show(const Graph& graph, std::ostream& to) {
  const auto tensor = [&](int t) {
    if (t < 0) {
      to << " none";
      return;
    }
    const Tensor& of = graph.tensors[static_cast<std::size_t>(t)];
    to << " #" << t << (of.data.empty() ? " " : " constant ") << name_of(of.type) << '[';
    for (std::size_t d = 0; d < of.shape.size(); ++d) to << (d == 0 ? "" : "x") << of.shape[d];
    to << ']';
    if (!of.scale.empty()) to << " scale " << of.scale[0] << (of.scale.size() > 1 ? "…" : "") << " zero " << of.zero_point[0];
    if (of.type == Type::int32 && !of.data.empty()) {
      to << " =";
      for (Integer code : decode(of, of.data).code) to << ' ' << code;
    }
  };
  for (const Operator& each : graph.operators) {
    to << "  " << name(each.op);
    for (const auto& [key, value] : each.number) to << ' ' << key << ' ' << value;
    to << '\n';
    for (int t : each.inputs) to << "    in ", tensor(t), to << '\n';
    for (int t : each.outputs) to << "    out", tensor(t), to << '\n';
  }
}

// Models of which several operators ran by rows.
std::size_t by_rows = 0;

struct Result {
  enum class Kind { equal, different, refused, undefined } kind;
  std::string sentence;
};

Result judge(const Generated& made, std::uint64_t seed) {
  std::vector<std::vector<Array>> expected;
  try {
    Evaluation evaluation{made.model};
    for (const auto& inputs : made.cases) expected.push_back(evaluation.run(inputs));
  } catch (const Undefined& why) {
    return {Result::Kind::undefined, why.what()};
  }
  std::unique_ptr<Imported> imported;
  try {
    imported = std::make_unique<Imported>(write(made.model), seed % 4 != 0, static_cast<int>(seed / 4 % 4));
    by_rows += imported->row_operators() > 1 ? 1 : 0;
  } catch (const std::exception& refusal) {
    return {Result::Kind::refused, refusal.what()};
  }
  std::size_t wrong = 0, all = 0;
  Evaluation moved{made.model, std::ldexp(1, -21)};
  for (std::size_t c = 0; c < made.cases.size(); ++c) {
    std::vector<Bytes> inputs;
    for (const Array& input : made.cases[c]) inputs.push_back(encode(input));
    const std::vector<Bytes> found = imported->run(inputs);
    const std::vector<Array> others = moved.run(made.cases[c]);
    for (std::size_t o = 0; o < found.size(); ++o) {
      wrong += differences(expected[c][o], found[o], &others[o]);
      all += expected[c][o].size();
    }
  }
  if (wrong == 0) return {Result::Kind::equal, ""};
  return {Result::Kind::different, std::to_string(wrong) + " of " + std::to_string(all) + " numbers differ"};
}

// A model that ends the program is one that differs; the next one follows.
std::jmp_buf before_model;
extern "C" void ended(int) { std::longjmp(before_model, 1); }

Result judge_and_survive(const Generated& made, std::uint64_t seed) {
  std::signal(SIGFPE, ended);
  std::signal(SIGSEGV, ended);
  if (setjmp(before_model) != 0) {
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_UNBLOCK, &all, nullptr);
    return {Result::Kind::different, "the program would have ended"};
  }
  try {
    return judge(made, seed);
  } catch (const std::exception& problem) {
    return {Result::Kind::different, problem.what()};
  }
}

// A sentence without its numbers, so that those of one kind are counted together.
std::string kind_of(std::string sentence) {
  std::string to;
  for (char letter : sentence)
    if (letter < '0' || letter > '9')
      to += letter;
    else if (to.empty() || to.back() != '#')
      to += '#';
  return to;
}

// Writes headers with cases whose outputs are the oracle's, of models that can be imported and have an operator that none before
// has, one of them a stream; and models.hpp, which includes them and names them in a list of macros' arguments.
int write_headers(const std::string& folder, int number, std::uint64_t seed, const std::set<std::string>& without) {
  std::set<std::string> seen;
  std::ofstream all{folder + "/models.hpp"};
  std::string calls;
  for (int done = 0; done < number; ++seed) {
    if (seed > 100'000) throw std::runtime_error{"too few models can be imported"};
    // The last one is a stream, if none was drawn before.
    const bool streams = done + 1 == number && !seen.contains("ring") && !without.contains("ring");
    const Generated made = generate(seed, streams ? "ring" : "");
    const auto excluded = [&](const std::string& each) { return without.contains(each); };
    if (std::ranges::any_of(made.names, excluded) ||
        std::ranges::all_of(made.names, [&](const std::string& each) { return seen.contains(each); }))
      continue;
    try {
      Imported imported{write(made.model), true};
      Evaluation evaluation{made.model};
      std::vector<std::vector<Bytes>> inputs, outputs;
      std::vector<std::vector<Array>> results_of;
      bool one_type = true;
      for (const auto& each : made.cases) {
        auto& x = inputs.emplace_back();
        auto& y = outputs.emplace_back();
        for (const Array& array : each) x.push_back(encode(array));
        const std::vector<Array>& results = results_of.emplace_back(evaluation.run(each));
        for (const Array& array : results) {
          y.push_back(encode(array));
          one_type = one_type && array.type == results[0].type;
        }
      }
      std::size_t numbers = 0;
      for (const Bytes& each : outputs[0]) numbers += each.size();
      // golden.hpp is stricter with floats: those that are equal, or nearly.
      std::size_t wrong = 0;
      const auto near = [](const Array& a, const Bytes& b) {
        if (!is_float(a.type)) return true;
        const Array found = decode({.type = a.type, .shape = a.shape}, b);
        for (std::size_t i = 0; i < a.size(); ++i)
          if (!(std::abs(a.real[i] - found.real[i]) <= 5e-5 * std::abs(a.real[i]))) return false;
        return true;
      };
      for (std::size_t c = 0; c < inputs.size(); ++c) {
        const std::vector<Bytes> found = imported.run(inputs[c]);
        for (std::size_t o = 0; o < found.size(); ++o) wrong += !near(results_of[c][o], found[o]);
      }
      if (!one_type || numbers < 12 || wrong > 0) continue;
      const std::string name = "random_" + std::to_string(done);
      std::ofstream{folder + "/" + name + ".hpp"} << imported.header(name, inputs, outputs);
      all << "#include \"" << name << ".hpp\"\n";
      calls += "  compare<" + name + "::Net, false>(\"" + name + "\", " + name + "::cases, " + name + "::cases_inputs, " + name +
               "::cases_outputs);\n";
      seen.insert(made.names.begin(), made.names.end());
      ++done;
    } catch (const std::exception&) {
    }
  }
  all << "\ninline void compare_all() {\n  using golden::compare;\n" << calls << "}\n";
  return 0;
}

}  // namespace

int main(int arguments, char** argument) {
  std::uint64_t first = 1, count = 300;
  std::string only;
  std::set<std::string> without;
  bool verbose = false;
  std::string headers, files, show_seed;
  int wanted = 20;
  for (int i = 1; i < arguments; ++i) {
    const std::string_view option = argument[i];
    if (option == "--first" && i + 1 < arguments)
      first = std::stoull(argument[++i]);
    else if (option == "--count" && i + 1 < arguments)
      count = std::stoull(argument[++i]);
    else if (option == "--only" && i + 1 < arguments)
      only = argument[++i];
    else if (option == "--verbose")
      verbose = true;
    else if (option == "--headers" && i + 2 < arguments)
      headers = argument[i + 1], wanted = std::stoi(argument[i + 2]), i += 2;
    else if (option == "--files" && i + 2 < arguments)
      files = argument[i + 1], wanted = std::stoi(argument[i + 2]), i += 2;
    else if (option == "--show" && i + 1 < arguments)
      show_seed = argument[++i];
    else if (option == "--without" && i + 1 < arguments) {
      std::istringstream list{argument[++i]};
      for (std::string each; std::getline(list, each, ',');) without.insert(each);
    } else {
      std::cerr << "random_models: " << option
                << " is not understood; expected --first, --count, --only, --without, --verbose, --show, --files or --headers\n";
      return 1;
    }
  }
  if (!headers.empty()) return write_headers(headers, wanted, first, without);
  if (!files.empty()) {
    for (int i = 0; i < wanted; ++i) {
      const Bytes file = write(generate(first + static_cast<std::uint64_t>(i)).model);
      std::ofstream{files + "/random_" + std::to_string(i), std::ios::binary}.write(reinterpret_cast<const char*>(file.data()),
                                                                                    static_cast<std::streamsize>(file.size()));
    }
    return 0;
  }
  if (!show_seed.empty()) {
    for (const Graph& graph : generate(std::stoull(show_seed), only).model.graphs) show(graph, std::cout);
    return 0;
  }
  std::map<std::string, std::pair<std::size_t, std::uint64_t>> refusals, undefined;
  std::map<std::string, std::array<std::size_t, 4>> by_generator;
  std::size_t models = 0, operators = 0, different = 0, refused = 0, left = 0;
  for (std::uint64_t seed = first; seed < first + count; ++seed) {
    const Generated made = generate(seed, only);
    if (std::ranges::any_of(made.names, [&](const std::string& each) { return without.contains(each); })) continue;
    const Result result = judge_and_survive(made, seed);
    for (const std::string& each : made.names) ++by_generator[each][static_cast<std::size_t>(result.kind)];
    if (result.kind == Result::Kind::refused) {
      auto& [number, example] = refusals[kind_of(result.sentence)];
      if (number++ == 0) example = seed;
      ++refused;
    } else if (result.kind == Result::Kind::undefined) {
      auto& [number, example] = undefined[result.sentence];
      if (number++ == 0) example = seed;
      ++left;
    } else {
      ++models;
      for (const Graph& graph : made.model.graphs) operators += graph.operators.size();
      if (result.kind == Result::Kind::equal) continue;
      ++different;
      std::cout << "seed " << seed << ": " << result.sentence << '\n';
      if (verbose || different <= 10) show(made.model.graphs[0], std::cout);
    }
  }
  for (const auto& [sentence, times] : refusals)
    std::cout << "refused " << times.first << " times, as with seed " << times.second << ": " << sentence << '\n';
  if (verbose) {
    for (const auto& [sentence, times] : undefined)
      std::cout << "undefined " << times.first << " times, as with seed " << times.second << ": " << sentence << '\n';
    for (const auto& [name, counts] : by_generator)
      std::cout << name << ": equal " << counts[0] << ", different " << counts[1] << ", refused " << counts[2] << ", undefined "
                << counts[3] << '\n';
  }
  std::cout << models << " models of " << operators << " operators: " << different << " differ; " << refused << " refused, "
            << left << " undefined; " << by_rows << " ran by rows\n";
  return different == 0 ? 0 : 1;
}
