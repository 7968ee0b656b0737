// Meaning: what the outputs of a network stand for: classes with names, or numbers in a unit; and where its inputs come from.
// It is in the weights header, and behind the parameters in an image's file (tools/model/image.hpp).
#pragma once

#include <string>
#include <vector>

#include "nn/nn.hpp"

namespace tools {

template <std::size_t Outputs>
struct Meaning {
  bool numbers = false;                           // else classes, …
  std::vector<std::string> classes;               // … with these names; none: their numbers
  nn::StoredNormalization<Outputs> targets = {};  // of numbers, to be undone; a count of 0: none
  std::uint64_t front_end = 0;                    // fingerprint of what makes features of sounds; 0: it learnt from numbers
};

// A name as a literal of C++.
inline std::string literal_of(const std::string& name) {
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

// inline constexpr std::string_view class_names[] = {"setosa", …};
inline std::string class_names_code(std::vector<std::string> names, std::size_t classes) {
  const bool numbered = names.empty();
  for (std::size_t k = names.size(); k < classes; ++k) names.push_back(numbered ? std::to_string(k) : "");
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + literal_of(name);
  return "inline constexpr std::string_view class_names[] = {" + list + "};\n\n";
}

}  // namespace tools
