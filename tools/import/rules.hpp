// Rules: what the removal of constants (remove_constants.hpp) may know of an operator of nn/ on int8. Without any it mixes all
// channels, and nothing is known of its output. A file of operators/ gives those that its operator has, as static functions:
//
//   struct OfMul {
//     static std::optional<Passage> passage(const nn::int8::Mul& o, const Channels& channels);   how it passes channels on
//     static Interval interval(const nn::int8::Mul& o, std::span<const Interval> x);             of one channel, before its range
//     static void shrink(nn::int8::Mul& o, const Shrinking& by);                                 fewer channels
//     static bool changes_nothing(const nn::int8::Mul& o, const Interval& x);                    to codes within x
//   };
//   const RulesFor<nn::int8::Mul, OfMul> rules;
//
// Of one with weights: rows(o), and set_rows(o, rows, simple) in place of shrink.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tools/import/interval.hpp"
#include "tools/import/operation.hpp"
#include "tools/import/passage.hpp"
#include "tools/import/rows.hpp"

namespace tools::importer {

using Channels = std::vector<std::int32_t>;  // of each input

// How many elements stay of those that an operator reads and writes.
class Shrinking {
 public:
  virtual std::int32_t input(std::size_t i, std::int32_t elements) const = 0;
  virtual std::int32_t output(std::int32_t elements) const = 0;
  virtual const std::int32_t* keep(std::vector<std::int32_t> values) const = 0;  // as a constant of the network

 protected:
  ~Shrinking() = default;
};

struct Rules {
  std::optional<Passage> (*passage)(const Operation&, const Channels&) = [](const Operation&, const Channels&) {
    return std::optional<Passage>{};
  };
  Interval (*interval)(const Operation&, std::span<const Interval>) = nullptr;
  std::optional<Rows> (*rows)(const Operation&) = [](const Operation&) { return std::optional<Rows>{}; };
  void (*set_rows)(Operation&, const Rows&, bool) = nullptr;
  void (*shrink)(Operation&, const Shrinking&) = [](Operation&, const Shrinking&) {};
  bool (*changes_nothing)(const Operation&, const Interval&) = [](const Operation&, const Interval&) { return false; };
  nn::int8::Range* (*range)(Operation&) = [](Operation&) -> nn::int8::Range* { return nullptr; };

  static const Rules& of(const Operation& operation);
  static void add(std::type_index type, const Rules& rules);
};

template <class Kernel, class Own>
struct RulesFor {
  RulesFor() {
    Rules rules;
    if constexpr (requires { &Own::passage; })
      rules.passage = [](const Operation& o, const Channels& channels) { return Own::passage(*o.as<Kernel>(), channels); };
    if constexpr (requires { &Own::interval; })
      rules.interval = [](const Operation& o, std::span<const Interval> x) { return Own::interval(*o.as<Kernel>(), x); };
    if constexpr (requires { &Own::rows; }) {
      rules.rows = [](const Operation& o) { return std::optional<Rows>{Own::rows(*o.as<Kernel>())}; };
      rules.set_rows = [](Operation& o, const Rows& rest, bool simple) { Own::set_rows(*o.as<Kernel>(), rest, simple); };
    }
    if constexpr (requires { &Own::shrink; })
      rules.shrink = [](Operation& o, const Shrinking& by) { Own::shrink(*o.as<Kernel>(), by); };
    if constexpr (requires { &Own::changes_nothing; })
      rules.changes_nothing = [](const Operation& o, const Interval& x) { return Own::changes_nothing(*o.as<Kernel>(), x); };
    if constexpr (requires(Kernel o) { o.range.least; }) rules.range = [](Operation& o) { return &o.as<Kernel>()->range; };
    Rules::add(typeid(Kernel), rules);
  }
};

}  // namespace tools::importer
