// How deep the stack gets in functions that no compiler's call graph knows: those of libgcc and newlib, many of them written in
// assembly. Counted by following every path through their instructions in the linked image.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/elf/elf.hpp"

namespace tools {

class Recount {
 public:
  explicit Recount(const Elf& image) : elf{image} {}

  // Bytes of stack that the function of this name takes, with all it calls; 0 if the image has none, so that nothing calls it.
  // Throws Failure, which says where, at what cannot be followed: a jump to a computed address, a stack pointer that is computed,
  // a recursion, or a loop that pushes more each time.
  std::size_t deepest(const std::string& name);

 private:
  struct Path {
    std::uint32_t address;
    std::size_t depth;              // bytes pushed so far
    std::uint32_t conditional = 0;  // so many instructions from here on may be skipped
  };

  std::size_t deepest_from(std::uint32_t entry);
  std::vector<std::uint32_t> switch_targets(std::uint32_t helper, std::uint32_t behind) const;
  std::vector<std::uint32_t> jump_targets(std::uint32_t jump) const;
  std::uint32_t word(std::uint32_t address) const;
  std::uint32_t half(std::uint32_t address) const;
  [[noreturn]] void give_up(std::uint32_t address, const std::string& why) const;

  const Elf& elf;
  std::map<std::uint32_t, std::size_t> found;
  std::set<std::uint32_t> open;
};

}  // namespace tools
