// From reset to main() and from its return to the line `exit N` on the console, by which the runner knows how a program
// ended.
#include "startup.hpp"

#include <array>
#include <cstdint>

#include "board.hpp"
#include "console.hpp"
#include "image.hpp"
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

void clock_wrapped() { board::Clock::wrapped(); }

// After the FPU is on, since this may use its registers.
[[noreturn, gnu::noinline]] void start() {
  const std::uint32_t* from = &data_image;
  for (std::uint32_t* to = place_of(data_start); to != &data_end;) *to++ = *from++;
  for (std::uint32_t* to = place_of(bss_start); to != &bss_end;) *to++ = 0;
  // Paint the stack below this function, to find out later how deep it went.
  std::uint32_t* here;
  asm volatile("mov %0, sp" : "=r"(here));
  for (std::uint32_t* to = place_of(stack_bottom); to < here;) *to++ = stack_paint;
  for (Initializer* initialize = place_of(initializers_start); initialize != &initializers_end;) (*initialize++)();
  board::start();
  board::Clock::start();
  stop(main() & 127);
}

[[noreturn]] void reset() {
#ifdef __ARM_FP
  register_at(0xe000ed88) = register_at(0xe000ed88) | 0xfu << 20;  // CPACR: coprocessors 10 and 11
  asm volatile("dsb\n isb");
#endif
  start();
}

// The first word is the stack, then reset, NMI, faults, …, SysTick, and interrupts as far as the clock needs them.
struct Vectors {
  std::uint32_t* stack;
  std::array<void (*)(), board::Clock::vector> handlers;
};
extern const Vectors vectors;
[[gnu::section(".vectors"), gnu::used]] constinit const Vectors vectors{&stack_top, [] {
  decltype(Vectors::handlers) handlers{};
  handlers.fill(fault);
  handlers.front() = reset;
  handlers[1] = non_maskable;
  handlers.back() = clock_wrapped;
  return handlers;
}()};

}  // extern "C"
