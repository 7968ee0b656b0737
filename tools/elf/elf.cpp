#include "tools/elf/elf.hpp"

#include <algorithm>

#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"

namespace tools {

namespace {

// Reads numbers of a file, and refuses to read beyond its end.
struct Reader {
  const std::string& name;
  std::string_view content;

  std::string_view bytes(std::uint32_t offset, std::uint32_t size) const {
    if (offset > content.size() || size > content.size() - offset)
      throw failure(name, "is cut short at byte " + std::to_string(content.size()), "a whole ELF file");
    return content.substr(offset, size);
  }

  std::uint32_t number(std::uint32_t offset, std::uint32_t size) const {
    std::uint32_t value = 0;
    const std::string_view part = bytes(offset, size);
    for (std::uint32_t i = size; i-- > 0;) value = value << 8 | static_cast<std::uint8_t>(part[i]);
    return value;
  }
  std::uint32_t word(std::uint32_t offset) const { return number(offset, 4); }
  std::uint32_t half(std::uint32_t offset) const { return number(offset, 2); }

  std::string text(std::uint32_t offset) const {
    const auto end = content.find('\0', offset);
    if (end == content.npos) throw failure(name, "has a name without end", "a whole ELF file");
    return std::string{content.substr(offset, end - offset)};
  }
};

constexpr std::uint32_t type_symbols = 2, type_no_bits = 8;
constexpr std::uint32_t flag_write = 1, flag_alloc = 2;

void read_symbols(const Reader& file, std::uint32_t header, std::uint32_t headers, Elf& elf) {
  const std::uint32_t offset = file.word(header + 16), size = file.word(header + 20);
  const std::uint32_t names = file.word(headers + 40 * file.word(header + 24) + 16);
  for (std::uint32_t at = offset; at + 16 <= offset + size; at += 16) {
    const std::uint32_t kind = file.number(at + 12, 1) & 15;
    if (kind > 2) continue;  // neither mark nor object nor function
    const bool function = kind == 2;
    elf.symbols.push_back({.name = file.text(names + file.word(at)),
                           .address = file.word(at + 4) & (function ? ~1u : ~0u),
                           .size = file.word(at + 8),
                           .function = function});
  }
}

}  // namespace

Elf read_elf(const std::string& name) {
  Elf elf{.content = read_file(name), .entry = 0, .sections = {}, .segments = {}, .symbols = {}};
  const Reader file{name, elf.content};
  if (!elf.content.starts_with("\x7f" "ELF\x01\x01"))
    throw failure(name, "is no ELF file of 32 bits, least byte first", "an image for a Cortex-M");
  elf.entry = file.word(24);

  const std::uint32_t program = file.word(28), programs = file.half(44);
  for (std::uint32_t i = 0; i < programs; ++i) {
    const std::uint32_t at = program + 32 * i;
    const std::uint32_t size = file.word(at + 16);
    if (file.word(at) == 1 && size > 0) elf.segments.push_back({file.word(at + 12), file.bytes(file.word(at + 4), size)});
  }
  std::sort(elf.segments.begin(), elf.segments.end(),
            [](const Segment& a, const Segment& b) { return a.flash_address < b.flash_address; });

  const std::uint32_t headers = file.word(32), count = file.half(48);
  const std::uint32_t names = file.word(headers + 40 * file.half(50) + 16);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t at = headers + 40 * i;
    const std::uint32_t type = file.word(at + 4), flags = file.word(at + 8), size = file.word(at + 20);
    if (type == type_symbols) read_symbols(file, at, headers, elf);
    const bool loaded = (flags & flag_alloc) != 0, stored = type != type_no_bits;
    elf.sections.push_back({.name = file.text(names + file.word(at)),
                            .address = file.word(at + 12),
                            .size = size,
                            .loaded = loaded,
                            .stored = stored,
                            .writable = (flags & flag_write) != 0,
                            .bytes = loaded && stored ? file.bytes(file.word(at + 16), size) : std::string_view{}});
  }
  return elf;
}

}  // namespace tools
