// The flash of the STM32 H743, second bank: sectors of 128 KiB, words of 32 bytes with a code that corrects one bit. The program
// runs from the first bank meanwhile. RM0433, sections 4.3 (operations), 4.7 (errors) and 4.9 (registers).
//
// Two wrong bits, as power that fails leaves them, end a load in a bus fault, which Access::load() must survive; read() then says
// that the word is unreadable.
#pragma once

#include "chips/stm32_flash.hpp"

namespace stm32h7 {

inline constexpr std::uint32_t flash_errors =
    1u << 17 | 1u << 18 | 1u << 19 | 1u << 21 | 1u << 22;  // WRPERR, PGSERR, STRBERR, INCERR, OPERR
inline constexpr std::uint32_t flash_read_errors =
    1u << 23 | 1u << 24 | 1u << 25 | 1u << 26;  // RDPERR, RDSERR, SNECCERR, DBECCERR
inline constexpr std::uint32_t two_bits_wrong = 1u << 26;

inline constexpr StmFlashRegisters flash_registers{.key = 0x52002104,
                                                   .status = 0x52002110,
                                                   .control = 0x5200210c,
                                                   .clear = 0x52002114,
                                                   .lock = 1u << 0,
                                                   .busy = 1u << 0 | 1u << 2,
                                                   .errors = flash_errors,
                                                   .done = 1u << 16};  // BSY2, QW2; EOP2

// Loads with bus faults ignored: FAULTMASK lifts the priority to -1, at which CCR.BFHFNMIGN ignores those of data (ARMv7-M
// Architecture Reference Manual, sections B1.5.4 and B3.2.8).
struct FaultlessAccess : ChipAccess {
  static void load(std::uint32_t address, std::span<std::byte> to) {
    constexpr std::uint32_t ccr = 0xe000ed14, ignore_bus_faults = 1u << 8;
    std::uint32_t before;
    asm volatile("mrs %0, faultmask\n cpsid f" : "=r"(before)::"memory");
    set_bits(ccr, ignore_bus_faults);
    asm volatile("dsb\n isb" ::: "memory");
    ChipAccess::load(address, to);
    asm volatile("dsb" ::: "memory");
    clear_bits(ccr, ignore_bus_faults);
    asm volatile("dsb\n isb\n msr faultmask, %0" ::"r"(before) : "memory");
  }
};

template <FlashRegion Region, class Access = FaultlessAccess>
class Flash : public StmFlash<Region, 32, flash_registers, Access> {
  using Base = StmFlash<Region, 32, flash_registers, Access>;
  using Base::access;
  static constexpr std::uint32_t bank = 0x08100000, sectors_of_bank = 8;
  static_assert(Region.sector_bytes == 131072, "stm32h7::Flash: a sector is 131072 bytes");
  static_assert(Region.origin >= bank, "stm32h7::Flash: the store must lie in the second bank");
  static constexpr std::uint32_t programming = 1u << 1, sector_erase = 1u << 2, double_words = 3u << 4, start = 1u << 7;

 public:
  using Base::Base;

  nn::FlashStatus erase(std::size_t sector) {
    if (sector >= Base::sectors) return nn::FlashStatus::outside;
    const std::uint32_t number = (Region.origin - bank) / Region.sector_bytes + static_cast<std::uint32_t>(sector);
    access.set(flash_registers.clear, flash_read_errors);
    return Base::unlocked([&] {
      const std::uint32_t what = sector_erase | double_words | number % sectors_of_bank << 8;
      access.set(flash_registers.control, what);
      access.set(flash_registers.control, what | start);
    });
  }

  nn::FlashStatus program(std::size_t at, std::span<const std::byte, 32> from) {
    if (!Base::is_unit(at)) return nn::FlashStatus::outside;
    access.set(flash_registers.clear, flash_read_errors);
    const nn::FlashStatus status = Base::unlocked([&] {
      access.set(flash_registers.control, programming | double_words);
      access.barrier();
      for (std::size_t k = 0; k < 32; k += 4) access.set(Base::address(at + k), Base::word(from, k));
    });
    return status == nn::FlashStatus::ok ? Base::verified(at, from) : status;
  }

  nn::FlashStatus read(std::size_t at, std::span<std::byte> to) {
    access.set(flash_registers.clear, flash_read_errors);
    const nn::FlashStatus status = Base::read(at, to);
    return (access.get(flash_registers.status) & two_bits_wrong) != 0 ? nn::FlashStatus::unreadable : status;
  }
};

}  // namespace stm32h7
