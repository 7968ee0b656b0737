// The drivers of flash, each against a model of its chip's controller that was written from the manual: what it does not allow is
// counted as a violation. A driver must erase, program and read, hold a store, leave the controller locked, and say what failed.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "chips/nrf_flash.hpp"
#include "chips/rp2040_flash.hpp"
#include "chips/stm32f1_flash.hpp"
#include "chips/stm32f4_flash.hpp"
#include "chips/stm32h7_flash.hpp"
#include "chips/stm32l4_flash.hpp"
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

// What all models have: the flash from `origin` on, and the ways in which a chip may fail.
struct Chip {
  std::uint32_t origin = 0;
  std::vector<std::byte> bytes = std::vector<std::byte>(1 << 19, std::byte{0x55});
  std::vector<std::uint32_t> torn;  // addresses that the code cannot correct
  std::uint32_t violations = 0, busy = 0, erases = 0;
  bool stuck = false, deaf = false, is_protected = false;

  void violation(bool bad = true) { violations += bad ? 1 : 0; }
  bool holds(std::uint32_t address) const { return address >= origin && address - origin < bytes.size(); }
  std::byte& at(std::uint32_t address) { return bytes[address - origin]; }
  bool is_busy() {
    if (stuck) return true;
    if (busy == 0) return false;
    --busy;
    return true;
  }
  void fill_erased(std::uint32_t address, std::uint32_t size) {
    violation(!holds(address) || !holds(address + size - 1) || (address - origin) % size != 0);
    if (!holds(address)) return;
    std::fill_n(&at(address), size, std::byte{0xff});
    std::erase_if(torn, [&](std::uint32_t one) { return one >= address && one - address < size; });
    ++erases;
    busy = 5;
  }
  bool all_erased(std::uint32_t address, std::uint32_t size) {
    for (std::uint32_t k = 0; k < size; ++k)
      if (at(address + k) != std::byte{0xff}) return false;
    return true;
  }
  void write(std::uint32_t address, std::uint32_t value, std::uint32_t size) {
    for (std::uint32_t k = 0; k < size; ++k) at(address + k) &= static_cast<std::byte>(value >> (8 * k));
  }
  bool is_torn(std::uint32_t address, std::size_t size, std::uint32_t unit) const {
    return std::ranges::any_of(torn, [&](std::uint32_t one) { return one + unit > address && one < address + size; });
  }
};

template <class Model>
struct To {
  static constexpr std::uint32_t patience = 100;
  Model* model = nullptr;
  std::uint32_t get(std::uint32_t address) const { return model->get(address); }
  void set(std::uint32_t address, std::uint32_t value) const { model->set(address, value); }
  void set_half(std::uint32_t address, std::uint16_t value) const { model->set_half(address, value); }
  void load(std::uint32_t address, std::span<std::byte> to) const { model->load(address, to); }
  void barrier() const {}
  bool took_two_bits_wrong() const { return std::exchange(model->nmi, false); }
  void erase(std::uint32_t offset) const { rp2040::erase_sector(*model, offset); }
  void program(std::uint32_t offset, const std::byte* from) const { rp2040::program_page(*model, offset, from); }
};

// The two keys: in order, once, or the register stays locked until the next reset.
struct Lock {
  bool locked = true, dead = false;
  int keys = 0;
  void key(std::uint32_t value, bool deaf) {
    if (deaf || dead) return;
    if (!locked || value != (keys == 0 ? 0x45670123u : 0xcdef89abu))
      dead = true;
    else if (++keys == 2)
      locked = false, keys = 0;
    if (dead) locked = true;
  }
};

// What the controllers of the STM32 have in common.
template <class Memory>
struct Stm : Memory {
  Lock lock;
  std::uint32_t cr = 0, sr = 0;
  bool rests() const { return lock.locked && cr == 0; }
  void set_half(std::uint32_t, std::uint16_t) { this->violation(); }
};

// PM0063 and PM0075, sections 2.3 and 3.
struct F1 : Stm<Chip> {
  std::uint32_t ar = 0;
  static constexpr std::uint32_t base = 0x40022000;
  F1() { origin = 0x08000000; }

