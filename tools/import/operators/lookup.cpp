// What the removal of constants knows of tables.
#include "tools/import/operators/lookup.hpp"

#include "tools/import/rules.hpp"

namespace tools::importer {

namespace {

struct OfLookup {
  static std::optional<Passage> passage(const nn::int8::Lookup&, const Channels& channels) { return alike(channels[0]); }
  static Interval interval(const nn::int8::Lookup& o, std::span<const Interval> x) {
    const auto [low, high] = std::minmax_element(o.table + 128 + x[0].low, o.table + 128 + x[0].high + 1);
    return {*low, *high};
  }
  static void shrink(nn::int8::Lookup& o, const Shrinking& by) { o.count = by.input(0, o.count); }
  static bool changes_nothing(const nn::int8::Lookup& o, const Interval& x) {
    for (std::int32_t code = x.low; code <= x.high; ++code)
      if (o.table[code + 128] != code) return false;
    return true;
  }
};
const RulesFor<nn::int8::Lookup, OfLookup> rules;

}  // namespace

}  // namespace tools::importer
