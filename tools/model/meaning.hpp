// Meaning: what the outputs of a network stand for: classes with names, or numbers in a unit; and where its inputs come from.
// It is in the weights header, and behind the parameters in an image's file (tools/model/image.hpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/model/normalization.hpp"

namespace tools {

struct Meaning {
  bool numbers = false;              // else classes, …
  std::vector<std::string> classes;  // … with these names; none: their numbers
  Normalization targets;             // of numbers, to be undone
  std::uint64_t front_end = 0;       // fingerprint of what makes features of sounds; 0: it learnt from numbers
};

// A name as a literal of C++.
std::string literal_of(const std::string& name);

// inline constexpr std::string_view class_names[] = {"setosa", …};
std::string class_names_code(std::vector<std::string> names, std::size_t classes);

}  // namespace tools
