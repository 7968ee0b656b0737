// The flash of the STM32 L4 (L475, L476) and L4+ (L4R, L4S) with two banks of 256 pages, which is how they are delivered: pages
// of 2,048 and 4,096 bytes, double words with a code that corrects one bit. RM0351 and RM0432, sections 3.3 to 3.7.
//
// Two wrong bits, as power that fails leaves them, set ECCD and raise the non-maskable interrupt: the board gives
// non_maskable_interrupt() below to start-up, and read() says that the word is unreadable.
#pragma once

#include "chips/stm32_flash.hpp"

namespace stm32l4 {

inline constexpr StmFlashRegisters flash_registers{.key = 0x40022008,
                                                   .status = 0x40022010,
                                                   .control = 0x40022014,
                                                   .clear = 0x40022010,
                                                   .lock = 1u << 31,
                                                   .busy = 1u << 16,
                                                   .errors = 0xc3fa,
                                                   .done = 1u << 0};  // OPERR, PROGERR … FASTERR, RDERR, OPTVERR; EOP

inline constexpr std::uint32_t flash_ecc = 0x40022018;                // ECCR, whose flags are cleared by ones
inline constexpr std::uint32_t two_bits_wrong = 1u << 31 | 1u << 29;  // ECCD, ECCD2

// Set by the interrupt, looked at by read().
inline volatile bool saw_two_bits_wrong = false;

// False if it was not about flash.
inline bool non_maskable_interrupt() {
  const std::uint32_t ecc = register_at(flash_ecc);
  if ((ecc & two_bits_wrong) == 0) return false;
  register_at(flash_ecc) = ecc;
  saw_two_bits_wrong = true;
  return true;
}

struct EccAccess : ChipAccess {
  // Whether bytes that were just loaded had two wrong bits.
  static bool took_two_bits_wrong() {
    asm volatile("dsb" ::: "memory");
    const bool seen = saw_two_bits_wrong;
    saw_two_bits_wrong = false;
    return seen;
  }
};

template <FlashRegion Region, class Access = EccAccess>
class Flash : public StmFlash<Region, 8, flash_registers, Access> {
  using Base = StmFlash<Region, 8, flash_registers, Access>;
  using Base::access;
  static_assert(Region.sector_bytes == 2048 || Region.sector_bytes == 4096,
                "stm32l4::Flash: a page is 2048 bytes, of the L4+ 4096");
  static constexpr std::uint32_t flash = 0x08000000, pages = 256;  // of a bank
  static constexpr std::uint32_t programming = 1u << 0, page_erase = 1u << 1, second_bank = 1u << 11;
  static constexpr std::uint32_t caches = 0x40022000;  // ACR

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    const std::uint32_t page = (Region.origin - flash) / Region.sector_bytes + static_cast<std::uint32_t>(sector);
    return Base::erase_behind_cache(page_erase | page % pages << 3 | (page >= pages ? second_bank : 0), caches);
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 8> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    const nn::FlashStatus status = Base::unlocked([&] {
      access.set(flash_registers.control, programming);
      access.set(Base::address(at), Base::word(from, 0));
      access.barrier();
      access.set(Base::address(at + 4), Base::word(from, 4));
    });
    return status == nn::FlashStatus::ok ? Base::verified(at, from) : status;
  }

  nn::FlashStatus read(std::size_t at, std::span<std::byte> to) {
    static_cast<void>(access.took_two_bits_wrong());
    const nn::FlashStatus status = Base::read(at, to);
    return access.took_two_bits_wrong() ? nn::FlashStatus::unreadable : status;
  }
};

}  // namespace stm32l4
