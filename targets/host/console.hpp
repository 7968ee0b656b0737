// The console of the host: standard output.
#pragma once

#include <cstdio>
#include <string_view>

namespace console {

struct Write {
  void operator()(std::string_view text) const {
    if (!text.empty()) std::fwrite(text.data(), 1, text.size(), stdout);
  }
};
inline constexpr Write write{};

}  // namespace console
