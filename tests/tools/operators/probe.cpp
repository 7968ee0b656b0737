// The probe finds faults of what it guards: a network that was merged, removed or planned wrong; operators that write too little
// or too much.
#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/float32/function.hpp"
#include "nn/graph/slide.hpp"
#include "refused.hpp"
#include "tools/import/probe.hpp"

namespace {

using namespace tools::importer;

Network negated(int more = 0) {
  models::Builder b;
  b.model.inputs = {b.add(models::float32("x", {4}))};
  int at = b.model.inputs[0];
  for (int i = 0; i <= more; ++i) at = b.run("NEG", {at}, models::float32("y", {4}));
  b.model.outputs = {at};
  return lower(b.model);
}

// Writes so many of four numbers more.
struct Careless {
  [[maybe_unused]] static constexpr std::string_view kind = "Careless";
  std::int32_t more;

  constexpr nn::graph::Overlap overlap(int) const { return nn::graph::no_overlap; }
  constexpr void members(auto&& list) const { list("more", more); }
  template <class Kernels>
  constexpr void run(nn::graph::Call, float* y, const float*) const {
    for (std::int32_t i = 0; i < 4 + more; ++i) y[i] = 1;
  }
};

void faulty(const Network& apart, const Network& network, std::string_view part, int line = __builtin_LINE()) {
  try {
    probe("made", apart, network);
    report_failure(__FILE__, line, "was not noticed");
  } catch (const Fault& fault) {
    const std::string_view sentence = fault.what();
    if (sentence.find(part) == sentence.npos) report_failure(__FILE__, line, "\"", sentence, "\" lacks \"", part, "\"");
  }
}

}  // namespace

int main() {
  // An answer that is no number is written as one that compilers know.
  models::Builder logarithm;
  logarithm.model.inputs = {logarithm.add(models::float32("x", {4}))};
  logarithm.model.outputs = {logarithm.run("LOG", logarithm.model.inputs, models::float32("y", {4}))};
  const Network of_negative = lower(logarithm.model);
  const std::string text = header(of_negative, "made", "import", probe("made", of_negative, of_negative), {});
  expect(text.find("std::numeric_limits<float>::quiet_NaN()") != text.npos && text.find("nanf") == text.npos);

  const Network good = negated();
  probe("made", good, good);
  faulty(good, negated(1), "another answer in the planned workspace than apart, in run 1");
  Network careless = good;
  careless.operators[0].operation = Careless{-1};
  faulty(careless, careless, "leaves part of its output as it was");
  careless.operators[0].operation = Careless{1};
  faulty(careless, good, "writes beyond its output");

  // A window that does not slide shows in the second run alone.
  models::Builder b;
  Tensor state = models::float32("state", {3});
  state.variable = true;
  const int kept = b.add(state), x = b.add(models::float32("x", {1}));
  const int begin = b.add(models::int32("begin", {1}, {-3})), end = b.add(models::int32("end", {1}, {0})),
            step = b.add(models::int32("step", {1}, {1}));
  const int read = b.run("READ_VARIABLE", {kept}, models::float32("read", {3}));
  const int window = b.run("CONCATENATION", {read, x}, models::float32("window", {4}), {{"axis", 0}});
  const int newest = b.run("STRIDED_SLICE", {window, begin, end, step}, models::float32("newest", {3}), {{"end_mask", 1}});
  b.model.operators.push_back(models::Builder::operation("ASSIGN_VARIABLE", {newest}, {kept}));
  b.model.outputs = {b.run("NEG", {window}, models::float32("y", {4}))};
  b.model.inputs = {x};
  const Network apart = lower(b.model, Manner::apart);
  Network ring = lower(b.model);
  probe("made", apart, ring);
  expect(count_of<nn::graph::Slide<float>>(ring) == 1);
  ring.operators.pop_back();
  faulty(apart, ring, "in run 2");
  return expectations_failed();
}
