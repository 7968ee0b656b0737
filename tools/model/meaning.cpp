#include "tools/model/meaning.hpp"

namespace tools {

std::string literal_of(const std::string& name) {
  std::string text = "\"";
  for (char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || c == '?') text += '\\';
    if (byte >= 0x20 && byte != 0x7f)
      text += c;
    else
      text += std::string{'\\'} + static_cast<char>('0' + (byte >> 6)) + static_cast<char>('0' + (byte >> 3 & 7)) +
              static_cast<char>('0' + (byte & 7));
  }
  return text + "\"";
}

std::string class_names_code(std::vector<std::string> names, std::size_t classes) {
  const bool numbered = names.empty();
  for (std::size_t k = names.size(); k < classes; ++k) names.push_back(numbered ? std::to_string(k) : "");
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + literal_of(name);
  return "inline constexpr std::string_view class_names[] = {" + list + "};\n\n";
}

}  // namespace tools
