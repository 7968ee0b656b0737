#include "tools/import/add_tables.hpp"

#include <array>
#include <set>

#include "nn/int8/add.hpp"
#include "tools/data/failure.hpp"
#include "tools/import/names.hpp"

namespace tools::importer {

void add_by_tables(Network& network, const std::string& file) {
  std::set<std::array<std::int32_t, 4>> tables;
  int sums = 0;
  for (Applied& applied : network.operators) {
    const auto* const sum = applied.operation.as<nn::int8::Add>();
    if (sum == nullptr) continue;
    const nn::int8::Add o = *sum;
    tables.insert({o.a_zero, o.a_scale.multiplier, o.a_scale.shift, 1});
    tables.insert({o.b_zero, o.b_scale.multiplier, o.b_scale.shift, o.sign});
    applied.operation = nn::int8::TabledAdd{.shape = o.shape, .sign = o.sign, .a_zero = o.a_zero, .b_zero = o.b_zero,
                                            .a_scale = o.a_scale, .b_scale = o.b_scale, .scale = o.scale, .range = o.range};
    ++sums;
  }
  if (sums == 0) throw failure(file, "has no sum of int8 for --add-tables", "ADD or SUB of codes, with --rounding reference");
  network.report.push_back(text(sums, sums == 1 ? " sum reads tables, " : " sums read tables, ", tables.size(),
                                " of 1024 bytes of flash, on cores that are faster so"));
}

}  // namespace tools::importer
