// Parameter images as files: nn::Image, or a Failure that says what is wrong with the file.
#pragma once

#include <span>
#include <string>

#include "nn/store/image.hpp"
#include "tools/data/file.hpp"

namespace tools {

inline void require_good(const std::string& file, nn::ImageStatus status) {
  if (status != nn::ImageStatus::ok) throw Failure{file + ": " + std::string{nn::describe(status)}};
}

template <class Net>
void read_image(const std::string& file, typename Net::Parameters& parameters, nn::StoredNormalization<Net::inputs>& normalization) {
  const std::string bytes = read_file(file);
  require_good(file, nn::Image<Net>::read(std::as_bytes(std::span{bytes}), parameters, normalization));
}

template <class Net>
void write_image(const std::string& file, const typename Net::Parameters& parameters, const nn::StoredNormalization<Net::inputs>& normalization) {
  std::string bytes(nn::Image<Net>::size(normalization.count), '\0');
  require_good(file, nn::Image<Net>::write(parameters, normalization, std::as_writable_bytes(std::span{bytes})));
  replace_file(file, bytes);
}

}  // namespace tools
