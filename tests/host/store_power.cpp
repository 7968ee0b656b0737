// Power that fails after every single byte that is programmed or erased, in every phase of a store's life: the first save,
// overwriting, the wrap from the last sector to the first, recovery from a cut. After the restart the store holds what it held
// before or what was being saved, whole, and the training that goes on from it ends with the bits of one that was never cut.
// Then bits flip at rest: each is detected, and the image before serves.
//
// The oracle is a copy of every state that was ever saved, kept beside the flash.
#include <array>
#include <cstdint>

#include "chips/simulated_flash.hpp"
#include "expect.hpp"
#include "nn/nn.hpp"

namespace {

// Power that fails after so many touches. What is then half done reads as it was, as noise, as noise with zeros or ones kept, or
// not at all.
struct Supply {
  std::uint64_t left = ~std::uint64_t{0}, touched = 0;
  nn::Random noise{5};
  std::uint32_t kind = 0;
  bool gone = false;

  bool touch() {
    if (gone || left == 0)
      gone = true;
    else
      --left, ++touched;
    return !gone;
  }
  std::byte anything(std::byte byte) {
    const auto draw = static_cast<std::byte>(noise.next() >> 24);
    return kind == 0 ? byte : kind == 1 ? draw : kind == 2 ? byte & draw : kind == 3 ? byte | draw : byte;
  }
};
template <std::size_t Bytes>
struct Wire {
  Supply* supply;
  std::array<bool, Bytes>* unreadable;
  bool touch() const { return supply->touch(); }
  std::byte anything(std::byte byte) const { return supply->anything(byte); }
  void torn(std::size_t at, std::size_t bytes) const {
    if (supply->kind == 4) std::fill_n(unreadable->begin() + static_cast<std::ptrdiff_t>(at), bytes, true);
  }
  void erased(std::size_t at, std::size_t bytes) const {
    std::fill_n(unreadable->begin() + static_cast<std::ptrdiff_t>(at), bytes, false);
  }
  bool readable(std::size_t at, std::size_t bytes) const {
    const auto first = unreadable->begin() + static_cast<std::ptrdiff_t>(at);
    return std::find(first, first + static_cast<std::ptrdiff_t>(bytes), true) == first + static_cast<std::ptrdiff_t>(bytes);
  }
};

using Net = nn::Network<nn::Fixed16Stochastic, nn::Input<4>, nn::Dense<3>, nn::Relu, nn::Dense<2>, nn::Softmax>;
using Trainer = nn::Trainer<Net, nn::CrossEntropy, nn::Momentum>;

struct Course {
  Trainer trainer{nn::Momentum{.rate = 0.1f}, nn::at_run_time(1)};
  std::uint32_t step = 0;
  nn::Random order{2};

  auto image() { return nn::TrainingImage{trainer, step, order}; }
  void learn() {
    Net::Input x{};
    for (auto& number : x) number = nn::number<Net::InputNumber>(order.uniform() - 0.5f);
    trainer.step(x, order.below(2));
    ++step;
  }
};

// What the state after so many steps is, by a training that was never cut.
constexpr std::uint32_t most_steps = 40;
struct Truth {
  std::array<std::uint32_t, most_steps + 1> checksum{};
  std::array<std::uint32_t, most_steps + 1> draw{};
} truth;

bool is_true(const Course& course) {
  return course.step <= most_steps && nn::checksum(course.trainer.parameters) == truth.checksum[course.step] &&
         nn::Random{course.order}.next() == truth.draw[course.step];
}

void find_truth() {
  Course course;
  for (std::uint32_t step = 0; step <= most_steps; ++step) {
    truth.checksum[step] = nn::checksum(course.trainer.parameters);
    truth.draw[step] = nn::Random{course.order}.next();
    course.learn();
  }
}

std::uint32_t refusals = 0, cuts = 0, flips = 0, rested = 0;

template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
struct World {
  static constexpr std::size_t bytes = Sectors * SectorBytes;
  using Simulated = SimulatedFlash<Sectors, SectorBytes, Unit, Wire<bytes>>;

  // Some cells do not take what they are given; and a store never programs what is not erased.
  struct Flash : Simulated {
    World* world;
    Flash(World& of) : Simulated{of.cells, Wire<bytes>{&of.supply, &of.unreadable}}, world{&of} {}
    nn::FlashStatus program(std::size_t at, std::span<const std::byte, Unit> from) {
      const nn::FlashStatus status = Simulated::program(at, from);
      if (status == nn::FlashStatus::refused) ++refusals;
      if (world->worn >= at && world->worn < at + Unit) world->cells.bytes[world->worn] = std::byte{0x42};
      return status;
    }
  };
  using Store = nn::Store<Flash>;
  typename Simulated::Cells cells{};
  std::size_t worn = bytes;
  std::array<bool, bytes> unreadable{};
  Supply supply;

