#include "tools/onnx/read.hpp"

#include <filesystem>

#include "tools/data/file.hpp"
#include "tools/onnx/parse.hpp"

namespace tools::onnx {

namespace {

constexpr std::uintmax_t most_bytes = std::uintmax_t{1} << 28;  // of a file

}  // namespace

Model parse_model(const std::string& name, std::span<const std::uint8_t> bytes, const Settings& settings) {
  const File file = parse(name, bytes, "");
  return Translation{file, settings}.run();
}

Model read_model(const std::string& name, const Settings& settings) {
  std::error_code error;
  const auto size = std::filesystem::file_size(name, error);
  if (!error && size > most_bytes)
    throw failure(name, text("is ", size, " bytes long"),
                  text("at most ", most_bytes, ", many times what a microcontroller holds"));
  if (std::filesystem::is_other(name, error)) throw failure(name, "is no file on a disk", "an ONNX model");
  const std::string content = read_file(name);
  const std::filesystem::path folder = std::filesystem::path{name}.parent_path();
  const File file = parse(name, {reinterpret_cast<const std::uint8_t*>(content.data()), content.size()},
                          folder.empty() ? "." : folder.string());
  return Translation{file, settings}.run();
}

}  // namespace tools::onnx
