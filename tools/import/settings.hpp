// Settings: what `import` is asked to do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/import/model.hpp"

namespace tools::importer {

extern const char* const help;

struct Settings {
  std::string file;  // the model
  std::string command_line;
  std::string name;
  std::optional<std::string> out, plan, image;
  std::vector<std::string> inputs, outputs;  // files of cases; both or none
  std::size_t cases;
  bool reset;
  bool removes_constants;
  bool keeps_inputs;
  bool adds_by_tables;
  std::string signature;
  std::optional<std::string> until;
  bool channels_last;
  bool unoptimized;
  Rounding rounding;
  std::string rows;  // auto, off, or how many
  bool pushes_rows;
  std::optional<std::int32_t> hop;  // of a stream
  bool trainable;
  std::optional<std::string> last;
  float mean, scale;

  bool is_onnx() const { return file.ends_with(".onnx"); }
};

// Refuses, in a sentence, what does not go together. arguments[1] is the model.
Settings read_settings(int count, char** arguments);

}  // namespace tools::importer
