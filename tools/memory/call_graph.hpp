// Which function calls which, and how much of the stack each takes, as g++'s -fcallgraph-info=su,da writes it in a .ci file
// beside each object file.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tools/memory/recount.hpp"

namespace tools {

struct Function {
  std::size_t frame = 0;       // bytes
  bool known = false;          // it has a frame: it was compiled here
  bool bounded = true;         // the frame does not depend on data
  std::set<std::string> callees;
  std::set<std::string> calls_by_pointer;  // where in the source
};

struct Stack {
  std::size_t bytes = 0;
  std::vector<std::string> path;  // of the deepest calls
};

class CallGraph {
 public:
  // Functions that were not compiled here are counted in the image.
  explicit CallGraph(const Elf& image) : library{image} {}

  // Functions of equal name in several files (inline ones, mostly) count as one: the largest frame, the calls of all.
  void add(const std::string& file);

  // What a function calls through pointers is known, after all.
  void resolve(const std::string& name, const std::set<std::string>& callees);

  // Two names of one function, such as the two of a constructor.
  void alias(const std::string& name, const std::string& other);

  // The most that `name` and all it calls can take. Throws Failure, which names the path, at a recursion, a call through a
  // pointer, a frame that depends on data, or a function of a library that cannot be recounted.
  Stack deepest(const std::string& name);

 private:
  Recount library;
  std::map<std::string, Function> functions;
  std::map<std::string, std::set<std::string>> aliases;
  std::map<std::string, Stack> found;
  std::vector<std::string> open;
};

// Of a mangled name; others as they are.
std::string readable(const std::string& name);

}  // namespace tools
