// What the tests of readers share: files of a folder, and refusals by their sentence.
#pragma once

#include <cerrno>  // program_invocation_short_name
#include <functional>
#include <string>
#include <string_view>

#include "expect.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"

// In the working directory; each program has its own.
inline const std::string folder = std::string{"files_of_"} + program_invocation_short_name;

inline std::string file(const std::string& name, std::string_view content) {
  tools::replace_file(folder + "/" + name, content);
  return folder + "/" + name;
}

// The action fails with a sentence that holds all parts.
inline void refused(const std::function<void()>& action, std::initializer_list<std::string_view> parts,
                    int line = __builtin_LINE()) {
  try {
    action();
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    for (std::string_view part : parts)
      if (sentence.find(part) == sentence.npos) report_failure(__FILE__, line, "\"", sentence, "\" lacks \"", part, "\"");
  }
}

inline std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (int value : values) text.push_back(static_cast<char>(value));
  return text;
}
