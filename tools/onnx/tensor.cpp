#include "tools/onnx/tensor.hpp"

#include <filesystem>
#include <fstream>
#include <limits>

#include "tools/import/names.hpp"

namespace tools::onnx {

namespace {

constexpr std::int64_t most_elements = std::int64_t{1} << 28;
constexpr std::size_t most_dimensions = 8;

// What a tensor holds, before it is known which of it counts.
struct Lists {
  std::vector<float> reals;          // float_data
  std::vector<std::int64_t> int32s;  // int32_data: also int16, int8, uint16, uint8, bool, float16, bfloat16
  std::vector<std::int64_t> int64s;
  std::vector<std::uint64_t> uint64s;
  std::optional<Bytes> raw;
  std::map<std::string, std::string> external;
  std::int64_t location = 0;  // 1: external
  bool strings = false, doubles = false;
};

std::int64_t elements(const Message& from, const std::vector<std::int64_t>& shape) {
  if (shape.size() > most_dimensions)
    throw from.refusal(text("has ", shape.size(), " dimensions"), text("at most ", most_dimensions));
  std::int64_t count = 1;
  for (std::int64_t extent : shape) {
    if (extent < 0) throw from.refusal(text("has the extent ", extent), "extents of at least 0");
    if (extent > most_elements || (count *= extent) > most_elements)
      throw from.refusal("has more elements than 2^28", "at most so many");
  }
  return count;
}

std::int64_t whole_number(const Message& from, const Lists& lists, const std::string& key, std::int64_t otherwise) {
  const auto found = lists.external.find(key);
  if (found == lists.external.end()) return otherwise;
  const std::string& digits = found->second;
  if (digits.empty() || digits.size() > 15 || digits.find_first_not_of("0123456789") != std::string::npos)
    throw from.refusal("its external_data has the " + key + " " + importer::in_quotes(digits), "a whole number");
  return std::stoll(digits);
}

// Only from a file within the folder, whatever links there are.
std::vector<std::uint8_t> read_external(const Message& from, const Lists& lists, const std::string& folder, std::size_t size) {
  namespace fs = std::filesystem;
  const auto found = lists.external.find("location");
  const std::string location = found == lists.external.end() ? "" : found->second;
  const fs::path stated{location};
  const auto refuse = [&](const std::string& wrong) {
    return from.refusal("its data lie in " + importer::in_quotes(location) + ", " + wrong, "a file in the folder of the model");
  };
  bool leaves = location.empty() || stated.is_absolute() || folder.empty() || location.find('\0') != std::string::npos;
  for (const fs::path& part : stated) leaves = leaves || part == "..";
  if (leaves) throw refuse("which is not looked at");
  std::error_code error;
  const fs::path base = fs::canonical(folder, error), file = fs::canonical(fs::path{folder} / stated, error);
  if (error || !fs::is_regular_file(file, error)) throw refuse("which is no file there");
  const fs::path inside = file.lexically_relative(base);
  if (inside.empty() || *inside.begin() == "..") throw refuse("which lies outside");
  const std::int64_t offset = whole_number(from, lists, "offset", 0);
  const auto length = static_cast<std::int64_t>(fs::file_size(file, error));
  if (error || offset > length || static_cast<std::int64_t>(size) > length - offset)
    throw from.refusal(
        text("its data lie at byte ", offset, " of ", importer::in_quotes(location), ", which has ", length, " bytes"),
        text(size, " bytes from there on"));
  const std::int64_t stated_length = whole_number(from, lists, "length", static_cast<std::int64_t>(size));
  if (stated_length != static_cast<std::int64_t>(size))
    throw from.refusal(text("has ", stated_length, " bytes of external data"), text(size));
  std::vector<std::uint8_t> bytes(size);
  std::ifstream stream{file, std::ios::binary};
  stream.seekg(offset);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!stream) throw refuse("which cannot be read");
  return bytes;
}

template <class Number>
void append_bits(std::vector<std::uint8_t>& bytes, Number value, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(static_cast<std::uint64_t>(value) >> (8 * i)));
}

