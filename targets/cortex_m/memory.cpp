// platform.hpp: the memory of an image.
#include "image.hpp"
#include "nn/text.hpp"
#include "platform.hpp"

namespace platform {

Memory memory() {
  const std::uint32_t* deepest = place_of(stack_bottom);
  while (deepest != &stack_top && *deepest == stack_paint) ++deepest;
  return {.flash = address_of(flash_end) - address_of(flash_start),
          .ram = address_of(data_end) - address_of(data_start) + address_of(bss_end) - address_of(bss_start),
          .stack = address_of(stack_top) - address_of(*deepest)};
}

void print_memory() {
  const Memory now = memory();
  nn::print(console::write, "; flash ", now.flash, ", RAM ", now.ram, ", stack ", now.stack, " bytes\n");
}

}  // namespace platform
