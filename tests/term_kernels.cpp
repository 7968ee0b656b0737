// Add by tables of its terms (nn/int8/add_by_tables.hpp), as the core runs it, against the plain Add on the portable kernels: all
// pairs of codes, and rows of lengths around the unrolling, from addresses that are no multiples of 4.
#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include "expect.hpp"
#include "nn/graph/laid_out.hpp"
#include "nn/int8/int8.hpp"
#include "nn/random.hpp"
#include "target.hpp"

namespace {

using nn::int8::Range;
using nn::int8::Scale;

struct Pair {
  Scale a, b, output;
  std::int32_t a_zero = 0, b_zero = 0, sign = 1;
  Range range = {};
};

constexpr Scale half{1 << 30, 0}, less{0x60000000, -1}, least{0x7fffffff, -3};

std::array<std::int8_t, 270> a, b, found, reference;
constexpr std::int8_t untouched = 101;  // no code that a kernel makes of nothing

// Two rows, or one of all codes; an input of step 0 is one code for all.
template <class Kind, Pair Of, std::int32_t Count, std::int32_t AStep, std::int32_t BStep>
constexpr Kind add{{{1, 1, 1, Count < 256 ? 2 : 1, Count}, {0, 0, 0, AStep, AStep}, {0, 0, 0, BStep, BStep}},
                   Of.sign, Of.a_zero, Of.b_zero, Of.a, Of.b, Of.output, Of.range};

template <Pair Of, std::int32_t Count, std::int32_t AStep = 1, std::int32_t BStep = 1>
void compare() {
  static constexpr auto tabled = add<nn::int8::TabledAdd, Of, Count, AStep, BStep>;
  using Here = nn::graph::OnCore<target::Kernels, tabled>;
  constexpr bool has_tables = std::is_same_v<std::remove_cvref_t<decltype(Here::operation)>, nn::int8::AddByTables>;
  static_assert(has_tables == (target::Kernels::adds_by_tables && Of.a.shift <= 0 && Of.b.shift <= 0));
  found.fill(untouched);
  reference.fill(untouched);
  Here::operation.template run<typename Here::KernelsOf>({nullptr, false}, found.data() + 3, a.data() + 1, b.data() + 2);
  add<nn::int8::Add, Of, Count, AStep, BStep>.template run<nn::Portable>({nullptr, false}, reference.data() + 3, a.data() + 1,
                                                                         b.data() + 2);
  expect(found == reference);
}

template <Pair Of>
void all_pairs() {
  for (std::int32_t code = -128; code < 128; ++code) {
    a.fill(static_cast<std::int8_t>(code));
    for (std::size_t i = 0; i < b.size(); ++i) b[i] = static_cast<std::int8_t>(i);
    compare<Of, 256>();
  }
}

template <Pair Of, std::int32_t... Count>
void rows(std::integer_sequence<std::int32_t, Count...>) {
  ((compare<Of, Count>(), compare<Of, Count, 0>(), compare<Of, Count, 1, 0>()), ...);
}

template <Pair Of>
void pair() {
  all_pairs<Of>();
  nn::Random random{5};
  for (std::int8_t& code : a) code = static_cast<std::int8_t>(random.next());
  for (std::int8_t& code : b) code = static_cast<std::int8_t>(random.next());
  rows<Of>(std::integer_sequence<std::int32_t, 1, 2, 3, 4, 7, 13, 15, 16, 17, 33, 64>{});
}

// One table for equal scales, zero points and signs.
constexpr auto one = add<nn::int8::TabledAdd, Pair{half, less, {0x5a827999, -18}, 3, 5}, 8, 1, 1>;
constexpr auto other = add<nn::int8::TabledAdd, Pair{less, half, {0x5a827999, -20}, 5, 4}, 9, 1, 1>;
static_assert(one.with_tables<one>.b_terms == other.with_tables<other>.a_terms);
static_assert(one.with_tables<one>.a_terms != other.with_tables<other>.b_terms);

}  // namespace

int main() {
  pair<Pair{half, less, {0x5a827999, -18}, -3, 11}>();
  pair<Pair{least, half, {0x7fffffff, -19}, 127, -128, -1}>();
  pair<Pair{less, least, {1 << 30, -20}, -128, 127, 1, {-128, -128, 127}}>();
  pair<Pair{half, half, {0x7fffffff, -17}, 0, 0, -1, {9, -100, 90}}>();
  pair<Pair{{0x7fffffff, 0}, {1 << 30, -22}, {1 << 30, -19}, 127, -128}>();  // the largest sums; ties
  pair<Pair{half, less, {0x5a827999, -31}}>();                               // shifts too far for the core's own loop
  pair<Pair{half, {0x40000001, 1}, {0x5a827999, -19}}>();                    // has no tables
  return expectations_failed();
}
