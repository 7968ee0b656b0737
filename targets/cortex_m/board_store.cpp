// board_store.hpp for one board. With SIMULATED_STORE it lies in flash that is simulated in RAM, which start-up leaves alone:
// it outlives a reset, not the loss of power.
#include "board_store.hpp"

#include <array>
#include <cstddef>
#include <new>

#ifndef SIMULATED_STORE
#include "board.hpp"
#else
#include "chips/simulated_flash.hpp"

namespace {
using Cells = SimulatedCells<8, 4096>;
[[gnu::section(".bss.noinit")]] Cells cells;
}  // namespace

namespace board {
inline auto store_flash() { return SimulatedFlash<8, 4096, 8>{cells}; }
}  // namespace board
#endif

namespace {

// Made by whoever uses it, so that other programs do not have it.
using BoardStore = nn::Store<decltype(board::store_flash())>;
alignas(BoardStore) std::array<std::byte, sizeof(BoardStore)> place;
BoardStore& store() { return *std::launder(reinterpret_cast<BoardStore*>(place.data())); }

}  // namespace

namespace platform {

Store::Store(std::size_t largest) { new (place.data()) BoardStore{largest, board::store_flash()}; }
nn::StoreStatus Store::begin() { return store().begin(); }
nn::StoreStatus Store::append(std::byte byte) { return store().append(byte); }
nn::StoreStatus Store::commit() { return store().commit(); }
nn::Record Store::newest() { return store().newest(); }
nn::Record Store::older(const nn::Record& record) { return store().older(record); }
bool Store::read(const nn::Record& record, std::size_t at, std::span<std::byte> to) { return store().read(record, at, to); }
nn::StoreStatus Store::erase() { return store().erase(); }
nn::FlashStatus Store::flash_status() const { return store().flash_status(); }

}  // namespace platform
