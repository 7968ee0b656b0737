#include "tools/train/doubts_of_inputs.hpp"

#include "tools/report/doubts.hpp"
#include "tools/report/short_number.hpp"

namespace tools {

bool tells_rows_apart(const std::vector<Column>& columns) {
  return std::any_of(columns.begin(), columns.end(), [](const Column& column) { return column.most > column.least; });
}

std::vector<std::string> doubts_of_columns(const std::vector<Column>& columns, std::size_t rows, const std::string& kind,
                                           const Dataset& data) {
  std::vector<std::string> doubts;
  if (!tells_rows_apart(columns))
    doubts.push_back(rows == 1 ? std::string{"there is one row to learn from; give more"}
                               : "all " + std::to_string(rows) +
                                     " rows to learn from have the same inputs, so that nothing can be learnt from these; "
                                     "give columns that differ from row to row");
  if (kind == "scale")
    if (const auto doubt = doubt_of_ranges(columns, data.columns)) doubts.push_back(*doubt);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const Column& column = columns[i];
    if (column.most > column.least && column.constant() && kind == "standard") {
      doubts.push_back(data.place(i) + " varies so little, from " + short_number(column.least) + " to " +
                       short_number(column.most) +
                       ", that it cannot be normalized and is as good as constant; multiply it by a power of ten");
      break;
    }
  }
  return doubts;
}

std::string doubt_of_range(const Column& column, const std::string& place, std::size_t beyond, std::size_t rows, double lowest,
                           double highest, const std::string& kind) {
  return place + " goes from " + short_number(column.least) + " to " + short_number(column.most) + ", and " +
         std::to_string(beyond) + " of " + std::to_string(rows) + " rows leave the range of the network's input, " +
         short_number(lowest) + " to " + short_number(highest) + ", even as --normalize " + kind +
         " leaves them; try --normalize " + (kind == "standard" ? "scale" : "standard") +
         ", or a format with fewer fraction bits";
}

}  // namespace tools
