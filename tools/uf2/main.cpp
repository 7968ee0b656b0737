// uf2: an image as a UF2 file, which a board that shows itself as a drive takes by copying. github.com/microsoft/uf2.
//
// Blocks of 512 bytes: eight words, up to 476 bytes of data (256 here, a page of flash), a last word. Of the RP2040, the
// checksum of the second boot stage is looked at, since a chip that finds it wrong stays silent.
#include <cstdint>
#include <iostream>
#include <map>

#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"
#include "tools/data/little_endian.hpp"
#include "tools/elf/elf.hpp"
#include "tools/options.hpp"
#include "tools/results.hpp"

namespace {

constexpr const char* help = R"(Writes an image as a UF2 file.

--image FILE.elf  --out FILE.uf2
--family NUMBER   which chips take it (0xe48bff56, RP2040)
)";

constexpr std::uint32_t rp2040 = 0xe48bff56;
constexpr std::uint32_t page_size = 256;

using Pages = std::map<std::uint32_t, std::string>;

// What lies between two segments in a page is 0.
Pages pages_of(const tools::Elf& elf) {
  Pages pages;
  for (const tools::Segment& segment : elf.segments)
    for (std::uint32_t i = 0; i < segment.bytes.size(); ++i) {
      const std::uint32_t address = segment.flash_address + i;
      std::string& page = pages[address - address % page_size];
      page.resize(page_size);
      page[address % page_size] = segment.bytes[i];
    }
  return pages;
}

void append_word(std::string& to, std::uint32_t value) { tools::append_little_endian(to, value, 4); }

void check_second_stage(const std::string& name, const Pages& pages) {
  const std::string& first = pages.begin()->second;
  std::uint32_t crc = 0xffffffff;
  for (std::size_t i = 0; i < 252; ++i) {
    crc ^= std::uint32_t{static_cast<std::uint8_t>(first[i])} << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 != 0 ? 0x04c11db7u : 0u);
  }
  std::string right;
  append_word(right, crc);
  if (pages.begin()->first != 0x10000000 || first.substr(252) != right)
    throw tools::failure(name, "has no second boot stage with its checksum at 0x10000000", "an image for the RP2040");
}

std::string uf2(const Pages& pages, std::uint32_t family) {
  std::string out;
  std::uint32_t block = 0;
  for (const auto& [address, data] : pages) {
    append_word(out, 0x0a324655);
    append_word(out, 0x9e5d5157);
    append_word(out, 0x00002000);  // the family is given
    append_word(out, address);
    append_word(out, page_size);
    append_word(out, block++);
    append_word(out, static_cast<std::uint32_t>(pages.size()));
    append_word(out, family);
    out += data;
    out.append(476 - page_size, '\0');
    append_word(out, 0x0ab16f30);
  }
  return out;
}

std::uint32_t family_of(const std::string& text) {
  std::size_t used = 0;
  unsigned long value = 0;
  try {
    value = std::stoul(text, &used, 0);
  } catch (const std::exception&) {
  }
  if (text.empty() || used != text.size() || value > 0xffffffff)
    throw tools::Failure{"--family is \"" + text + "\"; expected a number of 32 bits, such as 0xe48bff56"};
  return static_cast<std::uint32_t>(value);
}

int run(tools::Options& options) {
  if (options.flag("help")) {
    std::cout << help;
    return 0;
  }
  const auto image = options.text("image");
  const auto out = options.text("out");
  const auto family = options.text("family");
  options.refuse_others();
  if (!image || !out) throw tools::Failure{"expected --image FILE.elf and --out FILE.uf2 (see --help)"};
  tools::require_results(options, {"image"}, {"out"});
  const tools::Elf elf = tools::read_elf(*image);
  if (elf.segments.empty()) throw tools::failure(*image, "holds nothing to store", "a linked image");
  const Pages pages = pages_of(elf);
  const std::uint32_t chips = family ? family_of(*family) : rp2040;
  if (chips == rp2040) check_second_stage(*image, pages);
  tools::replace_file(*out, uf2(pages, chips));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    tools::Options options{count, arguments, {"help"}};
    return run(options);
  } catch (const std::exception& problem) {
    std::cerr << "uf2: " << problem.what() << '\n';
    return 1;
  }
}
