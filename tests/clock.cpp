// The clock counts instructions on an emulated board, and only goes forward on the host.
#include "expect.hpp"
#include "platform.hpp"

namespace {

std::uint64_t time_of(std::uint32_t turns) {
  const std::uint64_t begin = platform::clock();
  platform::spin(turns);  // 2 instructions each
  return platform::clock() - begin;
}

}  // namespace

int main() {
  std::uint64_t before = platform::clock();
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t now = platform::clock();
    expect(now >= before);
    before = now;
  }
  if (platform::clock_unit == "instructions") {
    const std::uint64_t once = time_of(10'000);
    const std::uint64_t twice = time_of(20'000);
    const auto difference = static_cast<std::int64_t>(twice - once) - 20'000;
    expect(difference >= -5 && difference <= 5);
    // Longer than a 24-bit SysTick lasts.
    const auto wrapped = static_cast<std::int64_t>(time_of(20'000'000)) - 40'000'000;
    expect(wrapped > 0 && wrapped < 1'000);
  }
  const platform::Memory memory = platform::memory();
  if (platform::board != "host") expect(memory.flash > 1'000 && memory.stack > 16 && memory.stack < 4'096);
  return expectations_failed();
}
