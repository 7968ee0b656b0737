// StoreStatus: what may go wrong with a store, in words.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <string_view>

namespace nn {

enum class [[nodiscard]] StoreStatus{ok, too_large, flash_failed, not_begun, refused};

constexpr std::string_view describe(StoreStatus status) {
  switch (status) {
    case StoreStatus::ok:
      return "good";
    case StoreStatus::too_large:
      return "the store is too small; expected sectors for two images";
    case StoreStatus::flash_failed:
      return "the flash did not take it, nowhere beside the newest image";
    case StoreStatus::not_begun:
      return "nothing was begun; expected begin() before append() and commit()";
    case StoreStatus::refused:
      return "a number is not finite; expected parameters and moments that can be learnt from";
  }
  return "";
}

}  // namespace nn
