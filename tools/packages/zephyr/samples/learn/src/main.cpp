#include <zephyr/kernel.h>

#include "learn.hpp"

int main() {
  printk("%d of 4 right\n", learn::right_after(2000));
  return 0;
}