  std::uint32_t get(std::uint32_t address) {
    if (address == base + 0x0c) return sr | (is_busy() ? 1u : 0u);
    if (address == base + 0x10) return cr | (lock.locked ? 0x80u : 0u);
    violation();
    return 0;
  }
  void set(std::uint32_t address, std::uint32_t value) {
    if (address == base + 0x04) return lock.key(value, deaf);
    if (address == base + 0x0c) return static_cast<void>(sr &= ~value);
    violation(lock.locked || busy > 0);
    if (address == base + 0x14) {
      ar = value;
    } else if (address == base + 0x10 && (value & 0x80) != 0) {
      lock.locked = true;
    } else if (address == base + 0x10) {
      cr = value & 0x3f;
      violation((value & 3) == 3);
      if ((value & 0x40) == 0) return;
      violation((cr & 2) == 0);
      if (is_protected)
        sr |= 0x10;
      else
        fill_erased(ar, 1024), sr |= 0x20;
    } else {
      violation();  // words are no half-words
    }
  }
  void set_half(std::uint32_t address, std::uint16_t value) {
    violation(lock.locked || (cr & 1) == 0 || busy > 0 || address % 2 != 0 || !holds(address));
    if (is_protected) return static_cast<void>(sr |= 0x10);
    if (!all_erased(address, 2) && value != 0) return static_cast<void>(sr |= 0x04);
    write(address, value, 2);
    sr |= 0x20;
    busy = 2;
  }
  void load(std::uint32_t address, std::span<std::byte> to) { std::copy_n(&at(address), to.size(), to.begin()); }
  bool nmi = false;
};

// A cache of data that knows of programming, not of erasing; it is reset only while off (RM0090, section 3.5.3; RM0432, 3.3.7).
struct Cached : Chip {
  std::uint32_t acr = 0x705;
  std::map<std::uint32_t, std::byte> cache;
  bool nmi = false;

  void set_cache(std::uint32_t value) {
    if ((value & 0x1000) != 0) violation((value & 0x400) != 0), cache.clear();
    acr = value & ~0x1000u;
  }
  void load(std::uint32_t address, std::span<std::byte> to) {
    if (is_torn(address, to.size(), 8)) nmi = true;
    for (std::byte& byte : to) {
      byte = (acr & 0x400) != 0 && cache.contains(address) ? cache[address] : at(address);
      cache[address++] = byte;
    }
  }
  void program(std::uint32_t address, std::uint32_t value) {
    write(address, value, 4);
    for (std::uint32_t k = 0; k < 4; ++k) cache[address + k] = at(address + k);
  }
};

// RM0090, sections 3.5 and 3.9. Sectors 5 to 11 are of 128 KiB, from 0x08020000 on.
struct F4 : Stm<Cached> {
  static constexpr std::uint32_t base = 0x40023c00;
  F4() { origin = 0x080c0000; }

  std::uint32_t get(std::uint32_t address) {
    if (address == base) return acr;
    if (address == base + 0x0c) return sr | (is_busy() ? 1u << 16 : 0u);
    if (address == base + 0x10) return cr | (lock.locked ? 1u << 31 : 0u);
    violation();
    return 0;
  }
  void set(std::uint32_t address, std::uint32_t value) {
    if (address == base) return set_cache(value);
    if (address == base + 0x04) return lock.key(value, deaf);
    if (address == base + 0x0c) return static_cast<void>(sr &= ~value);
    violation(lock.locked || busy > 0);
    if (address == base + 0x10 && value >> 31 != 0) {
      lock.locked = true;
    } else if (address == base + 0x10) {
      cr = value & 0xffff;
      if ((value & 1u << 16) == 0) return;
      const std::uint32_t sector = value >> 3 & 15;
      violation((cr & 3) != 2 || sector < 5 || sector > 11);
      if (is_protected)
        sr |= 0x10;
      else
        fill_erased(0x08020000 + (sector - 5) * 0x20000, 0x20000), sr |= 1;
    } else if (holds(address)) {
      violation((cr & 3) != 1 || address % 4 != 0);
      if (is_protected) return static_cast<void>(sr |= 0x10);
      if ((cr >> 8 & 3) != 2) return static_cast<void>(sr |= 0x40);
      program(address, value);
      busy = 2;
      sr |= 1;
    } else {
      violation();
    }
  }
};

// RM0432, sections 3.3 to 3.7: 256 pages of 4 KiB a bank.
struct L4 : Stm<Cached> {
  std::uint32_t first = 0, first_value = 0;
  static constexpr std::uint32_t base = 0x40022000;
  L4() { origin = 0x08180000; }
  bool rests() const { return Stm::rests() && first == 0; }

