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
};
