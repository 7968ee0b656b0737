// A register of a peripheral: 32 bits at a fixed address.
#pragma once

#include <cstdint>

inline volatile std::uint32_t& register_at(std::uint32_t address) { return *reinterpret_cast<volatile std::uint32_t*>(address); }
