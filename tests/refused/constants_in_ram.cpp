// Has a table that no one changes, in RAM.
#include <cstdint>

[[gnu::used]] std::uint32_t table[2] = {1, 2};
volatile std::uint32_t which = 0;

int main() { return static_cast<int>(table[which]); }
