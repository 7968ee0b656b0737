#include <algorithm>
#include <cmath>
#include <filesystem>

#include "tools/data/file.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/text.hpp"
#include "tools/safetensors/json.hpp"
#include "tools/safetensors/tensors.hpp"

namespace tools::safetensors {

namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 30;  // of a file
constexpr std::size_t most_extents = 16;
constexpr std::size_t most_tensors = 16'384;

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t k = bytes.size(); k-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[k]);
  return value;
}

// `size` numbers of this many bytes, or the failure that they cannot be.
std::uint64_t bytes_of_shape(const Json& json, const std::string& path, const Tensor& tensor) {
  std::uint64_t bytes = bytes_of(tensor.dtype);
  const bool empty = std::ranges::find(tensor.shape, 0u) != tensor.shape.end();
  for (const std::uint64_t extent : tensor.shape) {
    if (!empty && extent > most_bytes / bytes)
      throw json.refusal(path + ".shape", "is " + shape_text(tensor.shape) + ", more than 2^30 bytes",
                         "a tensor that the file can hold");
    bytes = empty ? 0 : bytes * extent;
  }
  return bytes;
}

Tensor read_tensor(Json& json, const std::string& name, std::size_t data_size) {
  const std::string path = shown(name);
  Tensor tensor{.name = name, .shape = {}};
  std::vector<std::uint64_t> offsets;
  std::set<std::string> found;
  json.object(path, [&](const std::string& field) {
    found.insert(field);
    const std::string here = path + "." + field;
    if (field == "dtype") {
      const std::string dtype = json.string(here);
      const auto known = dtype_of(dtype);
      if (!known)
        throw json.refusal(here, "is " + shown(dtype) + ", which is not known",
                           "F32, F16, BF16 or another dtype of 8 to 64 bits; in PyTorch, .float() makes F32");
      tensor.dtype = *known;
    } else if (field == "shape") {
      json.array(here, [&] { tensor.shape.push_back(json.whole(here)); });
      if (tensor.shape.size() > most_extents)
        throw json.refusal(here, text("has ", tensor.shape.size(), " extents"), text("at most ", most_extents));
    } else if (field == "data_offsets") {
      json.array(here, [&] { offsets.push_back(json.whole(here)); });
      if (offsets.size() != 2)
        throw json.refusal(here, text("has ", offsets.size(), " numbers"), "two: where its bytes begin and end");
    } else {
      throw json.refusal(path, "has a field " + shown(field), "dtype, shape and data_offsets");
    }
  });
  for (const char* field : {"dtype", "shape", "data_offsets"})
    if (!found.contains(field)) throw json.refusal(path, std::string{"has no "} + field, "dtype, shape and data_offsets");

  const std::string where = path + ".data_offsets";
  if (offsets[0] > offsets[1])
    throw json.refusal(where, text("end at ", offsets[1], ", before they begin at ", offsets[0]), "begin, then end");
  if (offsets[1] > data_size)
    throw json.refusal(where, text("end at byte ", offsets[1], " of ", data_size, " bytes of data"),
                       "the file whole; load or save it again");
  const std::uint64_t bytes = bytes_of_shape(json, path, tensor);
  if (offsets[1] - offsets[0] != bytes)
    throw json.refusal(where,
                       text("hold ", offsets[1] - offsets[0], " bytes, and ", shape_text(tensor.shape), " numbers of ",
                            name_of(tensor.dtype), " take ", bytes),
                       "as many as dtype and shape say");
  tensor.begin = static_cast<std::size_t>(offsets[0]);
  tensor.end = static_cast<std::size_t>(offsets[1]);
  return tensor;
}

