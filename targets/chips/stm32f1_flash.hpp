// The flash of the STM32 F1: pages of 1,024 bytes (2,048 from 256 KiB on), half-words. PM0075 (F10x) and PM0063
// (F100), sections 2.3 (unlocking, programming, erasing) and 3 (registers); bits as in ST's stm32f10x.h. The controller needs the
// internal oscillator, which start-up leaves on. A half-word that is not erased is not programmed, and PGERR says so, unless what
// is programmed is 0.
#pragma once

#include "chips/stm32_flash.hpp"

namespace stm32f1 {

inline constexpr StmFlashRegisters flash_registers{.key = 0x40022004,
                                                   .status = 0x4002200c,
                                                   .control = 0x40022010,
                                                   .clear = 0x4002200c,
                                                   .lock = 1u << 7,
                                                   .busy = 1u << 0,
                                                   .errors = 1u << 2 | 1u << 4,
                                                   .done = 1u << 5};  // PGERR, WRPRTERR; EOP

template <FlashRegion Region, class Access = ChipAccess>
class Flash : public StmFlash<Region, 2, flash_registers, Access> {
  using Base = StmFlash<Region, 2, flash_registers, Access>;
  using Base::access;
  static constexpr std::uint32_t page = 0x40022014;  // AR
  static constexpr std::uint32_t programming = 1u << 0, page_erase = 1u << 1, start = 1u << 6;

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    return Base::unlocked([&] {
      access.set(flash_registers.control, page_erase);
      access.set(page, Base::address(sector * Base::sector_bytes));
      access.set(flash_registers.control, page_erase | start);
    });
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 2> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    const nn::FlashStatus status = Base::unlocked([&] {
      access.set(flash_registers.control, programming);
      access.set_half(Base::address(at), static_cast<std::uint16_t>(Base::word(from, 0)));
    });
    return status == nn::FlashStatus::ok ? Base::verified(at, from) : status;
  }
};

}  // namespace stm32f1
