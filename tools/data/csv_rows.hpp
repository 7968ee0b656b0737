// CsvRows: the rows of CSV, cut into fields. Blank lines and comments are passed over.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct CsvRow {
  std::size_t number;  // of its first line, from 1
  std::vector<std::string> fields;
};

class CsvRows {
 public:
  // `name` is the file's, for messages; what separates the columns is seen in the first row.
  CsvRows(const std::string& name, std::string_view content);

  // False at the end. Throws Failure where a quote is not closed.
  bool next(CsvRow& row);

  char delimiter = 0;  // , ; tab or blank
  std::string separator() const;

 private:
  void skip_blank_lines();
  std::string quoted_field();
  std::string plain_field();
  bool at_end_of_line() const { return at == text.size() || text[at] == '\n' || text[at] == '\r'; }
  void end_line();

  std::string name;
  std::string_view text;
  std::size_t at = 0;
  std::size_t line = 1;
};

}  // namespace tools
