// MEAN, SUM, REDUCE_MAX over any axes; ARG_MAX and ARG_MIN along one.
#include <algorithm>

#include "evaluate.hpp"

namespace reference {

namespace {

// For each output, the places of the input that it is made of.
std::vector<std::vector<std::size_t>> groups(const Shape& shape, const std::vector<int>& axes) {
  std::vector<bool> reduced(shape.size());
  for (int axis : axes) reduced.at(static_cast<std::size_t>(axis_of(axis, rank(shape)))) = true;
  Shape left;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (!reduced[d]) left.push_back(shape[d]);
  std::vector<std::vector<std::size_t>> all(count(left));
  for_each(shape, [&](const Index& at, std::size_t i) {
    Index own;
    for (std::size_t d = 0; d < shape.size(); ++d)
      if (!reduced[d]) own.push_back(at[d]);
    all[flat(left, own)].push_back(i);
  });
  return all;
}

// 1/n goes into the factor, cut off.
Factor mean_factor(Factor of, Integer n) {
  int bits = 0;
  while (power(bits + 1) <= n) ++bits;
  const int shift = std::min({bits, 32, 31 + of.shift});
  return {of.number * power(shift) / n, of.shift - shift};
}

void reduce(Call& call) {
  const Array& x = call.in(0);
  Array y = call.out();
  const auto parts = groups(x.shape, call.list(1));
  if (parts.size() != y.size()) throw Unknown{"a reduction to another size"};
  for (std::size_t o = 0; o < parts.size(); ++o) {
    const auto n = static_cast<Integer>(parts[o].size());
    if (is_float(y.type)) {
      double sum = 0, most = -HUGE_VAL;
      for (std::size_t place : parts[o]) sum += x.real[place], most = std::max(most, x.real[place]);
      y.real[o] = to_float(call.op() == Op::reduce_max ? most : call.op() == Op::sum ? sum : sum / static_cast<double>(n));
      continue;
    }
    Integer sum = 0, most = range_of(x.type).least;
    for (std::size_t place : parts[o]) sum += x.code[place], most = std::max(most, x.code[place]);
    if (call.op() == Op::reduce_max) {
      y.code[o] = most;
      continue;
    }
    const Factor whole = factor(scale(call.tensor(0)) / scale(call.result()));
    const Factor by = call.op() == Op::mean ? mean_factor(whole, n) : whole;
    const Range range = range_of(y.type);
    y.code[o] = clamped(scaled(word(sum - n * zero(call.tensor(0))), by) + zero(call.result()), range.least, range.most);
  }
  call.set(y);
}

// The first of equal ones.
void arg_extreme(Call& call) {
  const Array& x = call.in(0);
  Array y = call.out();
  const auto parts = groups(x.shape, call.list(1));
  for (std::size_t o = 0; o < parts.size(); ++o) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < parts[o].size(); ++i) {
      const std::size_t a = parts[o][i], b = parts[o][best];
      const bool above = is_float(x.type) ? x.real[a] > x.real[b] : x.code[a] > x.code[b];
      const bool below = is_float(x.type) ? x.real[a] < x.real[b] : x.code[a] < x.code[b];
      if (call.op() == Op::arg_max ? above : below) best = i;
    }
    y.code[o] = static_cast<Integer>(best);
  }
  call.set(y);
}

}  // namespace

void add_reductions(Rules& to) {
  to[Op::mean] = to[Op::sum] = to[Op::reduce_max] = reduce;
  to[Op::arg_max] = to[Op::arg_min] = arg_extreme;
}

}  // namespace reference
