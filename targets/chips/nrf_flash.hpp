// The flash of the nRF51 and nRF52: pages of 1,024 and 4,096 bytes, words of 4. The processor halts while it works, for 20 ms or
// more in an erase. nRF51 Series Reference Manual 3.0.1, chapter 6 (NVMC); nRF52833 Product Specification 1.3, section 4.3;
// nRF52840 Product Specification 1.1, section 4.3: whole words only, each at most twice (nWRITE) between two erases; of the
// nRF52832, 181 to a block of 512 bytes (nWRITE,BLOCK). A store writes each word once, 128 to a block. Registers and modes as in
// Nordic's nrf51.h and nrf52840_bitfields.h.
#pragma once

#include "chips/chip_access.hpp"
#include "chips/mapped_flash.hpp"

template <FlashRegion Region, class Access = ChipAccess>
class NrfFlash : public MappedFlash<Region, 4, Access> {
  using Base = MappedFlash<Region, 4, Access>;
  using Base::access;
  static constexpr std::uint32_t controller = 0x4001e000;
  static constexpr std::uint32_t ready = controller + 0x400, config = controller + 0x504, erase_page = controller + 0x508;
  enum Mode : std::uint32_t { reading = 0, writing = 1, erasing = 2 };

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    return in_mode(erasing, [&] { access.set(erase_page, Base::address(sector * Base::sector_bytes)); });
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 4> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    const nn::FlashStatus status = in_mode(writing, [&] { access.set(Base::address(at), Base::word(from, 0)); });
    return status == nn::FlashStatus::ok ? Base::verified(at, from) : status;
  }

 private:
  bool is_ready() {
    for (std::uint32_t tries = 0; tries < Access::patience; ++tries)
      if ((access.get(ready) & 1) != 0) return true;
    return false;
  }

  // Only as long as it must be is the flash open.
  nn::FlashStatus in_mode(Mode mode, auto work) {
    if (!is_ready()) return nn::FlashStatus::timed_out;
    access.set(config, mode);
    work();
    const bool done = is_ready();
    access.set(config, reading);
    return done ? nn::FlashStatus::ok : nn::FlashStatus::timed_out;
  }
};
