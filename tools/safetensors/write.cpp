#include <bit>

#include "tools/data/little_endian.hpp"
#include "tools/safetensors/tensors.hpp"

namespace tools::safetensors {

namespace {

std::string json_text(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte >= 0x20)
      out += c;
    else
      out += std::string{"\\u00"} + digits[byte >> 4] + digits[byte & 15];
  }
  return out + "\"";
}

std::string list(const std::vector<std::uint64_t>& numbers) {
  std::string out;
  for (const std::uint64_t number : numbers) out += (out.empty() ? "" : ",") + std::to_string(number);
  return "[" + out + "]";
}

}  // namespace

std::string bytes_of(const std::vector<Written>& tensors, const std::map<std::string, std::string>& metadata) {
  std::string header = "{", data;
  if (!metadata.empty()) {
    std::string pairs;
    for (const auto& [name, value] : metadata) pairs += (pairs.empty() ? "" : ",") + json_text(name) + ":" + json_text(value);
    header += "\"__metadata__\":{" + pairs + "}";
  }
  for (const Written& tensor : tensors) {
    const std::uint64_t begin = data.size();
    if (tensor.counts) append_little_endian(data, 0, 8);
    for (const float number : tensor.numbers) append_little_endian(data, std::bit_cast<std::uint32_t>(number), 4);
    header += (header.size() > 1 ? "," : "") + json_text(tensor.name) + ":{\"dtype\":\"" + (tensor.counts ? "I64" : "F32") +
              "\",\"shape\":" + list(tensor.shape) + ",\"data_offsets\":" + list({begin, data.size()}) + "}";
  }
  header += "}";
  header.append((8 - header.size() % 8) % 8, ' ');
  std::string bytes;
  append_little_endian(bytes, header.size(), 8);
  return bytes + header + data;
}

}  // namespace tools::safetensors
