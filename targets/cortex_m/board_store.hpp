// The store in the flash of the board, of which there is one: the functions of nn::Store (nn/store/store.hpp), so that one
// program serves boards of every flash.
#pragma once

#include <cstddef>
#include <span>

#include "nn/store/store.hpp"

namespace platform {

class Store {
 public:
  // For records of up to `largest` bytes.
  explicit Store(std::size_t largest);

  nn::StoreStatus begin();
  nn::StoreStatus append(std::byte byte);
  nn::StoreStatus commit();
  nn::Record newest();
  nn::Record older(const nn::Record& record);
  bool read(const nn::Record& record, std::size_t at, std::span<std::byte> to);
  nn::StoreStatus erase();
  nn::FlashStatus flash_status() const;
};

}  // namespace platform
