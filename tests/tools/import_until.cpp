// Models cut behind a tensor: it has the numbers that it has in the whole model, whose operators all run; nothing that it does
// not need remains, and nothing that it needs is lost. body.hpp is one of them, imported by nn_add_tflite(… UNTIL …).
#include <algorithm>
#include <string>

#include "body.hpp"
#include "expect.hpp"
#include "nn/random.hpp"
#include "tflite_models.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/run.hpp"
#include "tools/import/until.hpp"

namespace {

using namespace models;
using namespace tools::importer;

std::vector<Bytes> drawn(const Network& network, std::uint32_t seed) {
  nn::Random random{seed};
  std::vector<Bytes> inputs;
  for (int input : network.inputs) {
    const Place& place = network.tensor(input);
    Bytes bytes(static_cast<std::size_t>(place.bytes));
    for (std::size_t i = 0; i < bytes.size(); ++i)  // of float the top bytes of small numbers
      bytes[i] = static_cast<std::int8_t>(place.type != Type::float32 ? random.next() >> 24
                                          : i % 4 == 3                ? 0x3f
                                          : i % 4 == 2                ? random.next() >> 25
                                                                      : 0);
    inputs.push_back(std::move(bytes));
  }
  return inputs;
}

// The sentence of the cut, if the tensor is as it was in three runs, one after the other.
std::string cut_like_whole(const Model& of, int tensor) {
  Model whole = of, body = of;
  whole.outputs = {tensor};
  const std::string sentence = cut(body, std::to_string(tensor));
  expect(body.outputs == std::vector{tensor});
  const Network expected = lower(whole), network = lower(body);
  expect(network.inputs.size() == expected.inputs.size());
  Runner of_whole{expected}, of_body{network};
  for (std::uint32_t round = 0; round < 3; ++round) {
    const auto x = drawn(expected, round);
    expect(of_body.run(x) == of_whole.run(x));
  }
  return sentence;
}

void every_tensor_of_every_model() {
  for (const auto& [name, model] : all()) {
    if (name == std::string_view{"mixed"}) continue;
    for (const Operator& operation : model.operators)
      for (int output : operation.outputs) cut_like_whole(model, output);
  }
  const Model model = chain();
  const auto number = [&](std::string_view name) {
    return static_cast<int>(std::ranges::find(model.tensors, name, &Tensor::name) - model.tensors.begin());
  };
  expect(cut_like_whole(model, number("conv")).ends_with("\"conv\": 1 of 6 operators remain"));
  expect(cut_like_whole(model, number("flat")).ends_with("\"flat\": 4 of 6 operators remain"));
  expect(cut_like_whole(model, model.outputs[0]).ends_with("6 of 6 operators remain"));
}

// What lies behind does not matter, supported or not.
void without_what_is_behind() {
  Model model = mixed();
  cut(model, "logistic");
  expect(lower(model).operators.size() == 3);
}

// y = v + x, of the run before; then v becomes x, which the body must not forget.
void variables_are_kept() {
  Builder b;
  const int x = b.add(int8("x", {1, 4}));
  const int v = b.add(int8("v", {1, 4}));
  b.model.tensors.back().variable = true;
  const int before = b.run("READ_VARIABLE", {v}, int8("before", {1, 4}));
  const int sum = b.run("ADD", {before, x}, int8("sum", {1, 4}));
  b.model.operators.push_back(Builder::operation("ASSIGN_VARIABLE", {x}, {v}));
  b.run("RELU", {sum}, int8("y", {1, 4}));
  b.model.inputs = {x};
  b.model.outputs = {sum};
  expect(cut_like_whole(b.model, sum).ends_with("3 of 4 operators remain"));
  Model body = b.model;
  cut(body, "sum");
  const Network network = lower(body);
  Runner runner{network};
  const Bytes one = runner.run({{1, 2, 3, 4}}), other = runner.run({{1, 2, 3, 4}});
  expect(one != other);
}

// Of two inputs, the one that nothing reads any more is gone, and that is said.
void inputs_without_use() {
  Builder b;
  const int x = b.add(int8("x", {1, 4}));
  const int other = b.add(int8("other", {1, 4}));
  const int positive = b.run("RELU", {x}, int8("positive", {1, 4}));
  const int sum = b.run("ADD", {positive, other}, int8("sum", {1, 4}));
  b.model.inputs = {x, other};
  b.model.outputs = {sum};
  expect(cut(b.model, "positive").ends_with("1 of 2 operators remain, without the input tensor 1 \"other\""));
  expect(b.model.inputs == std::vector{x} && lower(b.model).inputs.size() == 1);
}

void refused(Model model, const std::string& until, const std::string& expected, int line = __builtin_LINE()) {
  try {
    cut(model, until);
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    if (expected != failure.what()) report_failure(__FILE__, line, "\"", std::string_view{failure.what()}, "\"");
  }
}

void refusals() {
  const std::string list =
      "; expected one of these, by its name or its number:\n  3  \"conv\"\n  5  \"depthwise\"\n  6  \"pool\"\n"
      "  8  \"flat\"\n  11  \"dense\"\n  12  \"y\"";
  for (const char* until : {"nothing", "conv/w", "x", "0", "1", "-1", "13", "99999999999", "", "3 ", "+3"})
    refused(chain(), until, std::string{"made: has no operator that computes the tensor \""} + until + "\"" + list);
  Model twins = chain();
  twins.tensors[3].name = twins.tensors[5].name = "12";  // a name goes before a number
  refused(twins, "12",
          "made: has several tensors \"12\"; expected one of these, by its name or its number:\n  3  \"12\"\n  5  \"12\"\n"
          "  6  \"pool\"\n  8  \"flat\"\n  11  \"dense\"\n  12  \"y\"");
  twins.tensors[3].name = "3";
  expect(cut(twins, "12").starts_with("cut behind tensor 5"));

  // Numbers beyond the tensors, as damaged files have them.
  Model damaged = chain();
  damaged.operators[0].inputs = {-7, 1'000'000};
  damaged.operators[1].outputs = {1'000'000, -2};
  damaged.inputs = {1'000'000, 0};
  cut(damaged, "conv");
}

// The header of UNTIL, compiled.
void imported() {
  Model model = chain();
  cut(model, "flat");
  const Network network = lower(model);
  body::Net net;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const auto x = drawn(network, seed);
    std::ranges::copy(x[0], net.input().begin());
    net.run();
    expect(std::ranges::equal(net.output(), run(network, x)));
  }
  static_assert(body::output_0.scale == 0.5f && body::output_0.zero == -3);
}

}  // namespace

int main() {
  every_tensor_of_every_model();
  without_what_is_behind();
  variables_are_kept();
  inputs_without_use();
  refusals();
  imported();
  return expectations_failed();
}