  std::uint32_t get(std::uint32_t address) {
    if (address == base) return acr;
    if (address == base + 0x10) return sr | (is_busy() ? 1u << 16 : 0u);
    if (address == base + 0x14) return cr | (lock.locked ? 1u << 31 : 0u);
    violation();
    return 0;
  }
  void set(std::uint32_t address, std::uint32_t value) {
    if (address == base) return set_cache(value);
    if (address == base + 0x08) return lock.key(value, deaf);
    if (address == base + 0x10) return static_cast<void>(sr &= ~value);
    violation(lock.locked || busy > 0);
    if (address == base + 0x14 && value >> 31 != 0) {
      lock.locked = true;
    } else if (address == base + 0x14) {
      cr = value & 0xffff;
      if ((value & 1u << 16) == 0) return;
      violation((cr & 0x8007) != 2);
      if (is_protected)
        sr |= 0x10;
      else
        fill_erased(0x08000000 + ((cr >> 11 & 1) << 20) + (cr >> 3 & 255) * 4096, 4096), sr |= 1;
    } else if (holds(address) && first == 0) {
      violation((cr & 3) != 1 || address % 8 != 0 || (sr & 0xc3fa) != 0);
      first = address;
      first_value = value;
    } else if (holds(address)) {
      violation(address != first + 4);
      const std::uint32_t to = std::exchange(first, 0);
      if (is_protected) return static_cast<void>(sr |= 0x10);
      if (!all_erased(to, 8) && (value | first_value) != 0) return static_cast<void>(sr |= 8);
      program(to, first_value);
      program(address, value);
      busy = 2;
      sr |= 1;
    } else {
      violation();
    }
  }
};

// RM0433, sections 4.3 and 4.9, bank 2: words of 32 bytes gather in a buffer; a second program of one breaks its code.
struct H7 : Stm<Chip> {
  std::uint32_t gathered = 0;
  std::array<std::uint32_t, 8> buffer{};
  bool nmi = false;
  static constexpr std::uint32_t base = 0x52002100;
  H7() { origin = 0x08180000; }
  bool rests() const { return Stm::rests() && gathered == 0; }

  std::uint32_t get(std::uint32_t address) {
    if (address == base + 0x10) return sr | (is_busy() ? 5u : 0u);
    if (address == base + 0x0c) return cr | (lock.locked ? 1u : 0u);
    violation();
    return 0;
  }
  void set(std::uint32_t address, std::uint32_t value) {
    if (address == base + 0x04) return lock.key(value, deaf);
    if (address == base + 0x14) return static_cast<void>(sr &= ~value);
    violation(lock.locked || busy > 0);
    if (address == base + 0x0c && (value & 1) != 0) {
      lock.locked = true;
    } else if (address == base + 0x0c) {
      cr = value & 0x77e;
      if ((value & 0x80) == 0) return;
      violation((cr & 0xe) != 4);
      if (is_protected)
        sr |= 1u << 17;
      else
        fill_erased(0x08100000 + (cr >> 8 & 7) * 0x20000, 0x20000), sr |= 1u << 16;
    } else if (holds(address)) {
      if ((cr & 2) == 0) return static_cast<void>(sr |= 1u << 18);
      violation(address % 32 != 4 * gathered);
      buffer[gathered++] = value;
      if (gathered < 8) return;
      gathered = 0;
      if (is_protected) return static_cast<void>(sr |= 1u << 17);
      const std::uint32_t to = address - 28;
      if (!all_erased(to, 32)) torn.push_back(to);
      for (std::uint32_t k = 0; k < 8; ++k) write(to + 4 * k, buffer[k], 4);
      busy = 3;
      sr |= 1u << 16;
    } else {
      violation();
    }
  }
  void load(std::uint32_t address, std::span<std::byte> to) {
    std::copy_n(&at(address), to.size(), to.begin());
    if (is_torn(address, to.size(), 32)) sr |= 1u << 26;
  }
};

// nRF51 Series Reference Manual, chapter 6; nRF52833 Product Specification, section 4.3.
template <std::uint32_t Page>
struct Nrf : Chip {
  std::uint32_t config = 0;
  bool nmi = false;
  static constexpr std::uint32_t base = 0x4001e000;
  Nrf() { origin = 0x00030000; }
  bool rests() const { return config == 0; }

