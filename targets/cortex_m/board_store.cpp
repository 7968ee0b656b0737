// board_store.hpp for one board; with SIMULATED_STORE for its twin under QEMU, which has no flash controller.
#include "board_store.hpp"

#include <array>
#include <cstddef>
#include <new>

#ifdef SIMULATED_STORE
#include "chips/simulated_flash.hpp"
namespace board {
inline auto store_flash() { return flash_in_ram<8, 4096>(); }
}  // namespace board
#else
#include "board.hpp"
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
