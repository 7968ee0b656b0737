// What the flash controllers of the STM32 have in common: two keys unlock them, flags of the status register are cleared by
// writing ones, a busy flag is waited for. Control is the register with the lock.
#pragma once

#include "chips/chip_access.hpp"
#include "chips/mapped_flash.hpp"

struct StmFlashRegisters {
  std::uint32_t key, status, control, clear;  // addresses; flags are cleared at `clear`
  std::uint32_t lock, busy, errors, done;     // bits of control, and of status
};

template <FlashRegion Region, std::size_t Unit, StmFlashRegisters Registers, class Access>
class StmFlash : public MappedFlash<Region, Unit, Access> {
  using Base = MappedFlash<Region, Unit, Access>;

 public:
  using Base::Base;

 protected:
  using Base::access;

  // Unlocks, lets work() start something, waits for its end and locks again.
  nn::FlashStatus unlocked(auto work) {
    if (!Base::clears(Registers.status, Registers.busy)) return nn::FlashStatus::timed_out;
    if ((access.get(Registers.control) & Registers.lock) != 0) {
      access.set(Registers.key, 0x45670123);
      access.set(Registers.key, 0xcdef89ab);
      if ((access.get(Registers.control) & Registers.lock) != 0) return nn::FlashStatus::locked;
    }
    access.set(Registers.clear, Registers.errors | Registers.done);
    work();
    access.barrier();
    nn::FlashStatus status = nn::FlashStatus::timed_out;
    if (Base::clears(Registers.status, Registers.busy))
      status = (access.get(Registers.status) & Registers.errors) == 0 ? nn::FlashStatus::ok : nn::FlashStatus::refused;
    access.set(Registers.clear, Registers.errors | Registers.done);
    access.set(Registers.control, 0);
    access.set(Registers.control, Registers.lock);
    return status;
  }

  // Erases on the F2, F4 and L4: control is set to `what`, then started. Their data cache, of the register at `caches`, knows of
  // programming, but not of an erase, and is reset only while it is off (RM0090, programming and caches; RM0432, section 3.3.7).
  nn::FlashStatus erase_behind_cache(std::uint32_t what, std::uint32_t caches) {
    constexpr std::uint32_t start = 1u << 16, data_cache = 1u << 10, data_cache_reset = 1u << 12;
    const nn::FlashStatus status = unlocked([&] {
      access.set(Registers.control, what);
      access.set(Registers.control, what | start);
    });
    const std::uint32_t before = access.get(caches);
    access.set(caches, before & ~data_cache);
    access.set(caches, (before & ~data_cache) | data_cache_reset);
    access.set(caches, before & ~data_cache);
    access.set(caches, before);
    return status;
  }
};
