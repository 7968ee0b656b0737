// The console of the host: standard output and input.
#pragma once

#include <cstdio>
#include <optional>
#include <string_view>

namespace console {

struct Write {
  void operator()(std::string_view text) const {
    if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);
  }
};
inline constexpr Write write{};

// The next character; nothing at the end of the input.
inline std::optional<char> read() {
  std::fflush(stdout);
  const int c = std::getchar();
  return c == EOF ? std::nullopt : std::optional{static_cast<char>(c)};
}

}  // namespace console
