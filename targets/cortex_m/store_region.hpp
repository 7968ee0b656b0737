// The sectors that board.cmake gives the store.
#pragma once

#include "chips/mapped_flash.hpp"

inline constexpr FlashRegion store_region{STORE_ORIGIN, STORE_SECTOR_BYTES, STORE_SECTORS};
