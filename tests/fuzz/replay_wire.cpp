// replay_wire N: gives N inputs, drawn at random, to the fuzzed function: for compilers without libFuzzer.
#include <cstdlib>
#include <iostream>
#include <vector>

#include "nn/random.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int main(int count, char** arguments) {
  const int inputs = count == 2 ? std::atoi(arguments[1]) : 0;
  nn::Random random{1};
  for (int i = 0; i < inputs; ++i) {
    std::vector<std::uint8_t> data{static_cast<std::uint8_t>(random.next())};
    const bool answers = data[0] % 2 != 0;
    for (std::uint32_t pieces = random.below(12); pieces > 0; --pieces) {
      const std::uint32_t kind = random.below(11);
      data.push_back(kind == 0 ? 0x7f : static_cast<std::uint8_t>(kind | (answers ? 0x80u : 0u)));
      const std::uint32_t length = random.below(4) == 0 ? random.below(256) : random.below(40);
      data.push_back(static_cast<std::uint8_t>(length));
      for (std::uint32_t k = 0; k < length; ++k)
        data.push_back(static_cast<std::uint8_t>(random.below(2) == 0 ? random.below(8) : random.next()));
    }
    LLVMFuzzerTestOneInput(data.data(), data.size());
  }
  std::cout << inputs << " inputs\n";
  return inputs > 0 ? 0 : 1;
}