// One behind the other, from the first byte to the last.
void require_whole(const Json& json, const Tensors& tensors) {
  std::size_t at = 0;
  std::string before;
  for (const Tensor& tensor : tensors.list) {
    const std::string where = shown(tensor.name) + ".data_offsets";
    if (tensor.begin < at)
      throw json.refusal(where, text("begin at ", tensor.begin, ", within the data of ", before),
                         text("tensors one behind the other, this one from byte ", at, " on"));
    if (tensor.begin > at)
      throw json.refusal(where, text("leave a gap of ", tensor.begin - at, " bytes before them"),
                         text("tensors one behind the other, this one from byte ", at, " on"));
    at = tensor.end;
    before = shown(tensor.name);
  }
  if (at != tensors.data.size())
    throw failure(tensors.file, text("has ", tensors.data.size() - at, " bytes behind its last tensor"),
                  text("an end after ", at, " bytes of data"));
}

}  // namespace

std::string shape_text(const std::vector<std::uint64_t>& shape) {
  std::string whole;
  for (const std::uint64_t extent : shape) whole += (whole.empty() ? "" : "x") + std::to_string(extent);
  return whole.empty() ? "scalar" : whole;
}

const Tensor* Tensors::find(std::string_view name) const {
  const auto found = std::ranges::find(list, name, &Tensor::name);
  return found == list.end() ? nullptr : &*found;
}

std::vector<float> Tensors::floats(const Tensor& tensor) const {
  const std::string path = file + ": " + shown(tensor.name);
  if (!is_real(tensor.dtype))
    throw failure(path, text("has numbers of ", name_of(tensor.dtype)), "F32, F16, BF16 or F64; in PyTorch, .float() makes F32");
  const std::size_t width = bytes_of(tensor.dtype);
  std::vector<float> numbers(tensor.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    numbers[i] = float_of(tensor.dtype, little_endian(std::string_view{data}.substr(tensor.begin + i * width, width)));
    if (!std::isfinite(numbers[i]))
      throw failure(path, text("holds a number that is not finite, at place ", i), "weights of a training that did not diverge");
  }
  return numbers;
}

Tensors parse(const std::string& name, std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04"))
    throw failure(name, "is an archive, as torch.save writes",
                  "a safetensors file: safetensors.torch.save_file(model.state_dict(), FILE)");
  if (bytes.size() < 8)
    throw failure(name, text("is ", bytes.size(), " bytes long"),
                  "a safetensors file, which begins with 8 bytes for the length of its header");
  const std::uint64_t length = little_endian(bytes.substr(0, 8));
  if (length > bytes.size() - 8)
    throw failure(name, text("says that its header has ", length, " bytes, and ", bytes.size() - 8, " follow"),
                  "a safetensors file, whole; load or save it again");
  const std::string_view header = bytes.substr(8, static_cast<std::size_t>(length));
  Tensors tensors{.file = name, .list = {}, .metadata = {}, .data = std::string{bytes.substr(8 + header.size())}};
  Json json{name, header};
  if (!header.starts_with('{'))
    throw failure(name + ": header", "begins with " + shown(header.substr(0, 8)), "{, as JSON of a safetensors file does");
  json.object("", [&](const std::string& field) {
    if (field == "__metadata__")
      json.object(field, [&](const std::string& key) { tensors.metadata[key] = json.string(field + "." + shown(key)); });
    else
      tensors.list.push_back(read_tensor(json, field, tensors.data.size()));
    if (tensors.list.size() > most_tensors)
      throw json.refusal("", text("has more than ", most_tensors, " tensors"), "those of one network");
  });
  json.end();
  std::ranges::stable_sort(tensors.list, [](const Tensor& a, const Tensor& b) {
    return std::pair{a.begin, a.end} < std::pair{b.begin, b.end};
  });
  require_whole(json, tensors);
  return tensors;
}

Tensors read(const std::string& name) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  if (!error && size > most_bytes)
    throw failure(name, text("is ", size, " bytes long"), "at most 2^30, many times what a microcontroller holds");
  if (std::filesystem::is_other(name, error)) throw failure(name, "is no file on a disk", "a safetensors file");
  return parse(name, read_file(name));
}

}  // namespace tools::safetensors
