// From reset to main() and from its return to the line `exit N` on the console, by which the runner knows how a program
// ended. A fault ends with 99.
#include <cstdint>

#include "console.hpp"
#include "platform.hpp"
#include "register.hpp"

int main();

extern "C" {

using Initializer = void (*)();
extern Initializer initializers_start, initializers_end;

[[noreturn]] void stop(int status) {
  console::write("exit ");
  if (status >= 100) console::write("1");
  if (status >= 10) board::Uart::put(static_cast<char>('0' + status / 10 % 10));
  board::Uart::put(static_cast<char>('0' + status % 10));
  console::write("\n");
  for (;;) asm volatile("wfi");
}

[[noreturn]] void fault() {
  console::write("fault: the processor stopped the program\n");
  stop(99);
}

void clock_wrapped() { board::Clock::wrapped(); }

[[noreturn]] void reset() {
  if constexpr (board::has_fpu) {
    register_at(0xe000ed88) = register_at(0xe000ed88) | 0xfu << 20;  // CPACR: coprocessors 10 and 11
    asm volatile("dsb\n isb");
  }
  const std::uint32_t* from = &data_image;
  for (std::uint32_t* to = &data_start; to != &data_end;) *to++ = *from++;
  for (std::uint32_t* to = &bss_start; to != &bss_end;) *to++ = 0;
  // Paint the stack below this function, to find out later how deep it went.
  std::uint32_t* here;
  asm volatile("mov %0, sp" : "=r"(here));
  for (std::uint32_t* to = &stack_bottom; to < here;) *to++ = platform::paint;
  for (Initializer* initialize = &initializers_start; initialize != &initializers_end;) (*initialize++)();
  board::Uart::start();
  board::Clock::start();
  stop(main() & 127);
}

// The first word is the stack, then reset, NMI, faults, …, SysTick.
struct Vectors {
  std::uint32_t* stack;
  void (*handlers[15])();
};
extern const Vectors vectors;
[[gnu::section(".vectors"), gnu::used]] const Vectors vectors{
    &stack_top, {reset, fault, fault, fault, fault, fault, nullptr, nullptr, nullptr, nullptr, fault, fault, nullptr, fault, clock_wrapped}};

}  // extern "C"
