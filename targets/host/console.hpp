// The console of the host: standard output.
#pragma once

#include <cstdio>
#include <string_view>

namespace console {

inline void write(std::string_view text) {
  if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace console