  Store store() { return Store{Course{}.image().size(), Flash{*this}}; }

  // A life between two resets: goes on from the store, and saves after every step until `steps` or until power fails.
  // Returns the last step that was saved whole as far as the program knows.
  std::uint32_t live(std::uint32_t steps) {
    Course course;
    auto memory = store();
    auto image = course.image();
    const nn::ImageStatus found = nn::load(memory, image);
    if (found != nn::ImageStatus::ok && found != nn::ImageStatus::nothing_stored) return lost;
    std::uint32_t saved = course.step;
    while (course.step < steps && !supply.gone) {
      course.learn();
      if (nn::save(memory, image) == nn::StoreStatus::ok) saved = course.step;
    }
    return saved;
  }
  static constexpr std::uint32_t lost = 0xffffffff;

  // What a restart finds; `lost` if that is no state there ever was.
  std::uint32_t restart() {
    supply = {};
    Course course;
    auto memory = store();
    auto image = course.image();
    const nn::ImageStatus found = nn::load(memory, image);
    if (found == nn::ImageStatus::nothing_stored) return 0;
    return found == nn::ImageStatus::ok && is_true(course) ? course.step : lost;
  }
};

// Saves `before` images, then one more with a cut at every touch. After each cut the recovery is cut as well, at a touch that
// moves along, before the restart that is looked at. It must end as if nothing had been.
template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
void cut_everywhere(std::uint32_t kind, std::uint32_t most) {
  static World<Sectors, SectorBytes, Unit> start, world;
  start = {};
  start.cells.bytes.fill(kind % 2 == 0 ? std::byte{0xff} : std::byte{0});  // erased, or as an emulator may have it: zeros
  for (std::uint32_t before = 0; before < most; ++before) {
    // Of one more save, uncut.
    world = start;
    expect(world.live(before + 1) == before + 1);
    const std::uint64_t touches = world.supply.touched;
    for (std::uint64_t at = 0; at <= touches; ++at) {
      world = start;
      world.supply.left = at;
      world.supply.kind = kind;
      world.supply.noise = nn::Random{static_cast<std::uint32_t>(at)};
      const std::uint32_t known = world.live(before + 1);
      ++cuts;
      std::uint32_t found = world.restart();
      expect(found == before || found == before + 1);
      expect(known <= found);  // what save() called whole is there

      // Power fails during the recovery, too.
      world.supply = {};
      world.supply.left = at * 7 % (touches + 1);
      world.supply.kind = (kind + 1) % 5;
      static_cast<void>(world.live(before + 2));
      ++cuts;
      const std::uint32_t again = world.restart();
      expect(again >= found && again <= before + 2);

      world.supply = {};
      expect(world.live(before + 3) == before + 3);
      expect(world.restart() == before + 3);
    }
    static_cast<void>(start.live(before + 1));
    start.supply = {};
  }
}

// Every bit of the flash is flipped once: of each bit of the newest image and its header that is detected, and the image before
// serves; of all others, nothing is noticed. The same with five flips at once, all over the flash.
template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
void flip_bits(std::uint32_t steps) {
  static World<Sectors, SectorBytes, Unit> good, world;
  good = {};
  good.cells.bytes.fill(std::byte{0xff});
  static_cast<void>(good.live(steps));
  nn::Random random{6};
  std::size_t detected = 0;
  const auto flip = [](std::size_t at, unsigned bit) { world.cells.bytes[at] ^= std::byte{1} << bit; };
  for (std::size_t at = 0; at < World<Sectors, SectorBytes, Unit>::bytes; ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      world = good;
      flip(at, bit);
      ++flips;
      const std::uint32_t found = world.restart();
      expect(found == steps || found == steps - 1);
      if (found == steps - 1) ++detected;
      // The next save goes somewhere, and it serves from then on.
      if (bit == at % 8) {
        expect(world.live(found + 1) == found + 1);
        expect(world.restart() == found + 1);
      }
    }
    world = good;
    for (int k = 0; k < 5; ++k, ++flips) flip(random.below(World<Sectors, SectorBytes, Unit>::bytes), random.below(8));
    expect(world.restart() <= steps);
  }
  expect(detected == 8 * (20 + Course{}.image().size()));
  rested += static_cast<std::uint32_t>(detected);
}

