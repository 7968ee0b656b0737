// ImageStatus: what may be wrong with an image, in words.
#pragma once

#include "targets/needs_cxx20.hpp"

#include <string_view>

namespace nn {

enum class [[nodiscard]] ImageStatus{
    ok,          too_short,  wrong_magic,         wrong_version,   other_network, wrong_length, damaged,       not_finite,
    wrong_field, incomplete, other_normalization, other_optimizer, other_program, unreadable,   nothing_stored};

constexpr std::string_view describe(ImageStatus status) {
  switch (status) {
    case ImageStatus::ok:
      return "good";
    case ImageStatus::too_short:
      return "shorter than an image's header; expected a complete parameter image";
    case ImageStatus::wrong_magic:
      return "not a parameter image; expected it to begin with GNGL";
    case ImageStatus::wrong_version:
      return "written in another version of the format; expected version 1 or 2";
    case ImageStatus::other_network:
      return "made for another network; expected this network's fingerprint";
    case ImageStatus::wrong_length:
      return "cut short or too long; expected the length its header and network give";
    case ImageStatus::damaged:
      return "damaged; expected the CRC at its end to fit its bytes";
    case ImageStatus::not_finite:
      return "a number in it is not finite, or a generator's state is 0; expected finite parameters and moments";
    case ImageStatus::wrong_field:
      return "holds a field, or a version of one, that is not known here; expected those of format version 2";
    case ImageStatus::incomplete:
      return "lacks parameters, or a part of its training; expected parameters alone or all that training needs";
    case ImageStatus::other_normalization:
      return "learnt from inputs of another normalization; expected this program's";
    case ImageStatus::other_optimizer:
      return "learnt with another optimizer; expected this program's";
    case ImageStatus::other_program:
      return "saved by another program; expected numbers of its own as this program has them";
    case ImageStatus::unreadable:
      return "cannot be read; expected a memory that answers";
    case ImageStatus::nothing_stored:
      return "nothing is stored yet; expected an image that was saved";
  }
  return "";
}

}  // namespace nn
