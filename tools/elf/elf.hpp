// An image as the linker wrote it: a 32-bit little-endian ELF file. ELF specification 1.2, book I, chapter 1.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

struct Section {
  std::string name;
  std::uint32_t address;
  std::uint32_t size;
  bool loaded;             // takes room on the board
  bool stored;             // has bytes in the file, hence in flash
  bool writable;           // lies in RAM
  std::string_view bytes;  // if loaded and stored
};

struct Segment {
  std::uint32_t flash_address;  // where it is stored
  std::string_view bytes;
};

struct Symbol {
  std::string name;
  std::uint32_t address;  // of a function, without the bit that says Thumb
  std::uint32_t size;
  bool function;
};

struct Elf {
  std::string content;
  std::uint32_t entry;
  std::vector<Section> sections;
  std::vector<Segment> segments;  // only those with bytes, by address
  std::vector<Symbol> symbols;    // functions, objects and marks of the linker script
};

// Throws Failure unless the file is a whole ELF image.
Elf read_elf(const std::string& name);

}  // namespace tools