std::vector<std::uint8_t> typed(const Message& from, const TensorData& tensor, const Lists& lists) {
  std::vector<std::uint8_t> bytes;
  const std::size_t size = bytes_of(tensor.type);
  if (tensor.type == DataType::float32) {
    for (float value : lists.reals) {
      std::uint32_t bits;
      std::memcpy(&bits, &value, sizeof bits);
      append_bits(bytes, bits, 4);
    }
  } else if (tensor.type == DataType::int64) {
    for (std::int64_t value : lists.int64s) append_bits(bytes, value, 8);
  } else if (tensor.type == DataType::uint32 || tensor.type == DataType::uint64) {
    for (std::uint64_t value : lists.uint64s) append_bits(bytes, value, size);
  } else if (size < 8) {  // of 8 bytes, double has no such list
    const bool is_signed = tensor.type == DataType::int8 || tensor.type == DataType::int16 || tensor.type == DataType::int32;
    const std::int64_t span = std::int64_t{1} << (8 * size);
    const std::int64_t least = is_signed ? -span / 2 : 0, most = is_signed ? span / 2 - 1 : span - 1;
    for (std::int64_t value : lists.int32s) {
      if (value < least || value > most)
        throw from.refusal(text("its int32_data holds ", value), text(least, " to ", most, " of ", name(tensor.type)));
      append_bits(bytes, value, size);
    }
  }
  return bytes;
}

std::size_t stated_lists(const Lists& lists) {
  return static_cast<std::size_t>(!lists.reals.empty()) + static_cast<std::size_t>(!lists.int32s.empty()) +
         static_cast<std::size_t>(!lists.int64s.empty()) + static_cast<std::size_t>(!lists.uint64s.empty()) +
         static_cast<std::size_t>(lists.raw && !lists.raw->empty()) + static_cast<std::size_t>(lists.location == 1);
}

void read_entry(const Field& field, Lists& lists) {
  std::string key, value;
  field.message("external_data").for_each([&](const Field& each) {
    if (each.number == 1) key = each.text("key");
    if (each.number == 2) value = each.text("value");
  });
  lists.external[key] = value;
}

}  // namespace

TensorData read_tensor(const Message& from, const std::string& folder) {
  TensorData tensor;
  Lists lists;
  from.for_each([&](const Field& field) {
    switch (field.number) {
      case 1:
        return field.add_to(tensor.shape, "dims");
      case 2:
        tensor.type = static_cast<DataType>(field.whole("data_type"));
        return;
      case 3:
        throw from.refusal("is a segment of a larger tensor", "a whole one");
      case 4:
        return field.add_to(lists.reals, "float_data");
      case 5:
        return field.add_to(lists.int32s, "int32_data");
      case 6:
        lists.strings = true;
        return;
      case 7:
        return field.add_to(lists.int64s, "int64_data");
      case 8:
        tensor.name = field.text("name");
        return;
      case 9:
        lists.raw = field.bytes("raw_data");
        return;
      case 10:
        lists.doubles = true;
        return;
      case 11:
        return field.add_to(lists.uint64s, "uint64_data");
      case 13:
        return read_entry(field, lists);
      case 14:
        lists.location = field.whole("data_location");
        return;
      default:
        return;
    }
  });
  const auto count = static_cast<std::size_t>(elements(from, tensor.shape));
  const std::size_t size = bytes_of(tensor.type);
  const bool halves = tensor.type == DataType::int4 || tensor.type == DataType::uint4;
  if ((size == 0 && !halves) || lists.strings)
    throw from.refusal("has the data type " + name(tensor.type), "float, double, float16, bfloat16, bool or whole numbers");
  if (lists.location != 0 && lists.location != 1) throw from.refusal(text("has the data_location ", lists.location), "0 or 1");
  const std::size_t bytes = halves ? (count + 1) / 2 : count * size;
  if (stated_lists(lists) > 1)
    throw from.refusal("has data in several forms at once", "one of raw_data, typed data and external data");
  if (lists.doubles && !(lists.raw && !lists.raw->empty()))
    throw from.refusal("has its numbers in double_data", "raw_data, or a type that a microcontroller takes");
  if (lists.location == 1)
    tensor.bytes = read_external(from, lists, folder, bytes);
  else if (lists.raw && !lists.raw->empty())
    tensor.bytes.assign(lists.raw->begin(), lists.raw->end());
  else if (halves)
    throw from.refusal("has numbers of 4 bits outside raw_data", "raw_data");
  else
    tensor.bytes = typed(from, tensor, lists);
  if (tensor.bytes.size() != bytes)
    throw from.refusal(text("has ", tensor.bytes.size(), " bytes of data"),
                       text(bytes, " for ", count, " numbers of ", name(tensor.type)));
  return tensor;
}

}  // namespace tools::onnx
