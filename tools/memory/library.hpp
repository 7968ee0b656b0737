// The stack that functions of libgcc and newlib take, with all they call: the most of M0, M3, M4F, M7, M33 and M55, counted in
// the disassembly of Debian 12's (gcc-arm-none-eabi 12.2, newlib 3.3) and rounded up to 8 bytes.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace tools {

struct LibraryFunction {
  std::string_view name;
  std::size_t frame;
};

inline constexpr std::array library{
    // float, where there is no FPU
    LibraryFunction{"__aeabi_fadd", 24}, LibraryFunction{"__aeabi_fsub", 24}, LibraryFunction{"__aeabi_frsub", 32},
    LibraryFunction{"__aeabi_fmul", 32}, LibraryFunction{"__aeabi_fdiv", 32}, LibraryFunction{"__aeabi_fcmpeq", 32},
    LibraryFunction{"__aeabi_fcmpge", 32}, LibraryFunction{"__aeabi_fcmpgt", 32}, LibraryFunction{"__aeabi_fcmple", 32},
    LibraryFunction{"__aeabi_fcmplt", 32}, LibraryFunction{"__aeabi_fcmpun", 0}, LibraryFunction{"__aeabi_f2iz", 0},
    LibraryFunction{"__aeabi_f2uiz", 32}, LibraryFunction{"__aeabi_i2f", 16}, LibraryFunction{"__aeabi_ui2f", 16},
    // integers
    LibraryFunction{"__aeabi_idiv", 8}, LibraryFunction{"__aeabi_idivmod", 8}, LibraryFunction{"__aeabi_uidiv", 8},
    LibraryFunction{"__aeabi_uidivmod", 8}, LibraryFunction{"__aeabi_ldivmod", 112}, LibraryFunction{"__aeabi_uldivmod", 88},
    LibraryFunction{"__aeabi_lmul", 32}, LibraryFunction{"__aeabi_l2f", 88}, LibraryFunction{"__aeabi_ul2f", 80},
    LibraryFunction{"__aeabi_f2lz", 96}, LibraryFunction{"__aeabi_f2ulz", 88}, LibraryFunction{"__aeabi_llsl", 0},
    LibraryFunction{"__aeabi_llsr", 0}, LibraryFunction{"__aeabi_lasr", 0}, LibraryFunction{"__clzsi2", 0},
    LibraryFunction{"__clzdi2", 8}, LibraryFunction{"__ctzsi2", 0}, LibraryFunction{"__popcountsi2", 0},
    // memory and text
    LibraryFunction{"memcmp", 16}, LibraryFunction{"memcpy", 24}, LibraryFunction{"memmove", 24}, LibraryFunction{"memset", 24},
    LibraryFunction{"strlen", 8},
};

// What a `switch` takes on ARMv6-M, by a helper that the call graph does not show.
inline constexpr std::size_t switch_frame = 8;

inline std::optional<std::size_t> library_frame(std::string_view name) {
  const auto found = std::find_if(library.begin(), library.end(), [name](const LibraryFunction& f) { return f.name == name; });
  return found == library.end() ? std::nullopt : std::optional{found->frame};
}

}  // namespace tools
