// Parameter images as files: nn::Image, or a Failure that says what is wrong with the file.
//
// Behind the image lie up to two records (tools/model/image_record.hpp), which a device leaves:
//   GNGM   unless its outputs are classes called 0, 1, … of no sounds, what it is about: 32 bits that are 1 for classes, 2 for
//          numbers, and 4 more if the fingerprint of a front end, 64 bits, ends it; n in 32 bits; of classes as many names, each
//          ended by a byte 0; of numbers n means, n scales (0 or one for each output)
//   GNGR   if it was trained through the rounding of int8: the least and the largest number of each tensor of its graph
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nn/nn.hpp"
#include "tools/data/file.hpp"
#include "tools/model/meaning.hpp"
#include "tools/model/tensor_range.hpp"

namespace tools {

// Throws Failure unless it is ok.
void require_good(const std::string& file, nn::ImageStatus status);

std::string record_of(const Meaning& meaning);
std::string record_of(const std::vector<TensorRange>& ranges);

// Each takes its record from the end of a file's bytes, of a network with so many outputs.
Meaning take_meaning(std::string& bytes, const std::string& file, std::size_t outputs);
std::vector<TensorRange> take_ranges(std::string& bytes, const std::string& file);

// `ranges`: where those of int8 go, if the file has them.
template <class Net>
Meaning read_image(const std::string& file, typename Net::Parameters& parameters, Normalization& normalization,
                   std::vector<TensorRange>* ranges = nullptr) {
  std::string bytes = read_file(file);
  const auto found = take_ranges(bytes, file);
  if (ranges != nullptr) *ranges = found;
  const Meaning meaning = take_meaning(bytes, file, Net::outputs);
  nn::StoredNormalization<Net::inputs> read;
  require_good(file, nn::Image<Net>::read(std::as_bytes(std::span{bytes}), parameters, read));
  normalization = loaded(read);
  return meaning;
}

template <class Net>
void write_image(const std::string& file, const typename Net::Parameters& parameters, const Normalization& normalization,
                 const Meaning& meaning, const std::vector<TensorRange>& ranges = {}) {
  std::string bytes(nn::Image<Net>::size(static_cast<std::uint32_t>(normalization.count())), '\0');
  require_good(file, nn::Image<Net>::write(parameters, stored<Net::inputs>(normalization),
                                           std::as_writable_bytes(std::span{bytes})));
  replace_file(file, bytes + record_of(meaning) + record_of(ranges));
}

}  // namespace tools
