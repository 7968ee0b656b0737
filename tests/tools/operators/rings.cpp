// Windows over streams in both forms that converters write, in several types, begun with constants or not: the window slides
// where it stands, against a queue kept here; and what only looks like one is left as it is.
#include <deque>

#include "expect.hpp"
#include "made_numbers.hpp"
#include "nn/graph/slide.hpp"
#include "nn/random.hpp"
#include "tools/import/probe.hpp"

namespace {

using namespace models;
using tools::importer::Manner;
using tools::importer::Network;

constexpr int kept = 3, width = 2;

// state [1, kept, width], window = state with `rows` new ones behind; or state = window, of which the first rows go.
template <class Number>
Model stream(Type type, int rows, bool keeps_window, const std::vector<Number>& initial) {
  const float scale = type == Type::float32 ? 0 : 0.5f;
  const auto tensor = [&](int extent) { return computed(type, {1, extent, width}, scale, type == Type::int8 ? 7 : 0); };
  const int all = kept + rows;
  Builder b;
  Tensor variable = tensor(keeps_window ? all : kept);
  variable.variable = true;
  if (!initial.empty()) variable = constant(variable, initial);
  const int state = b.add(variable), x = b.add(tensor(rows));
  const int begin = b.add(int32("begin", {3}, {0, keeps_window ? rows : -kept, 0})), end = b.add(int32("end", {3}, {0, 0, 0}));
  const int step = b.add(int32("step", {3}, {1, 1, 1}));
  const auto newest = [&](int of) {
    return b.run("STRIDED_SLICE", {of, begin, end, step}, tensor(kept), {{"begin_mask", 5}, {"end_mask", 7}});
  };
  const int read = b.run("READ_VARIABLE", {state}, tensor(keeps_window ? all : kept));
  const int window = b.run("CONCATENATION", {keeps_window ? newest(read) : read, x}, tensor(all), {{"axis", 1}});
  const int stored = keeps_window ? window : newest(window);
  b.model.operators.push_back(Builder::operation("ASSIGN_VARIABLE", {stored}, {state}));
  const int axes = b.add(int32("axes", {1}, {1}));
  b.model.outputs = {b.run("REVERSE_V2", {window, axes}, tensor(all))};
  b.model.inputs = {x};
  return b.model;
}

template <class Number>
void slides(Type type, int rows, bool keeps_window, bool begins) {
  std::vector<Number> initial;
  const int all = kept + rows, stated = keeps_window ? all : kept;
  for (int i = 0; begins && i < stated * width; ++i) initial.push_back(static_cast<Number>(i + 20));
  const Network network = tools::importer::lower(stream<Number>(type, rows, keeps_window, initial));
  expect(network.operators.size() == 2 && count_of<nn::graph::Slide<Number>>(network) == 1);
  const Network apart = tools::importer::lower(stream<Number>(type, rows, keeps_window, initial), Manner::apart);
  expect(count_of<nn::graph::Slide<Number>>(apart) == 0);
  tools::importer::probe("made", apart, network);

  // Newest last.
  std::deque<Number> queue(static_cast<std::size_t>(kept * width), static_cast<Number>(type == Type::int8 ? 7 : 0));
  if (begins) queue.assign(initial.end() - kept * width, initial.end());
  nn::Random random{5};
  tools::importer::Runner runner{network};
  for (int step = 0; step < 6; ++step) {
    std::vector<Number> x;
    for (int i = 0; i < rows * width; ++i) x.push_back(static_cast<Number>(static_cast<std::int8_t>(random.next())));
    queue.insert(queue.end(), x.begin(), x.end());
    while (std::ssize(queue) > all * width) queue.pop_front();
    const auto y = numbers_of<Number>(runner.run({bytes_of(x)}));
    for (int r = 0; r < all; ++r)
      for (int c = 0; c < width; ++c)
        expect(y[static_cast<std::size_t>((all - 1 - r) * width + c)] == queue[static_cast<std::size_t>(r * width + c)]);
    while (std::ssize(queue) > kept * width) queue.pop_front();
  }
}

// The rows that stay are not the newest; another operator reads the state; the state has another scale.
void no_rings() {
  const auto count = [](auto change) {
    Model model = stream<std::int8_t>(Type::int8, 2, false, {});
    change(model);
    return count_of<nn::graph::Slide<std::int8_t>>(tools::importer::lower(model));
  };
  expect(count([](Model&) {}) == 1);
  expect(count([](Model& m) {
           m.tensors[2].data[4] = 0, std::fill_n(m.tensors[2].data.begin() + 5, 3, std::uint8_t{0}),
           m.tensors[3] = int32("end", {3}, {0, 3, 0});
           m.operators[2].attributes.set("end_mask", 5);
         }) == 0);
  expect(count([](Model& m) {
           m.tensors.push_back(m.tensors[5]);
           m.operators.push_back(Builder::operation("READ_VARIABLE", {0}, {static_cast<int>(m.tensors.size()) - 1}));
           m.outputs.push_back(static_cast<int>(m.tensors.size()) - 1);
         }) == 0);
}

}  // namespace

int main() {
  for (bool keeps_window : {false, true})
    for (bool begins : {false, true})
      for (int rows : {1, 2, 3, 5}) {
        slides<std::int8_t>(Type::int8, rows, keeps_window, begins);
        slides<std::int16_t>(Type::int16, rows, keeps_window, begins);
        slides<float>(Type::float32, rows, keeps_window, begins);
      }
  no_rings();
  return expectations_failed();
}
