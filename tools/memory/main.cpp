// memory: what an image takes of a board's flash and RAM, and whether that is within the board's budget.
//
// RAM is variables and the deepest stack: that of `reset` and all it calls, and on top of it an exception's frame and that of
// `clock_wrapped`, the only interrupt. A fault ends the program; its report is not counted.
#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>

#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"
#include "tools/elf/elf.hpp"
#include "tools/memory/call_graph.hpp"
#include "tools/memory/recount.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help =
    R"(Reports what an image takes of a board's flash and RAM: by section, its largest symbols, and its worst-case stack.

--image FILE.elf  --objects "FILE.obj|FILE.obj"   of which it was linked; g++ -fcallgraph-info=su,da put a .ci beside each
--flash BYTES  --ram BYTES                        of the board
--exception-frame BYTES (112)                     pushed at an interrupt
--out FILE                                        the report; else on standard output
--any-size     an image beyond the budget is reported, and not refused
--any-stack    so is one whose stack is unknown
)";

bool in_flash(const tools::Section& section) { return section.loaded && section.stored; }
bool in_ram(const tools::Section& section) { return section.loaded && section.writable; }

// The functions whose addresses stand between two marks of the linker script.
std::set<std::string> initializers(const tools::Elf& elf) {
  const auto mark = [&](std::string_view name) {
    for (const tools::Symbol& symbol : elf.symbols)
      if (symbol.name == name) return symbol.address;
    throw tools::Failure{"the image has no symbol " + std::string{name} + "; expected one linked by targets/cortex_m/image.ld"};
  };
  std::set<std::string> names;
  const std::uint32_t end = mark("initializers_end");
  for (std::uint32_t at = mark("initializers_start"); at < end; at += 4)
    for (const tools::Section& section : elf.sections)
      if (in_flash(section) && at >= section.address && at + 4 <= section.address + section.bytes.size()) {
        std::uint32_t target = 0;
        for (std::uint32_t i = 4; i-- > 0;)
          target = target << 8 | static_cast<std::uint8_t>(section.bytes[at - section.address + i]);
        for (const tools::Symbol& symbol : elf.symbols)
          if (symbol.function && symbol.address == (target & ~1u)) names.insert(symbol.name);
      }
  return names;
}

void print_sections(std::ostream& out, const tools::Elf& elf) {
  for (const tools::Section& section : elf.sections)
    if (section.loaded && section.size > 0)
      out << "  " << section.name << " " << section.size << (in_flash(section) ? " flash" : "") << (in_ram(section) ? " RAM" : "")
          << '\n';
}

void print_largest(std::ostream& out, const tools::Elf& elf) {
  // Of the names of one place, the most readable.
  std::map<std::uint32_t, tools::Symbol> by_address;
  const auto is_mangled = [](const std::string& name) { return tools::readable(name).starts_with("_Z"); };
  for (const tools::Symbol& symbol : elf.symbols)
    if (symbol.size > 0)
      if (const auto [place, first] = by_address.try_emplace(symbol.address, symbol); !first && is_mangled(place->second.name))
        place->second = symbol;
  std::vector<tools::Symbol> symbols;
  for (const auto& [address, symbol] : by_address) symbols.push_back(symbol);
  std::stable_sort(symbols.begin(), symbols.end(), [](const auto& a, const auto& b) { return a.size > b.size; });
  symbols.resize(std::min<std::size_t>(symbols.size(), 10));
  for (const tools::Symbol& symbol : symbols)
    out << "  " << symbol.size << "  " << tools::readable(symbol.name) << '\n';
}

std::size_t worst_stack(const tools::Elf& elf, const std::string& objects, std::size_t exception_frame, std::ostream& out) {
  tools::CallGraph graph{elf};
  std::istringstream names{objects};
  for (std::string name; std::getline(names, name, '|');)
    graph.add(std::filesystem::path{name}.replace_extension(".ci").string());
  std::map<std::uint32_t, std::string> names_at;
  for (const tools::Symbol& symbol : elf.symbols)
    if (symbol.function)
      if (const auto [place, first] = names_at.try_emplace(symbol.address, symbol.name); !first)
        graph.alias(place->second, symbol.name);
  graph.resolve("start", initializers(elf));
  const tools::Stack program = graph.deepest("reset");
  const tools::Stack interrupt = graph.deepest("clock_wrapped");
  // A `switch` on Armv6-M calls a helper that the call graph does not show.
  std::size_t switches = 0;
  tools::Recount library{elf};
  for (const tools::Symbol& symbol : elf.symbols)
    if (symbol.name.starts_with("__gnu_thumb1_case")) switches = std::max(switches, library.deepest(symbol.name));
  const std::size_t total = program.bytes + exception_frame + interrupt.bytes + switches;
  out << "stack " << total << ", at worst: " << program.bytes << " of the program, " << exception_frame << " of an exception, "
      << interrupt.bytes << " of the clock's interrupt" << (switches > 0 ? ", " + std::to_string(switches) + " of a switch" : "")
      << '\n';
  for (const std::string& function : program.path) out << "  > " << tools::readable(function) << '\n';
  return total;
}

int run(tools::Options& options) {
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const auto image = options.text("image"), objects = options.text("objects"), file = options.text("out");
  const std::size_t flash = options.whole("flash", 0, 0, 0xffffffff), ram = options.whole("ram", 0, 0, 0xffffffff);
  const std::size_t exception_frame = options.whole("exception-frame", 112, 0, 1024);
  const bool any_size = options.flag("any-size"), any_stack = options.flag("any-stack");
  options.refuse_others();
  if (!image || !objects || flash == 0 || ram == 0)
    throw tools::Failure{"expected --image, --objects, --flash and --ram (see --help)"};
  tools::require_results(options, {"image"}, {"out"});

  const tools::Elf elf = tools::read_elf(*image);
  std::size_t in_flash_bytes = 0, variables = 0;
  for (const tools::Section& section : elf.sections) {
    if (in_flash(section)) in_flash_bytes += section.size;
    if (in_ram(section)) variables += section.size;
  }
  std::ostringstream report;
  std::ostringstream stack_lines;
  std::optional<std::size_t> stack;
  std::vector<std::string> faults;
  try {
    stack = worst_stack(elf, *objects, exception_frame, stack_lines);
  } catch (const tools::Failure& problem) {
    stack_lines << "stack unknown: " << problem.what() << '\n';
    if (!any_stack) faults.push_back(problem.what());
  }
  const std::size_t in_ram_bytes = variables + stack.value_or(0);
  report << "flash " << in_flash_bytes << " of " << flash << " bytes\n" << "RAM " << in_ram_bytes << " of " << ram << " bytes, "
         << variables << " of them variables\n";
  report << stack_lines.str() << "sections\n";
  print_sections(report, elf);
  report << "largest symbols\n";
  print_largest(report, elf);
  if (file) {
    tools::replace_file(*file, report.str());
  } else {
    std::cout << report.str();
  }

  const auto require = [&](std::size_t taken, std::size_t there, const std::string& what) {
    if (taken > there && !any_size)
      faults.push_back("takes " + std::to_string(taken) + " bytes of " + what + "; expected at most the board's " +
                       std::to_string(there));
  };
  require(in_flash_bytes, flash, "flash");
  require(in_ram_bytes, ram, "RAM, stack included");
  for (const std::string& fault : faults) std::cerr << "memory: " << *image << ": " << fault << '\n';
  return faults.empty() ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"help", "any-size", "any-stack"}};
    return run(options);
  } catch (const std::exception& problem) {
    std::cerr << "memory: " << problem.what() << '\n';
    return 1;
  }
}
