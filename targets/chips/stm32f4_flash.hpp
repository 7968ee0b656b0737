// The flash of the STM32 F2 and F4, by words, at 2.7 to 3.6 V. Its sectors are of 16, 64 and 128 KiB; a store is given some of
// one size: sector First and those behind it. RM0090 (F4), sections 3.5 (keys, parallelism,
// sequences, errors; 3.6 in later editions) and 3.9 (registers); RM0033 (F2) has the same. Bits as in ST's stm32f4xx.h.
#pragma once

#include "chips/stm32_flash.hpp"

namespace stm32f4 {

inline constexpr StmFlashRegisters flash_registers{.key = 0x40023c04,
                                                   .status = 0x40023c0c,
                                                   .control = 0x40023c10,
                                                   .clear = 0x40023c0c,
                                                   .lock = 1u << 31,
                                                   .busy = 1u << 16,
                                                   .errors = 0xf2,
                                                   .done = 1u << 0};  // OPERR, WRPERR, PGAERR, PGPERR, PGSERR; EOP

template <FlashRegion Region, std::uint32_t First, class Access = ChipAccess>
class Flash : public StmFlash<Region, 4, flash_registers, Access> {
  using Base = StmFlash<Region, 4, flash_registers, Access>;
  using Base::access;
  static_assert(First + Region.sectors <= 12, "stm32f4::Flash: sectors are numbered 0 to 11");
  static constexpr std::uint32_t programming = 1u << 0, sector_erase = 1u << 1, words = 2u << 8;
  static constexpr std::uint32_t caches = 0x40023c00;  // ACR

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    return Base::erase_behind_cache(sector_erase | words | (First + static_cast<std::uint32_t>(sector)) << 3, caches);
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 4> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    const nn::FlashStatus status = Base::unlocked([&] {
      access.set(flash_registers.control, programming | words);
      access.set(Base::address(at), Base::word(from, 0));
    });
    return status == nn::FlashStatus::ok ? Base::verified(at, from) : status;
  }
};

}  // namespace stm32f4