  std::uint32_t get(std::uint32_t address) {
    violation(address != base + 0x400);
    return is_busy() ? 0 : 1;
  }
  void set(std::uint32_t address, std::uint32_t value) {
    violation(busy > 0);
    if (address == base + 0x504) {
      config = value;
      violation(value > 2);
    } else if (address == base + 0x508) {
      violation(config != 2);
      if (!is_protected) fill_erased(value, Page);
    } else {
      violation(config != 1 || address % 4 != 0 || !holds(address));
      if (!is_protected) write(address, value, 4);
      busy = 2;
    }
  }
  void set_half(std::uint32_t, std::uint16_t) { violation(); }
  void load(std::uint32_t address, std::span<std::byte> to) { std::copy_n(&at(address), to.size(), to.begin()); }
};

// RP2040 Datasheet, section 2.8.3.1.3: what the ROM wants, in which order; nothing is read in place between EX and CX.
struct Rp2040 : Chip {
  enum { in_place, connected, off, flushed } state = in_place;
  bool interrupts = true, nmi = false;
  const std::byte* page = nullptr;
  Rp2040() { origin = 0x10000000; }
  bool rests() const { return state == in_place && interrupts; }

  std::uint32_t interrupts_off() {
    interrupts = false;
    return 7;
  }
  void interrupts_back(std::uint32_t before) {
    violation(before != 7);
    interrupts = true;
  }
  std::uint32_t pointer(const std::byte* from) {
    page = from;
    return 1;
  }
  void call(std::uint32_t function, std::uint32_t a = 0, std::uint32_t b = 0, std::uint32_t c = 0, std::uint32_t d = 0) {
    violation(interrupts);
    const auto is = [&](char first, char second) {
      return function == (static_cast<unsigned>(first) | static_cast<unsigned>(second) << 8);
    };
    if (is('I', 'F')) {
      violation(state != in_place);
      state = connected;
    } else if (is('E', 'X')) {
      violation(state != connected);
      state = off;
    } else if (is('R', 'E')) {
      violation(state != off || a % 4096 != 0 || b != 4096 || c != 65536 || d != 0xd8);
      if (!is_protected) fill_erased(origin + a, 4096);
      busy = 0;
    } else if (is('R', 'P')) {
      violation(state != off || a % 256 != 0 || b != 1 || c != 256);
      for (std::uint32_t k = 0; k < 256 && !is_protected; ++k) at(origin + a + k) &= page[k];
    } else if (is('F', 'C')) {
      violation(state != off);
      state = flushed;
    } else if (is('C', 'X')) {
      violation(state != flushed);
      state = in_place;
    } else {
      violation();
    }
  }
  std::uint32_t get(std::uint32_t) { return 0; }
  void set(std::uint32_t, std::uint32_t) { violation(); }
  void set_half(std::uint32_t, std::uint16_t) { violation(); }
  void load(std::uint32_t address, std::span<std::byte> to) {
    violation(state != in_place);
    std::copy_n(&at(address), to.size(), to.begin());
  }
};

// An image of any bytes.
struct Bytes {
  std::vector<std::byte> bytes;
  std::size_t size() const { return bytes.size(); }
  nn::ImageStatus write(auto&& put) const {
    for (std::byte byte : bytes) put(byte);
    return nn::ImageStatus::ok;
  }
  nn::ImageStatus read(auto from, std::size_t count) {
    bytes.resize(count);
    return from(0, std::span{bytes}) ? nn::ImageStatus::ok : nn::ImageStatus::unreadable;
  }
};

