#include "tools/import/writer.hpp"

namespace tools::importer {

namespace {
constexpr std::size_t most_columns = 126;
}

void Writer::add_value(std::string& rows, std::string& line, const std::string& value) {
  if (line.size() + value.size() > most_columns) {
    rows += line + "\n";
    line = "   ";
  }
  line += ' ';
  line += value;
  line += ',';
}

// Side by side as long as a line lasts.
void Writer::add_field(std::string& fields, const std::string& field) {
  const std::size_t line = fields.size() - (fields.rfind('\n') + 1);
  if (fields.empty()) fields = "    ";
  else fields += line + field.size() + 2 > most_columns ? ",\n    " : ", ";
  fields += field;
}

std::string Writer::named(const std::string& what, const std::string& type, std::size_t count, std::size_t bytes, bool aligned,
                          const std::string& rows) {
  std::string content = "[";
  content += std::to_string(count);
  content += "]{\n" + rows + "};\n";
  const auto [place, is_new] = arrays.try_emplace(type + content, own + "_" + what);
  if (is_new) {
    text += (aligned ? "alignas(4) inline constexpr " : "inline constexpr ") + type + " " + place->second + content;
    bytes_written += static_cast<std::int64_t>(bytes);
  }
  return place->second;
}

}  // namespace tools::importer
