// Words of flash with two wrong bits raise the non-maskable interrupt: they are noted, and what loads them goes on. All else is a
// fault, which looks at the stack as the processor left it. To be included in one file of a board.
#pragma once

#include "chips/stm32l4_flash.hpp"
#include "cortex_m/startup.hpp"

extern "C" {

[[gnu::used]] bool is_of_flash() { return stm32l4::non_maskable_interrupt(); }

[[gnu::naked]] void non_maskable() {
  asm volatile(
      ".syntax unified\n"
      "push {r4, lr}\n"
      "bl is_of_flash\n"
      "pop {r1, r2}\n"
      "mov lr, r2\n"
      "cmp r0, #0\n"
      "bne 1f\n"
      "ldr r1, =fault\n"
      "bx r1\n"
      "1: bx lr\n"
      ".ltorg\n");
}

}  // extern "C"
