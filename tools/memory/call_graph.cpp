#include "tools/memory/call_graph.hpp"

#include <algorithm>
#include <cstdlib>
#include <cxxabi.h>
#include <memory>
#include <sstream>

#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"

namespace tools {

namespace {

// The text behind `key: "`, as far as the next quotation mark.
std::string quoted(std::string_view line, std::string_view key) {
  const std::string start = std::string{key} + ": \"";
  const auto begin = line.find(start);
  if (begin == line.npos) return {};
  const auto from = begin + start.size();
  return std::string{line.substr(from, line.find('"', from) - from)};
}

// Local functions come as `path/of/file.cpp:name`.
std::string without_file(const std::string& title) {
  const auto colon = title.rfind(':');
  return colon == title.npos ? title : title.substr(colon + 1);
}

constexpr std::string_view pointer = "__indirect_call";

void read_node(Function& function, const std::string& label, const std::string& file) {
  const auto unit = label.find(" bytes (");
  if (unit == label.npos) return;  // only called here
  const auto digits = label.rfind("\\n", unit) + 2;
  const std::string number = label.substr(digits, unit - digits);
  if (number.empty() || number.find_first_not_of("0123456789") != number.npos)
    throw failure(file, "has a frame of \"" + number + "\" bytes", "a number");
  function.frame = std::max<std::size_t>(function.frame, std::stoul(number));
  function.known = true;
  const std::string_view kind = std::string_view{label}.substr(unit + 8);
  if (!kind.starts_with("static") && !kind.starts_with("dynamic,bounded")) function.bounded = false;
}

}  // namespace

std::string readable(const std::string& name) {
  int status = 0;
  const std::string plain = name.substr(0, name.find('.'));  // of a clone, name.constprop.0
  const std::unique_ptr<char, decltype(&std::free)> text{abi::__cxa_demangle(plain.c_str(), nullptr, nullptr, &status),
                                                         std::free};
  if (status != 0) return name;
  std::string result = text.get();
  if (const auto arguments = result.rfind('('); arguments != 0 && arguments != result.npos) result.resize(arguments);
  return result.size() <= 100 ? result : result.substr(0, 97) + "...";
}

void CallGraph::add(const std::string& file) {
  std::istringstream lines{read_file(file)};
  bool any = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("graph:")) any = true;
    if (line.starts_with("node:")) {
      const std::string name = without_file(quoted(line, "title"));
      if (name != pointer) read_node(functions[name], quoted(line, "label"), file);
    } else if (line.starts_with("edge:")) {
      Function& caller = functions[without_file(quoted(line, "sourcename"))];
      const std::string callee = without_file(quoted(line, "targetname"));
      if (callee == pointer) {
        caller.calls_by_pointer.insert(quoted(line, "label"));
      } else {
        caller.callees.insert(callee);
      }
    }
  }
  if (!any) throw failure(file, "is no call graph", "what g++ -fcallgraph-info=su,da writes");
}

void CallGraph::resolve(const std::string& name, const std::set<std::string>& callees) {
  Function& function = functions[name];
  function.calls_by_pointer.clear();
  function.callees.insert(callees.begin(), callees.end());
}

void CallGraph::alias(const std::string& name, const std::string& other) {
  aliases[name].insert(other);
  aliases[other].insert(name);
}

Stack CallGraph::deepest(const std::string& name) {
  if (const auto known = found.find(name); known != found.end()) return known->second;
  const auto path_to = [this](const std::string& last) {
    std::string path;
    for (const std::string& outer : open) path += readable(outer) + " > ";
    return path + readable(last);
  };
  if (std::find(open.begin(), open.end(), name) != open.end())
    throw Failure{"recursion, so that the stack has no bound: " + path_to(name)};

  const Function& function = functions[name];
  if (!function.known) {
    for (const std::string& other : aliases[name])
      if (functions[other].known) return found[name] = deepest(other);
    try {
      return found[name] = {library.deepest(name), {name}};
    } catch (const Failure& problem) {
      throw Failure{std::string{problem.what()} + ": " + path_to(name)};
    }
  }
  if (!function.bounded) throw Failure{"a frame whose size depends on data: " + path_to(name)};
  if (!function.calls_by_pointer.empty())
    throw Failure{"a call through a pointer, at " + *function.calls_by_pointer.begin() +
                  ", so that nobody knows the stack: " + path_to(name)};

  open.push_back(name);
  Stack below;
  for (const std::string& callee : function.callees)
    if (Stack stack = deepest(callee); below.path.empty() || stack.bytes > below.bytes) below = std::move(stack);
  open.pop_back();
  below.bytes += function.frame;
  below.path.insert(below.path.begin(), name);
  return found[name] = below;
}

}  // namespace tools
