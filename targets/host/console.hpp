// The console of the host: standard output and input.
#pragma once

#include <cstdio>
#include <optional>
#include <string_view>

namespace console {

inline void write(std::string_view text) {
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);
}

// The next character; nothing at the end of the input.
inline std::optional<char> read() {
  std::fflush(stdout);
  const int c = std::getchar();
  return c == EOF ? std::nullopt : std::optional{static_cast<char>(c)};
}

}  // namespace console