// The newest image is damaged and the one before serves, which must outlive a cut of the next save.
template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
void cut_after_flip(std::uint32_t steps) {
  static World<Sectors, SectorBytes, Unit> good, world;
  good = {};
  good.cells.bytes.fill(std::byte{0xff});
  static_cast<void>(good.live(steps));
  auto store = good.store();
  const nn::Record newest = store.newest();
  const auto layout = nn::Layout::of(Sectors, SectorBytes, Unit, 20, store.largest_record());
  good.cells.bytes[layout.address(newest.place, 5)] ^= std::byte{1};
  expect(good.restart() == steps - 1);
  bool whole = false;
  for (std::uint64_t at = 0; !whole; ++at, ++cuts) {
    world = good;
    world.supply.left = at;
    static_cast<void>(world.live(steps));
    whole = !world.supply.gone;
    const std::uint32_t found = world.restart();
    expect(found == steps - 1 || found == steps);
  }
}

// A cell that does not take its bits costs no image: it is written elsewhere.
template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
void wears_out(std::uint32_t steps) {
  static World<Sectors, SectorBytes, Unit> world;
  for (std::size_t cell = 0; cell < World<Sectors, SectorBytes, Unit>::bytes; cell += 13) {
    world = {};
    world.worn = cell;
    expect(world.live(steps) == steps);
    expect(world.restart() == steps);
  }
}

// After many saves every sector has been erased as often as any other, or once more or less.
template <std::size_t Sectors, std::size_t SectorBytes, std::size_t Unit>
void wears_evenly(std::uint32_t steps) {
  static World<Sectors, SectorBytes, Unit> world;
  world = {};
  expect(world.live(steps) == steps);
  const auto [least, most] = std::ranges::minmax(world.cells.wear);
  expect(least > 0 && most - least <= 1);
}

// What a store is too small for is said, and a broken sector is passed over.
void fails_politely() {
  World<2, 64, 4> small;
  auto memory = small.store();
  Course course;
  expect(nn::save(memory, course.image()) == nn::StoreStatus::too_large);
  expect(memory.append(std::byte{}) == nn::StoreStatus::not_begun && memory.commit() == nn::StoreStatus::not_begun);
  static World<2, 512, 4> world;
  auto good = world.store();
  expect(nn::load(good, *std::array{course.image()}.begin()) == nn::ImageStatus::nothing_stored);
  expect(nn::save(good, course.image()) == nn::StoreStatus::ok);
  world.supply.left = 0;
  expect(nn::save(good, course.image()) == nn::StoreStatus::flash_failed);
  expect(good.flash_status() == nn::FlashStatus::timed_out || good.flash_status() == nn::FlashStatus::refused);
  world.supply = {};
  expect(nn::save(good, course.image()) == nn::StoreStatus::ok);
  expect(good.newest().sequence == 2 && good.erase() == nn::StoreStatus::ok && !good.newest());
}

}  // namespace

int main() {
  find_truth();
  fails_politely();
  cut_everywhere<2, 512, 4>(0, 3);
  cut_everywhere<2, 512, 32>(4, 3);  // an image a sector, as on an STM32H7
  cut_everywhere<3, 512, 8>(1, 4);
  cut_everywhere<7, 128, 2>(2, 8);   // images of several sectors, wrapping anywhere, as on an nRF51
  cut_everywhere<2, 1024, 8>(3, 7);  // several images a sector, as on an STM32F4
  for (std::uint32_t steps = 2; steps < 9; ++steps) {
    cut_after_flip<7, 128, 2>(steps);
    cut_after_flip<3, 512, 8>(steps);
    cut_after_flip<2, 1024, 4>(steps);
  }
  nn::print(console::write, cuts, " power cuts\n");
  expect(refusals == 0);
  wears_out<3, 512, 4>(5);
  wears_out<9, 128, 2>(5);
  wears_out<2, 1024, 8>(5);
  wears_evenly<7, 128, 2>(35);
  wears_evenly<3, 1024, 8>(36);
  wears_evenly<7, 256, 4>(35);
  flip_bits<2, 512, 4>(4);
  flip_bits<7, 128, 2>(4);
  flip_bits<2, 1024, 8>(3);
  nn::print(console::write, flips, " flips of bits at rest, ", rested, " of them in the newest image: the one before served\n");
  expect(cuts >= 20'000);
  return expectations_failed();
}
