// Operators of ONNX that move, choose, add up or multiply numbers along dimensions, in every rank and along every axis, and those
// whose attributes became inputs, in sets of operators before and after.
#include <algorithm>
#include <array>

#include "onnx_array.hpp"
#include "refused.hpp"

namespace {

using namespace onnx_array;

const std::vector<Extents> shapes{{7}, {3, 4}, {2, 3, 4}, {2, 3, 4, 5}, {1, 3, 4, 1}, {2, 3, 2, 3, 2}};

Message list(const std::string& name, const Extents& values) {
  return tensor(name, {static_cast<std::int64_t>(values.size())}, values);
}
Message scalar(const std::string& name, float value) { return tensor(name, {}, Numbers{value}); }
std::int64_t rank_of(const Extents& shape) { return static_cast<std::int64_t>(shape.size()); }

// ReduceSum, Mean, Max and Min over any axes, kept or not, as an attribute or, since 13 and 18, an input.
void reductions() {
  for (const Extents& shape : shapes)
    for (int chosen = 0; chosen < 1 << shape.size(); ++chosen)
      for (bool keeps : {false, true})
        for (const std::string operation : {"ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin"})
          for (std::int64_t opset : {11, 13, 18}) {
            if (!seen()) continue;
            const Array x = drawn(shape);
            Extents axes, output, over;
            for (std::size_t d = 0; d < shape.size(); ++d) {
              const bool reduced = (chosen >> d & 1) != 0 || chosen == 0;
              over.push_back(reduced ? shape[d] : 1);
              if ((chosen >> d & 1) != 0) axes.push_back(static_cast<std::int64_t>(d) - (d % 2 == 0 ? rank_of(shape) : 0));
              if (!reduced) output.push_back(shape[d]);
              if (reduced && keeps) output.push_back(1);
            }
            const Array y = made(output, [&](const Index& at) {
              double sum = 0, most = -1e30, least = 1e30;
              made(over, [&](const Index& i) {
                Index from = i;
                std::size_t next = 0;
                for (std::size_t d = 0; d < shape.size(); ++d) {
                  const bool reduced = (chosen >> d & 1) != 0 || chosen == 0;
                  if (!reduced) from[d] = at[next];
                  if (!reduced || keeps) ++next;
                }
                const double value = static_cast<double>(x.at(from));
                sum += value;
                most = std::max(most, value);
                least = std::min(least, value);
                return 0.0;
              });
              return operation == "ReduceSum"    ? sum
                     : operation == "ReduceMean" ? sum / static_cast<double>(count(over))
                     : operation == "ReduceMax"  ? most
                                                 : least;
            });
            const bool by_input = opset >= 18 || (opset >= 13 && operation == "ReduceSum");
            Applied of{operation, x, {attribute("keepdims", std::int64_t{keeps})}, {}, {}, opset};
            if (chosen != 0 && by_input) of.constants.push_back(list("c0", axes));
            if (chosen != 0 && !by_input) of.attributes.push_back(attribute("axes", axes));
            check(of, y, 4e-6f);
          }
}

void softmaxes() {
  for (const Extents& shape : shapes)
    for (std::int64_t axis = -rank_of(shape); axis < rank_of(shape); ++axis)
      for (bool logarithm : {false, true})
        for (std::int64_t opset : {11, 13}) {
          if (!seen()) continue;
          const Array x = drawn(shape);
          const std::size_t first = static_cast<std::size_t>(axis < 0 ? axis + rank_of(shape) : axis);
          const auto same = [&](const Index& a, const Index& b) {  // one vector
            for (std::size_t d = 0; d < shape.size(); ++d)
              if (a[d] != b[d] && (opset < 13 ? d < first : d != first)) return false;
            return true;
          };
          const Array y = made(shape, [&](const Index& at) {
            double sum = 0;
            made(shape, [&](const Index& i) {
              if (same(at, i)) sum += std::exp(static_cast<double>(x.at(i)));
              return 0.0;
            });
            const double own = static_cast<double>(x.at(at));
            return logarithm ? own - std::log(sum) : std::exp(own) / sum;
          });
          check({logarithm ? "LogSoftmax" : "Softmax", x, {attribute("axis", axis)}, {}, {}, opset}, y, 4e-6f);
        }
  // Without an axis: 1 before 13, the last since.
  const Array x = drawn({2, 3, 2});
  for (std::int64_t opset : {11, 13}) {
    const Array y = made(x.shape, [&](const Index& at) {
      double sum = 0;
      made(x.shape, [&](const Index& i) {
        if (i[0] == at[0] && (opset < 13 || i[1] == at[1])) sum += std::exp(static_cast<double>(x.at(i)));
        return 0.0;
      });
      return std::exp(static_cast<double>(x.at(at))) / sum;
    });
    check({"Softmax", x, {}, {}, {}, opset}, y);
  }
}

void moves() {
  for (const Extents& shape : shapes) {
    const Array x = drawn(shape);
    // Every permutation.
    Extents permutation(shape.size());
    for (std::size_t d = 0; d < shape.size(); ++d) permutation[d] = static_cast<std::int64_t>(d);
    do {
      if (!seen()) continue;
      Extents output;
      for (std::int64_t d : permutation) output.push_back(shape[static_cast<std::size_t>(d)]);
      check({"Transpose", x, {attribute("perm", permutation)}},
            made(output,
                 [&](const Index& at) {
                   Index from(shape.size());
                   for (std::size_t d = 0; d < at.size(); ++d) from[static_cast<std::size_t>(permutation[d])] = at[d];
                   return static_cast<double>(x.at(from));
                 }),
            0);
    } while (std::next_permutation(permutation.begin(), permutation.end()));
    for (std::int64_t axis = -rank_of(shape); axis < rank_of(shape); axis += EVERY > 1 ? 2 : 1) {
      const std::size_t along = static_cast<std::size_t>(axis < 0 ? axis + rank_of(shape) : axis);
      const auto moved = [&](const Extents& output, const std::function<std::int64_t(std::int64_t)>& from) {
        return made(output, [&](const Index& at) {
          Index of = at;
          of[along] = from(at[along]);
          return static_cast<double>(x.at(of));
        });
      };
      Extents output = shape;
      // Two indices, one from behind; one of no dimension.
      output[along] = 2;
      const std::int64_t last = shape[along] - 1;
      check({"Gather", x, {attribute("axis", axis)}, {list("c0", {-1, 0})}},
            moved(output, [&](std::int64_t i) { return i == 0 ? last : 0; }), 0);
      output.erase(output.begin() + static_cast<std::ptrdiff_t>(along));
      const Array one = made(output, [&](const Index& at) {
        Index of = at;
        of.insert(of.begin() + static_cast<std::ptrdiff_t>(along), last);
        return static_cast<double>(x.at(of));
      });
      check({"Gather", x, {attribute("axis", axis)}, {tensor("c0", {}, Extents{-1})}}, one, 0);
      if (shape[along] < 2) continue;
      // Slices by attributes and inputs, forward and backward.
      output = shape;
      output[along] = last;
      check({"Slice",
             x,
             {attribute("starts", Extents{1}), attribute("ends", Extents{9000}), attribute("axes", Extents{axis})},
             {},
             {},
             9},
            moved(output, [](std::int64_t i) { return i + 1; }), 0);
      check({"Slice", x, {}, {list("c0", {-1}), list("c1", {-9000}), list("c2", {axis}), list("c3", {-1})}},
            moved(shape, [&](std::int64_t i) { return last - i; }), 0);
      output[along] = (shape[along] + 1) / 2;
      check({"Slice", x, {}, {list("c0", {0}), list("c1", {INT64_MAX}), list("c2", {axis}), list("c3", {2})}},
            moved(output, [](std::int64_t i) { return 2 * i; }), 0);
      // Pads of every kind, and one that cuts off.
      for (const std::string mode : {"constant", "reflect", "edge", "wrap"}) {
        Extents pads(2 * shape.size(), 0);
        pads[along] = 1;
        pads[along + shape.size()] = mode == "constant" ? -1 : 1;
        output = shape;
        output[along] = shape[along] + pads[along] + pads[along + shape.size()];
        const Array y = made(output, [&](const Index& at) {
          Index of = at;
          std::int64_t& i = --of[along];
          if (mode == "constant" && i < 0) return 2.5;
          if (mode == "reflect") i = i < 0 ? -i : i > last ? 2 * last - i : i;
          if (mode == "edge") i = std::clamp<std::int64_t>(i, 0, last);
          if (mode == "wrap") i = (i + shape[along]) % shape[along];
          return static_cast<double>(x.at(of));
        });
        check({"Pad", x, {attribute("mode", mode)}, {list("c0", pads), scalar("c1", 2.5f)}, {}, mode == "wrap" ? 19 : 13}, y, 0);
        if (mode != "wrap")
          check({"Pad", x, {attribute("mode", mode), attribute("pads", pads), attribute("value", 2.5f)}, {}, {}, 10}, y, 0);
      }
      // With a constant before and behind.
      Extents wide = shape;
      wide[along] = 2;
      const Array more = drawn(wide);
      output = shape;
      output[along] += 4;
      check({"Concat", x, {attribute("axis", axis)}, {tensor("c0", wide, more.number)}, {"c0", "x", "c0"}},
            made(output,
                 [&](const Index& at) {
                   Index of = at;
                   const bool inside = at[along] >= 2 && at[along] < 2 + shape[along];
                   of[along] = inside ? at[along] - 2 : at[along] < 2 ? at[along] : at[along] - 2 - shape[along];
                   return static_cast<double>((inside ? x : more).at(of));
                 }),
            0);
      // Two parts, of which the second is the output.
      for (std::int64_t opset : {11, 13}) {
        Model model;
        output[along] = last;
        model.opset = opset;
        model.inputs = {value("x", shape)};
        model.outputs = {value("y", output)};
        if (opset < 13)
          model.nodes = {node("Split", {"x"}, {"first", "y"}, {attribute("axis", axis), attribute("split", Extents{1, last})})};
        else
          model.nodes = {node("Split", {"x", "split"}, {"first", "y"}, {attribute("axis", axis)})},
          model.initializers = {list("split", {1, last})};
        expect(run(imported(model.file()), {x.number}) == moved(output, [](std::int64_t i) { return i + 1; }).number);
      }
      // Repeated along it.
      Extents narrow = shape;
      narrow[along] = 1;
      const Array thin = drawn(narrow);
      check({"Expand", thin, {}, {list("c0", shape)}},
            made(shape,
                 [&](const Index& at) {
                   Index of = at;
                   of[along] = 0;
                   return static_cast<double>(thin.at(of));
                 }),
            0);
      // Squeeze and Unsqueeze there and back, by attributes and inputs.
      Extents without = shape;
      without.erase(without.begin() + static_cast<std::ptrdiff_t>(along));
      check({"Squeeze", thin, {attribute("axes", Extents{axis})}, {}, {}, 11}, {without, thin.number}, 0);
      check({"Squeeze", thin, {}, {list("c0", {axis})}}, {without, thin.number}, 0);
      check({"Unsqueeze", {without, thin.number}, {attribute("axes", Extents{axis})}, {}, {}, 11}, thin, 0);
      check({"Unsqueeze", {without, thin.number}, {}, {list("c0", {axis})}}, thin, 0);
    }
    for (std::int64_t axis = -rank_of(shape); axis <= rank_of(shape); ++axis) {
      const auto first = static_cast<std::ptrdiff_t>(axis < 0 ? axis + rank_of(shape) : axis);
      check({"Flatten", x, {attribute("axis", axis)}},
            {{static_cast<std::int64_t>(count(Extents(shape.begin(), shape.begin() + first))),
              static_cast<std::int64_t>(count(Extents(shape.begin() + first, shape.end())))},
             x.number},
            0);
    }
    check({"Reshape", x, {}, {list("c0", {-1})}}, {{static_cast<std::int64_t>(x.number.size())}, x.number}, 0);
    check({"Identity", x}, x, 0);
    check({"Dropout", x, {attribute("ratio", 0.5f)}, {}, {}, 10}, x, 0);
    check({"Dropout", x, {}, {scalar("c0", 0.5f)}}, x, 0);
  }
}

// Products of all ranks, by a constant and by a computed value, with batches that are repeated.
void products() {
  const std::vector<std::pair<Extents, Extents>> pairs{{{4}, {4, 3}},
                                                       {{2, 4}, {4, 3}},
                                                       {{2, 5, 4}, {4, 3}},
                                                       {{2, 3, 5, 4}, {4, 6}},
                                                       {{4}, {4}},
                                                       {{2, 4}, {4}},
                                                       {{2, 5, 4}, {2, 4, 3}},
                                                       {{1, 5, 4}, {2, 4, 3}},
                                                       {{2, 3, 5, 4}, {3, 4, 2}},
                                                       {{5, 4}, {3, 4, 2}},
                                                       {{2, 1, 5, 4}, {3, 4, 2}}};
  for (const auto& pair : pairs) {
    const Extents &a_shape = pair.first, &b_shape = pair.second;
    const Array a = drawn(a_shape), b = drawn(b_shape);
    const std::size_t batches = std::max(a_shape.size(), b_shape.size()) - 2;
    Extents output;
    const auto batch_of = [](const Extents& shape, std::size_t rank, std::size_t d) {
      return d + shape.size() < rank + 2 ? 1 : shape[d + shape.size() - rank - 2];
    };
    const std::size_t rank = a_shape.size() < 2 && b_shape.size() < 2 ? 0 : batches;
    for (std::size_t d = 0; d < rank; ++d) output.push_back(std::max(batch_of(a_shape, rank, d), batch_of(b_shape, rank, d)));
    if (a_shape.size() > 1) output.push_back(a_shape[a_shape.size() - 2]);
    if (b_shape.size() > 1) output.push_back(b_shape.back());
    const Array y = made(output, [&](const Index& at) {
      double sum = 0;
      for (std::int64_t i = 0; i < 4; ++i) {
        const auto index = [&](const Extents& shape, bool left) {
          Index of;
          for (std::size_t d = 0; d + 2 < shape.size(); ++d) {
            const std::size_t skipped = rank + 2 - shape.size();
            of.push_back(shape[d] == 1 ? 0 : at[d + skipped]);
          }
          if (left && shape.size() > 1) of.push_back(at[rank]);
          of.push_back(i);
          if (!left && shape.size() > 1) of.push_back(at.back());
          return of;
        };
        sum += static_cast<double>(a.at(index(a_shape, true))) * static_cast<double>(b.at(index(b_shape, false)));
      }
      return sum;
    });
    check({"MatMul", a, {}, {tensor("c0", b_shape, b.number)}}, y);
    check({"MatMul", b, {}, {tensor("c0", a_shape, a.number)}, {"c0", "x"}}, y);
    Model both{.nodes = {node("MatMul", {"a", "b"}, {"y"})},
               .initializers = {},
               .inputs = {value("a", a_shape), value("b", b_shape)},
               .outputs = {value("y", output)}};
    try {
      expect(close(run(imported(both.file()), {a.number, b.number}), y.number, 2e-6f));
    } catch (const tools::Failure& failure) {
      report_failure(__FILE__, __LINE__, failure.what());
    }
  }
  for (bool turns_a : {false, true})
    for (bool turns_b : {false, true})
      for (const Extents& c : {Extents{}, Extents{1}, Extents{3}, Extents{1, 3}, Extents{2, 1}, Extents{2, 3}}) {
        const Array a = drawn(turns_a ? Extents{4, 2} : Extents{2, 4}), b = drawn(turns_b ? Extents{3, 4} : Extents{4, 3}),
                    more = drawn(c);
        check({"Gemm",
               a,
               {attribute("transA", std::int64_t{turns_a}), attribute("transB", std::int64_t{turns_b}), attribute("alpha", 0.5f),
                attribute("beta", -2.0f)},
               {tensor("c0", b.shape, b.number), tensor("c1", c, more.number)}},
              made({2, 3}, [&](const Index& at) {
                double sum = 0;
                for (std::int64_t i = 0; i < 4; ++i)
                  sum += static_cast<double>(a.at(turns_a ? Index{i, at[0]} : Index{at[0], i})) *
                         static_cast<double>(b.at(turns_b ? Index{at[1], i} : Index{i, at[1]}));
                Index of;
                for (std::size_t d = 0; d < c.size(); ++d) of.push_back(c[d] == 1 ? 0 : at[d + 2 - c.size()]);
                return sum / 2 - 2 * static_cast<double>(more.at(of));
              }));
      }
}

// Two values whose shapes go together, either of them a constant; and Where.
void combinations() {
  const std::vector<std::pair<Extents, Extents>> pairs{{{3}, {3}},
                                                       {{2, 3}, {3}},
                                                       {{2, 3, 4}, {3, 1}},
                                                       {{2, 3, 4, 5}, {3, 1, 1}},
                                                       {{2, 1, 4}, {5, 1}},
                                                       {{2, 3, 4, 5}, {2, 3, 4, 5}},
                                                       {{1, 3, 4, 5}, {}},
                                                       {{1, 3, 1, 1}, {1, 3, 4, 5}},
                                                       {{2, 3, 2, 3, 2}, {3, 2}}};
  const std::vector<std::pair<std::string, std::function<float(float, float)>>> operations{
      {"Add", [](float a, float b) { return a + b; }},
      {"Sub", [](float a, float b) { return a - b; }},
      {"Mul", [](float a, float b) { return a * b; }},
      {"Div", [](float a, float b) { return a / b; }},
      {"Max", [](float a, float b) { return std::max(a, b); }},
      {"Min", [](float a, float b) { return std::min(a, b); }},
      {"PRelu", [](float a, float b) { return a < 0 ? a * b : a; }}};
  for (const auto& pair : pairs)
    for (const auto& [operation, of] : operations) {
      const Extents &a_shape = pair.first, &b_shape = pair.second;
      Array a = drawn(a_shape), b = drawn(b_shape);
      for (Array* each : {&a, &b})
        for (float& number : each->number) number += number == 0 ? 1.0f : 0.0f;
      Extents output(std::max(a_shape.size(), b_shape.size()), 1);
      for (const Extents* shape : {&a_shape, &b_shape})
        for (std::size_t d = 0; d < shape->size(); ++d) {
          std::int64_t& extent = output[d + output.size() - shape->size()];
          extent = std::max(extent, (*shape)[d]);
        }
      if (operation == "PRelu" && output != a_shape) continue;
      const auto index = [&](const Extents& shape, const Index& at) {
        Index from;
        for (std::size_t d = 0; d < shape.size(); ++d) from.push_back(shape[d] == 1 ? 0 : at[d + at.size() - shape.size()]);
        return from;
      };
      const auto& function = of;
      const Array y = made(output, [&](const Index& at) {
        return static_cast<double>(function(a.at(index(a_shape, at)), b.at(index(b_shape, at))));
      });
      check({operation, a, {}, {tensor("c0", b_shape, b.number)}}, y, 0);
      if (operation != "PRelu") check({operation, b, {}, {tensor("c0", a_shape, a.number)}, {"c0", "x"}}, y, 0);
    }
}

void normalizations() {
  for (const Extents& shape : shapes) {
    if (shape.size() < 2) continue;
    const Array x = drawn(shape);
    const std::int64_t channels = shape[1];
    Array gamma = drawn({channels}), beta = drawn({channels}), mean = drawn({channels}), variance = drawn({channels});
    for (float& each : variance.number) each = std::abs(each) + 0.5f;
    const auto of = [](const Array& all, std::int64_t c) { return static_cast<double>(all.number[static_cast<std::size_t>(c)]); };
    check({"BatchNormalization",
           x,
           {attribute("epsilon", 0.125f)},
           {tensor("c0", gamma.shape, gamma.number), tensor("c1", beta.shape, beta.number), tensor("c2", mean.shape, mean.number),
            tensor("c3", variance.shape, variance.number)}},
          made(shape, [&](const Index& at) {
            const std::int64_t c = at[1];
            return (static_cast<double>(x.at(at)) - of(mean, c)) / std::sqrt(of(variance, c) + 0.125) * of(gamma, c) +
                   of(beta, c);
          }));
    const auto normed = [&](std::size_t first, double epsilon) {
      return made(shape, [&, first, epsilon](const Index& at) {
        double sum = 0, squares = 0, all = 0;
        const auto each = [&](auto action) {
          made(shape, [&](const Index& i) {
            if (std::equal(i.begin(), i.begin() + static_cast<std::ptrdiff_t>(first), at.begin()))
              action(static_cast<double>(x.at(i)));
            return 0.0;
          });
        };
        each([&](double v) {
          sum += v;
          ++all;
        });
        each([&](double v) { squares += (v - sum / all) * (v - sum / all); });
        return (static_cast<double>(x.at(at)) - sum / all) / std::sqrt(squares / all + epsilon);
      });
    };
    for (std::size_t first = 1; first < shape.size(); ++first) {
      const Array scale = drawn(Extents(shape.begin() + static_cast<std::ptrdiff_t>(first), shape.end())),
                  offset = drawn(scale.shape);
      if (scale.number.size() < 2) continue;
      Array y = normed(first, 0.125);
      for (std::size_t i = 0; i < y.number.size(); ++i)
        y.number[i] = y.number[i] * scale.number[i % scale.number.size()] + offset.number[i % scale.number.size()];
      check({"LayerNormalization",
             x,
             {attribute("axis", static_cast<std::int64_t>(first)), attribute("epsilon", 0.125f)},
             {tensor("c0", scale.shape, scale.number), tensor("c1", offset.shape, offset.number)},
             {},
             17},
            y, 1e-5f);
    }
    if (shape.size() < 3) continue;
    Array y = normed(2, 0.125);
    const std::size_t each = y.number.size() / count({shape[0], shape[1]});
    for (std::size_t i = 0; i < y.number.size(); ++i) {
      const std::int64_t c = static_cast<std::int64_t>(i / each) % channels;
      y.number[i] = static_cast<float>(static_cast<double>(y.number[i]) * of(gamma, c) + of(beta, c));
    }
    check({"InstanceNormalization",
           x,
           {attribute("epsilon", 0.125f)},
           {tensor("c0", gamma.shape, gamma.number), tensor("c1", beta.shape, beta.number)}},
          y, 1e-5f);
  }
}

// Clip by attributes and by inputs, either limit absent; constants of every type that a Cast reads.
void attributes_or_inputs() {
  const Array x = drawn({2, 3, 4, 5});
  const auto between = [&](float least, float most) {
    return made(x.shape, [&, least, most](const Index& at) { return static_cast<double>(std::clamp(x.at(at), least, most)); });
  };
  check({"Clip", x, {attribute("min", -0.5f), attribute("max", 1.0f)}, {}, {}, 7}, between(-0.5f, 1), 0);
  check({"Clip", x, {attribute("max", 1.0f)}, {}, {}, 10}, between(-1e9f, 1), 0);
  check({"Clip", x, {}, {scalar("c0", -0.5f), scalar("c1", 1)}, {}, 11}, between(-0.5f, 1), 0);
  check({"Clip", x, {}, {scalar("c0", 1)}, {"x", "", "c0"}}, between(-1e9f, 1), 0);
  check({"Clip", x}, x, 0);
  // A shape that is computed, as exporters write it: x seen as [extent 0, the rest].
  Model model;
  model.inputs = {value("x", x.shape)};
  model.outputs = {value("y", {2, 60})};
  model.initializers = {tensor("zero", {}, Extents{0}), list("axes", {0}), list("rest", {-1})};
  model.nodes = {node("Shape", {"x"}, {"s"}), node("Gather", {"s", "zero"}, {"n"}), node("Unsqueeze", {"n", "axes"}, {"u"}),
                 node("Concat", {"u", "rest"}, {"to"}, {attribute("axis", std::int64_t{0})}),
                 node("Reshape", {"x", "to"}, {"y"})};
  expect(run(imported(model.file()), {x.number}) == x.number);
  // Ones of a shape that is computed, cast from whole numbers.
  model.outputs = {value("y", x.shape)};
  model.nodes = {node("Shape", {"x"}, {"s"}),
                 node("ConstantOfShape", {"s"}, {"ones"},
                      {Message{}.bytes(1, "value").message(5, tensor("", {1}, Extents{1})).whole(20, 4)}),
                 node("Cast", {"ones"}, {"real"}, {attribute("to", std::int64_t{1})}), node("Add", {"x", "real"}, {"y"})};
  Numbers more = x.number;
  for (float& each : more) each += 1;
  expect(run(imported(model.file()), {x.number}) == more);
}

// What exporters compute of shapes beside that: halves rounded down, ranges, choices by comparisons.
void chains() {
  const Array x = drawn({2, 3, 4, 5});
  Model model;
  model.inputs = {value("x", x.shape)};
  // The last two extents doubled, as an interpolation states them.
  model.outputs = {value("y", {2, 3, 6, 7})};
  model.initializers = {list("two", {2}), list("four", {4}), scalar("factor", 1.5f)};
  model.nodes = {node("Shape", {"x"}, {"s"}),
                 node("Slice", {"s", "two", "four"}, {"hw"}),
                 node("Slice", {"s", "zero", "two"}, {"nc"}),
                 node("Cast", {"hw"}, {"real"}, {attribute("to", std::int64_t{1})}),
                 node("Mul", {"real", "factor"}, {"larger"}),
                 node("Floor", {"larger"}, {"whole"}),
                 node("Cast", {"whole"}, {"sizes"}, {attribute("to", std::int64_t{7})}),
                 node("Concat", {"nc", "sizes"}, {"all"}, {attribute("axis", std::int64_t{0})}),
                 node("Resize", {"x", "", "", "all"}, {"y"},
                      {attribute("coordinate_transformation_mode", std::string{"asymmetric"}),
                       attribute("nearest_mode", std::string{"floor"})})};
  model.initializers.push_back(list("zero", {0}));
  const Numbers y = run(imported(model.file()), {x.number});
  expect(y.size() == 2 * 3 * 6 * 7 && y[0] == x.number[0] && y.back() == x.number.back());
  // -1 where an extent is 3, as Expand's shapes are chosen.
  model.outputs = {value("y", {2, 60})};
  model.nodes = {node("Shape", {"x"}, {"s"}), node("Slice", {"s", "zero", "two"}, {"nc"}), node("Equal", {"nc", "three"}, {"is"}),
                 node("Where", {"is", "minus", "nc"}, {"to"}), node("Reshape", {"x", "to"}, {"y"})};
  model.initializers = {list("zero", {0}), list("two", {2}), list("three", {3}), list("minus", {-1})};
  expect(run(imported(model.file()), {x.number}) == x.number);
  // Indices of a range, and numbers compared as the model runs.
  model.outputs = {value("y", {2, 3, 4, 2})};
  model.nodes = {node("Range", {"first", "end", "step"}, {"i"}),
                 node("Gather", {"x", "i"}, {"some"}, {attribute("axis", std::int64_t{3})}),
                 node("Greater", {"some", "limit"}, {"above"}), node("Where", {"above", "some", "limit"}, {"y"})};
  model.initializers = {tensor("first", {}, Extents{1}), tensor("end", {}, Extents{4}), tensor("step", {}, Extents{2}),
                        scalar("limit", 0.25f)};
  Numbers above;
  for (std::size_t i = 0; i < x.number.size(); ++i)
    if (i % 5 == 1 || i % 5 == 3) above.push_back(std::max(x.number[i], 0.25f));
  expect(run(imported(model.file()), {x.number}) == above);
  for (const Extents& shape : shapes) {
    const Array some = drawn(shape);
    Extents repeats, output;
    for (std::size_t d = 0; d < shape.size(); ++d) {
      repeats.push_back(d % 2 == 0 ? 2 : 3);
      output.push_back(shape[d] * repeats[d]);
    }
    check({"Tile", some, {}, {list("c0", repeats)}},
          made(output,
               [&](const Index& at) {
                 Index from = at;
                 for (std::size_t d = 0; d < at.size(); ++d) from[d] %= shape[d];
                 return static_cast<double>(some.at(from));
               }),
          0);
  }
}

}  // namespace

int main() {
  reductions();
  softmaxes();
  moves();
  products();
  combinations();
  normalizations();
  attributes_or_inputs();
  chains();
  return expectations_failed();
}
