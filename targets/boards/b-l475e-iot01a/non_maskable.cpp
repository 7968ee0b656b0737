// Words of flash with two wrong bits: see the handler.
#include "chips/stm32l4_non_maskable.hpp"
