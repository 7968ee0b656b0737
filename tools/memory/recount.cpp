#include "tools/memory/recount.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/memory/thumb.hpp"

namespace tools {

namespace {

// libgcc's helpers for a `switch` on Armv6-M: the table stands behind the call. Each entry, of so many bytes, says how far
// behind the table's start to go on: in half words, but in bytes where the entries are words.
struct SwitchTable {
  std::uint32_t entry = 0;  // 0: no such helper
  bool is_signed = false;
};

SwitchTable switch_table(const std::string& name) {
  if (name == "__gnu_thumb1_case_uqi") return {1, false};
  if (name == "__gnu_thumb1_case_sqi") return {1, true};
  if (name == "__gnu_thumb1_case_uhi") return {2, false};
  if (name == "__gnu_thumb1_case_shi") return {2, true};
  if (name == "__gnu_thumb1_case_si") return {4, true};
  return {};
}

}  // namespace

std::uint32_t Recount::half(std::uint32_t address) const {
  for (const Section& section : elf.sections)
    if (section.loaded && section.stored && address >= section.address && address + 2 <= section.address + section.bytes.size()) {
      const std::size_t at = address - section.address;
      return static_cast<std::uint8_t>(section.bytes[at]) |
             static_cast<std::uint32_t>(static_cast<std::uint8_t>(section.bytes[at + 1])) << 8;
    }
  give_up(address, "an instruction where the image has none");
}

std::uint32_t Recount::word(std::uint32_t address) const { return half(address) | half(address + 2) << 16; }

void Recount::give_up(std::uint32_t address, const std::string& why) const {
  std::string place = "the image";
  std::uint32_t nearest = 0;
  for (const Symbol& symbol : elf.symbols)
    if (symbol.function && symbol.address <= address && symbol.address >= nearest) {
      nearest = symbol.address;
      place = symbol.name;
    }
  throw Failure{why + ", " + std::to_string(address - nearest) + " bytes into " + place + ", so that nobody knows the stack"};
}

// The table ends where the first of its cases begins.
std::vector<std::uint32_t> Recount::switch_targets(std::uint32_t helper, std::uint32_t behind) const {
  SwitchTable table;
  for (const Symbol& symbol : elf.symbols)
    if (symbol.address == helper && table.entry == 0) table = switch_table(symbol.name);
  std::vector<std::uint32_t> targets;
  if (table.entry == 0) return targets;
  const std::uint32_t start = table.entry == 4 ? (behind + 3) & ~3u : behind;
  std::uint32_t end = start + 2048;
  for (std::uint32_t at = start; at + table.entry <= end; at += table.entry) {
    std::uint32_t value = half(at & ~1u);
    if (table.entry == 4) value = word(at);
    if (table.entry == 1) value = at % 2 == 0 ? value & 0xff : value >> 8;
    if (table.is_signed && table.entry < 4 && (value >> (8 * table.entry - 1) & 1) != 0) value -= 1u << (8 * table.entry);
    const std::uint32_t target = start + (table.entry == 4 ? value : 2 * value);
    targets.push_back(target);
    if (target > start) end = std::min(end, target);
  }
  return targets;
}

// libgcc's own `switch`: `cmp i, #most` comes first, `ldr b, [pc, …]` has the address of a table, `ldr x, [b, i]` an address of
// it, `mov pc, x` goes there. All four stand close together, the multiplication of i among them.
std::vector<std::uint32_t> Recount::jump_targets(std::uint32_t jump) const {
  std::vector<std::uint32_t> targets;
  const std::uint32_t load = half(jump - 2);
  if ((half(jump) & 0xff87) != 0x4687 || (load & 0xfe00) != 0x5800 || (load & 7) != (half(jump) >> 3 & 15)) return targets;
  const std::uint32_t base = load >> 3 & 7, index = load >> 6 & 7;
  std::uint32_t table = 0, most = 0;
  bool has_table = false, has_most = false;
  for (std::uint32_t at = jump - 4; at + 20 > jump; at -= 2) {
    const std::uint32_t code = half(at);
    if (!has_table && (code & 0xff00) == (0x4800 | base << 8)) {
      table = word(((at + 4) & ~3u) + 4 * (code & 0xff));
      has_table = true;
    } else if (!has_most && (code & 0xff00) == (0x2800 | index << 8)) {
      most = code & 0xff;
      has_most = true;
    }
  }
  for (std::uint32_t i = 0; has_table && has_most && i <= most; ++i) targets.push_back(word(table + 4 * i) & ~1u);
  return targets;
}

std::size_t Recount::deepest(const std::string& name) {
  for (const Symbol& symbol : elf.symbols)
    if (symbol.function && symbol.name == name) return deepest_from(symbol.address);
  return 0;
}

std::size_t Recount::deepest_from(std::uint32_t entry) {
  if (const auto known = found.find(entry); known != found.end()) return known->second;
  if (!open.insert(entry).second) give_up(entry, "a recursion");

  std::map<std::uint32_t, std::size_t> seen;  // the depth at each instruction
  std::vector<Path> paths{{entry, 0, 0}};
  std::size_t deepest = 0;
  while (!paths.empty()) {
    const Path path = paths.back();
    paths.pop_back();
    if (const auto [place, is_new] = seen.try_emplace(path.address, path.depth); !is_new) {
      if (path.depth <= place->second) continue;
      place->second = path.depth;
      if (path.depth > 4096) give_up(path.address, "a loop that pushes");
    }
    const std::uint32_t first = half(path.address);
    thumb::Effect effect = thumb::effect(path.address, first, thumb::is_long(first) ? half(path.address + 2) : 0);
    if (effect.computed_jump) {
      const std::vector<std::uint32_t> targets = jump_targets(path.address);
      if (targets.empty()) give_up(path.address, "a jump to a computed address");
      for (std::uint32_t target : targets) paths.push_back({target, path.depth, 0});
    }
    if (effect.unknown != nullptr) give_up(path.address, effect.unknown);
    const std::int64_t depth = static_cast<std::int64_t>(path.depth) + effect.pushed;
    const std::size_t after = depth < 0 ? 0 : static_cast<std::size_t>(depth);
    deepest = std::max(deepest, after);
    if (effect.jump) paths.push_back({*effect.jump, after, 0});
    if (effect.call) {
      deepest = std::max(deepest, after + deepest_from(*effect.call));
      const std::vector<std::uint32_t> cases = switch_targets(*effect.call, path.address + effect.length);
      for (std::uint32_t target : cases) paths.push_back({target, after, 0});
      if (!cases.empty()) effect.goes_on = false;
    }
    const std::uint32_t next = path.address + effect.length;
    const std::uint32_t conditional = path.conditional > 0 ? path.conditional - 1 : effect.conditional;
    if (effect.goes_on) paths.push_back({next, after, conditional});
    if (path.conditional > 0) paths.push_back({next, path.depth, conditional});
  }
  open.erase(entry);
  return found[entry] = deepest;
}

}  // namespace tools
