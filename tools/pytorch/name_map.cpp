#include "tools/pytorch/name_map.hpp"

#include <algorithm>
#include <sstream>

#include "tools/data/file.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/text.hpp"

namespace tools::pytorch {

namespace {

std::string trimmed(const std::string& text) {
  constexpr const char* white = " \t\r";
  const std::size_t begin = text.find_first_not_of(white);
  return begin == text.npos ? "" : text.substr(begin, text.find_last_not_of(white) - begin + 1);
}

bool is_ours(const std::string& name, const std::vector<Module>& modules) {
  return std::ranges::any_of(modules, [&](const Module& module) {
    return name == module.name ||
           std::ranges::any_of(module.parts, [&](const Part& part) { return name == module.name + "." + part.name; });
  });
}

}  // namespace

NameMap::NameMap(const std::string& file, const std::vector<Module>& modules) : from{file} {
  std::istringstream lines{read_file(file)};
  std::string line;
  for (std::size_t number = 1; std::getline(lines, line); ++number) {
    line = trimmed(line);
    if (line.empty() || line.front() == '#') continue;
    const std::string where = text(file, ": line ", number);
    const std::size_t middle = line.find('=');
    const std::string ours = trimmed(line.substr(0, middle)), other = middle == line.npos ? "" : trimmed(line.substr(middle + 1));
    if (ours.empty() || other.empty()) throw failure(where, "is " + shown(line), "ours = theirs, such as 0 = conv1");
    if (!is_ours(ours, modules)) {
      std::string names;
      for (const Module& module : modules) names += (names.empty() ? "" : ", ") + module.name;
      throw failure(where, "names " + shown(ours) + ", which no layer with parameters is",
                    "one of " + names + ", or a tensor of one");
    }
    if (!theirs.emplace(ours, other).second) throw failure(where, "names " + shown(ours) + " again", "each once");
  }
}

std::optional<std::string> NameMap::name_of(const Module& module, const Part& part) const {
  if (const auto found = theirs.find(module.name + "." + part.name); found != theirs.end()) return found->second;
  if (const auto found = theirs.find(module.name); found != theirs.end()) return tensor_name(found->second, part.name);
  return std::nullopt;
}

bool NameMap::has(const Module& module) const {
  return std::ranges::any_of(module.parts, [&](const Part& part) { return name_of(module, part).has_value(); });
}

std::string tensor_name(const std::string& module, const std::string& part) {
  const std::size_t mark = module.find('#');
  const std::string name = module.substr(0, mark);
  std::string own = part;
  if (const std::size_t level = own.find("_l0"); mark != module.npos && level != own.npos)
    own.replace(level, 3, "_l" + module.substr(mark + 1));
  return name.empty() ? own : name + "." + own;
}

}  // namespace tools::pytorch