template <class Driver, class Model>
void works(std::uint32_t region, const char* name) {
  Model model;
  Driver flash{To<Model>{&model}};
  constexpr std::size_t unit = Driver::unit, bytes = Driver::sectors * Driver::sector_bytes;
  const std::uint32_t before = failures;

  // Every sector is erased, and it alone.
  for (std::size_t sector = 0; sector < Driver::sectors; ++sector) {
    expect(flash.erase(sector) == nn::FlashStatus::ok && model.rests());
    for (std::size_t k = 0; k < bytes; ++k)
      if ((model.at(region + static_cast<std::uint32_t>(k)) == std::byte{0xff}) != (k < (sector + 1) * Driver::sector_bytes)) {
        expect(false);
        break;
      }
  }
  expect(model.erases == Driver::sectors);

  // Units are programmed, and what is read was programmed; an erase is seen though it was read before.
  nn::Random random{1};
  std::array<std::byte, unit> some{}, found{};
  const auto draw = [&] {
    for (auto& byte : some) byte = static_cast<std::byte>(random.next() >> 24);
  };
  for (std::size_t at = 0; at < std::min<std::size_t>(bytes, 64 * unit); at += unit) {
    draw();
    expect(flash.read(at, found) == nn::FlashStatus::ok);
    expect(flash.program(at, some) == nn::FlashStatus::ok && model.rests());
    expect(flash.read(at, found) == nn::FlashStatus::ok && found == some);
  }
  expect(flash.erase(0) == nn::FlashStatus::ok && flash.read(0, found) == nn::FlashStatus::ok);
  expect(std::ranges::all_of(found, [](std::byte byte) { return byte == Driver::erased; }));
  expect(model.violations == 0);

  // Nothing outside the region is touched.
  expect(flash.erase(Driver::sectors) == nn::FlashStatus::outside && flash.program(bytes, some) == nn::FlashStatus::outside);
  expect(flash.program(1, some) == nn::FlashStatus::outside && flash.read(bytes - unit + 1, found) == nn::FlashStatus::outside);
  expect(model.violations == 0);

  // A store lives there.
  nn::Store<Driver> store{3000, flash};
  Bytes image, read;
  for (std::size_t save = 0; save < 3 * Driver::sectors; ++save) {
    image.bytes.resize(2000 + save);
    for (auto& byte : image.bytes) byte = static_cast<std::byte>(random.next() >> 24);
    expect(nn::save(store, image) == nn::StoreStatus::ok);
    nn::Store<Driver> restarted{3000, flash};
    expect(nn::load(restarted, read) == nn::ImageStatus::ok && read.bytes == image.bytes);
  }
  expect(model.violations == 0 && model.rests());

  // Failures are told apart.
  model.is_protected = true;
  const nn::FlashStatus refused = flash.program(0, some);
  expect(refused == nn::FlashStatus::refused || refused == nn::FlashStatus::not_programmed);
  if constexpr (requires { model.lock; }) expect(flash.erase(0) == nn::FlashStatus::refused);
  expect(nn::save(store, image) == nn::StoreStatus::flash_failed && model.rests());
  model.is_protected = false;
  expect(nn::load(store, read) == nn::ImageStatus::ok && read.bytes == image.bytes);
  if constexpr (!std::is_same_v<Model, Rp2040>) {
    model.stuck = true;
    expect(flash.erase(0) == nn::FlashStatus::timed_out);
    model.stuck = false;
  }
  if constexpr (requires { model.lock; }) {
    model.lock = {};
    model.deaf = true;
    expect(flash.erase(0) == nn::FlashStatus::locked && flash.program(0, some) == nn::FlashStatus::locked);
    model.deaf = false;
  }
  if constexpr (unit == 8 || unit == 32) {
    expect(flash.read(4 * unit, found) == nn::FlashStatus::ok);
    model.torn.push_back(region + 4 * unit);
    expect(flash.read(4 * unit, found) == nn::FlashStatus::unreadable);
    expect(flash.read(5 * unit, found) == nn::FlashStatus::ok);
  }
  if (failures != before) nn::print(console::write, "  in ", name, '\n');
}

}  // namespace

int main() {
  works<stm32f1::Flash<FlashRegion{0x0801a000, 1024, 24}, To<F1>>, F1>(0x0801a000, "stm32f1");
  works<stm32f4::Flash<FlashRegion{0x080c0000, 131072, 2}, 10, To<F4>>, F4>(0x080c0000, "stm32f4");
  works<stm32l4::Flash<FlashRegion{0x081f8000, 4096, 8}, To<L4>>, L4>(0x081f8000, "stm32l4");
  works<stm32h7::Flash<FlashRegion{0x081c0000, 131072, 2}, To<H7>>, H7>(0x081c0000, "stm32h7");
  works<NrfFlash<FlashRegion{0x3a000, 1024, 24}, To<Nrf<1024>>>, Nrf<1024>>(0x3a000, "nrf51");
  works<NrfFlash<FlashRegion{0x78000, 4096, 8}, To<Nrf<4096>>>, Nrf<4096>>(0x78000, "nrf52");
  works<rp2040::Flash<FlashRegion{0x10010000, 4096, 8}, To<Rp2040>>, Rp2040>(0x10010000, "rp2040");
  return expectations_failed();
}
