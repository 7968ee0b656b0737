#include "tools/import/sum.hpp"

#include <limits>
#include <set>

namespace tools::importer {

std::vector<Placement> placements(const nn::graph::Window& window) {
  std::set<std::pair<std::int32_t, std::int32_t>> rows, columns;
  for (std::int32_t i = 0; i < window.output.height; ++i) rows.insert({window.rows(i).first, window.rows(i).last});
  for (std::int32_t j = 0; j < window.output.width; ++j) columns.insert({window.columns(j).first, window.columns(j).last});
  std::vector<Placement> all;
  for (const auto& [top, bottom] : rows)
    for (const auto& [left, right] : columns) all.push_back({top, bottom, left, right});
  return all;
}

// As if all taps missed the image, and what those within it add to that. Their differences are summed up over all rectangles
// that begin at the first tap, so that any other is known from four.
Sum products(const Rows& rows, std::int32_t o, const std::vector<Interval>& x, const std::vector<Placement>& placements) {
  const std::int32_t width = rows.window.kernel.width;
  std::int64_t absent = 0;
  std::vector<Sum> rectangle(static_cast<std::size_t>((rows.window.kernel.height + 1) * (width + 1)));
  const auto to = [&](std::int32_t k, std::int32_t l) -> Sum& {
    return rectangle[static_cast<std::size_t>(k * (width + 1) + l)];
  };
  for (std::int32_t k = 0, t = 0; k < rows.window.kernel.height; ++k)
    for (std::int32_t l = 0; l < width; ++l, ++t) {
      Sum sum{to(k, l + 1).low + to(k + 1, l).low - to(k, l).low, to(k, l + 1).high + to(k + 1, l).high - to(k, l).high};
      for (std::int32_t c = 0; c < rows.reads; ++c) {
        const Interval& codes = x[static_cast<std::size_t>(rows.channel(o, c))];
        const std::int32_t w = rows.w(o, t, c);
        absent += w * rows.zero;
        sum.add(w * (codes.low - rows.zero), w * (codes.high - rows.zero));
      }
      to(k + 1, l + 1) = sum;
    }
  Sum all{std::numeric_limits<std::int64_t>::max(), std::numeric_limits<std::int64_t>::min()};
  for (const Placement& at : placements) {
    const auto within = [&](std::int64_t Sum::*end) {
      return to(at.bottom, at.right).*end - to(at.top, at.right).*end - to(at.bottom, at.left).*end + to(at.top, at.left).*end;
    };
    all.low = std::min(all.low, absent + within(&Sum::low));
    all.high = std::max(all.high, absent + within(&Sum::high));
  }
  return all;
}

}  // namespace tools::importer
