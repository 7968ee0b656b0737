// shown: text of a file as a message may show it, in quotes, whatever its bytes are.
#pragma once

#include <string>
#include <string_view>

namespace tools {

// At most 40 characters. UTF-8 stays as it is; every other byte, and what would move a terminal's cursor, is written \x1b.
std::string shown(std::string_view text);

// The same without the quotes.
std::string readable(std::string_view text);

}  // namespace tools
