// --add-tables: each sum of codes asks for tables and stays what it was; what is no such sum is refused in a sentence.
#include <algorithm>
#include <string>

#include "expect.hpp"
#include "nn/int8/add.hpp"
#include "refused.hpp"
#include "tflite_models.hpp"
#include "tools/import/add_tables.hpp"
#include "tools/import/run.hpp"

namespace {

using namespace models;
using namespace tools::importer;

// (x + x) - x: of the three scales the table of x's is used twice.
Model sums() {
  Builder b;
  const int x = b.add(int8("x", {1, 256}));
  b.model.inputs = {x};
  const int twice = b.run("ADD", {x, x}, int8("twice", {1, 256}));
  b.model.outputs = {b.run("SUB", {twice, x}, int8("y", {1, 256}))};
  return b.model;
}

void asks() {
  const Network plain = lower(sums());
  Network tabled = plain;
  add_by_tables(tabled, "made");
  Bytes x(256);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<std::int8_t>(i);
  Runner of_plain{plain}, of_tabled{tabled};
  expect(of_plain.run({x}) == of_tabled.run({x}));
  for (std::size_t i = 0; i < tabled.operators.size(); ++i) {
    Writer before, after;
    before.begin("sum");
    after.begin("sum");
    plain.operators[i].operation->write(before);
    tabled.operators[i].operation->write(after);
    const auto members = [](const std::string& text) { return text.substr(text.find('{')); };
    expect(after.text.find("nn::int8::AddOf<std::int8_t, true> sum{") != std::string::npos);
    expect(members(before.text) == members(after.text));
  }
  expect(std::ranges::count(tabled.report, "2 sums read tables, 2 of 1024 bytes of flash, on cores that are faster so") == 1);
}

void refuses() {
  for (Model none : {chain(), branches(), gated()}) {  // none; of float; of int16
    Network network = lower(none);
    refused([&] { add_by_tables(network, "made"); }, {"made: has no sum of int8 for --add-tables; expected "});
  }
  Model rounded = sums();
  rounded.rounding = Rounding::float32;
  Network network = lower(rounded);
  refused([&] { add_by_tables(network, "made"); }, {"--rounding reference"});
}

}  // namespace

int main() {
  asks();
  refuses();
  return expectations_failed();
}
