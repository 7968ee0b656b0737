#include "tools/data/csv_rows.hpp"

#include "tools/data/failure.hpp"

namespace tools {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Of ; tab , and blank the first that occurs outside quotes; a tab behind a comma only aligns.
char delimiter_of(std::string_view line) {
  bool quotes = false, comma = false, tab = false;
  for (std::size_t i = 0; i < line.size() && (quotes || (line[i] != '\n' && line[i] != '\r')); ++i) {
    if (line[i] == '"') quotes = !quotes;
    if (quotes) continue;
    if (line[i] == ';') return ';';
    if (line[i] == ',') comma = true;
    if (line[i] == '\t' && i > 0 && line[i - 1] != ',') tab = true;
  }
  return tab ? '\t' : comma ? ',' : ' ';
}

}  // namespace

CsvRows::CsvRows(const std::string& file, std::string_view content) : name{file}, text{content} {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // the mark of UTF-8 that some programs write
  skip_blank_lines();
  delimiter = delimiter_of(text.substr(at));
}

std::string CsvRows::separator() const {
  return delimiter == ',' ? "commas" : delimiter == ';' ? "semicolons" : delimiter == '\t' ? "tabs" : "blanks";
}

void CsvRows::end_line() {
  if (at < text.size() && text[at] == '\r') ++at;
  if (at < text.size() && text[at] == '\n') ++at;
  ++line;
}

void CsvRows::skip_blank_lines() {
  while (at < text.size()) {
    std::size_t first = at;
    while (first < text.size() && is_blank(text[first])) ++first;
    const bool comment = first < text.size() && text[first] == '#';
    while (comment && first < text.size() && text[first] != '\n' && text[first] != '\r') ++first;
    if (first < text.size() && text[first] != '\n' && text[first] != '\r') return;
    at = first;
    if (at == text.size()) return;
    end_line();
  }
}

bool CsvRows::next(CsvRow& row) {
  skip_blank_lines();
  if (at == text.size()) return false;
  row.number = line;
  row.fields.clear();
  while (true) {
    while (!at_end_of_line() && is_blank(text[at]) && text[at] != delimiter) ++at;
    if (delimiter == ' ') {  // several blanks separate as one, and those at the ends separate nothing
      while (!at_end_of_line() && is_blank(text[at])) ++at;
      if (at_end_of_line() && !row.fields.empty()) break;
    }
    row.fields.push_back(!at_end_of_line() && text[at] == '"' ? quoted_field() : plain_field());
    if (at_end_of_line()) break;
    ++at;  // the delimiter
  }
  end_line();
  return true;
}

// "" within stands for a quote.
std::string CsvRows::quoted_field() {
  const std::size_t begin = line;
  std::string field;
  for (++at; at < text.size(); ++at) {
    if (text[at] == '"' && (at + 1 == text.size() || text[at + 1] != '"')) break;
    if (text[at] == '"') ++at;
    if (text[at] == '\n') ++line;
    field += text[at];
  }
  if (at == text.size())
    throw failure(name + ": row " + std::to_string(begin), "a quote is opened and not closed", "another \" behind the field");
  ++at;
  return field + plain_field();
}

std::string CsvRows::plain_field() {
  const std::size_t begin = at;
  while (!at_end_of_line() && text[at] != delimiter && !(delimiter == ' ' && text[at] == '\t')) ++at;
  std::size_t end = at;
  while (end > begin && is_blank(text[end - 1])) --end;
  return std::string{text.substr(begin, end - begin)};
}

}  // namespace tools
