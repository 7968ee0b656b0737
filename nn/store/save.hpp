// save(store, image) and load(store, image): images as records of a store. An image has size(), write(put) and read(from, size);
// a store what nn/store/store.hpp says.
#pragma once

#include <cstddef>
#include <span>

#include "nn/store/image_status.hpp"
#include "nn/store/store.hpp"

namespace nn {

// Where the flash fails, it is tried again in other sectors; the newest image stays until this one is whole.
[[gnu::cold]] constexpr StoreStatus save(auto& store, const auto& image) {
  for (;;) {
    StoreStatus status = store.begin();
    if (status != StoreStatus::ok) return status;
    const ImageStatus written = image.write([&](std::byte byte) {
      if (status == StoreStatus::ok) status = store.append(byte);
    });
    if (written != ImageStatus::ok) return StoreStatus::refused;
    if (status == StoreStatus::ok) status = store.commit();
    if (status != StoreStatus::flash_failed) return status;
  }
}

// The newest image that is whole. One that is good but made for another network or program is not passed over.
[[gnu::cold]] constexpr ImageStatus load(auto& store, auto& image) {
  ImageStatus status = ImageStatus::nothing_stored;
  for (Record record = store.newest(); record; record = store.older(record)) {
    status = image.read([&](std::size_t at, std::span<std::byte> to) { return store.read(record, at, to); }, record.length);
    if (status != ImageStatus::damaged && status != ImageStatus::unreadable) return status;
  }
  return status;
}

}  // namespace nn
