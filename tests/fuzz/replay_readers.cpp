// replay_readers N: each seed of reader_seeds.hpp is read; then N of them, damaged at random, are given to the fuzzed function:
// for compilers without libFuzzer. replay_readers --seeds FOLDER writes the seeds.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <iostream>

#include "nn/random.hpp"
#include "reader_seeds.hpp"
#include "tools/data/file.hpp"

namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// Both first bytes stay.
void damage(std::string& file, const std::string& other, nn::Random& random) {
  const auto below = [&](std::size_t count) { return random.below(static_cast<std::uint32_t>(count)); };
  constexpr std::array<unsigned char, 12> bytes{0, 1, 0x7f, 0x80, 0xff, '0', '9', '-', ',', '"', ' ', '\n'};
  const std::size_t at = 2 + below(file.size() - 1);
  const std::size_t length = std::min<std::size_t>(1 + below(8), file.size() - at);
  if (length == 0) {
    file += static_cast<char>(random.next());
    return;
  }
  switch (random.below(7)) {
    case 0:
      file[at] = static_cast<char>(file[at] ^ 1 << random.below(8));
      return;
    case 1:
      file[at] = static_cast<char>(bytes[below(bytes.size())]);
      return;
    case 2:
      file[at] = static_cast<char>(random.next());
      return;
    case 3:
      file.erase(at, length);
      return;
    case 4:
      file.insert(at, file.substr(at, length));
      return;
    case 5:
      file.resize(at);
      return;
    default:
      file.replace(at, length, other.substr(other.size() / 2, length));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> seeds = fuzz::seeds();
  try {
    if (count == 3 && std::string{arguments[1]} == "--seeds") {
      for (std::size_t i = 0; i < seeds.size(); ++i)
        tools::replace_file(std::string{arguments[2]} + "/reader_" + std::to_string(i), seeds[i]);
      return 0;
    }
  } catch (const tools::Failure& problem) {
    std::cerr << "replay_readers: " << problem.what() << '\n';
    return 1;
  }
  const int inputs = count == 2 ? std::atoi(arguments[1]) : 0;
  int wrong = 0, read = 0;
  for (std::size_t i = 0; i < seeds.size(); ++i)
    if (!fuzz::read(bytes_of(seeds[i]))) {
      std::cerr << "seed " << i << " is not read\n";
      ++wrong;
    }
  for (const std::string& file : fuzz::refused_files())
    if (fuzz::read(bytes_of(file))) {
      std::cerr << "a file that fuzzing found is read again\n";
      ++wrong;
    }
  nn::Random random{1};
  for (int i = 0; i < inputs; ++i) {
    const auto any = [&]() -> const std::string& { return seeds[random.below(static_cast<std::uint32_t>(seeds.size()))]; };
    std::string file = any();
    for (std::uint32_t times = 1 + random.below(4); times > 0; --times) damage(file, any(), random);
    read += fuzz::read(bytes_of(file)) ? 1 : 0;
  }
  std::cout << inputs << " inputs, " << read << " of them read\n";
  return inputs > 0 && wrong == 0 ? 0 : 1;
}
