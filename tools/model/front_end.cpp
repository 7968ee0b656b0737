#include "tools/model/front_end.hpp"

namespace tools {

void require_front_end(const std::string& image, const Meaning& meaning, const Dataset& data, std::uint64_t fingerprint) {
  if (meaning.front_end != 0 && meaning.front_end != fingerprint)
    throw failure(image, "was trained behind another front end", "FrontEnd as it was then, or a training anew");
  if (meaning.front_end == 0 && data.clips)
    throw failure(image, "was trained on numbers, and " + data.name + " has sounds", "data as it was trained on");
}

}  // namespace tools
