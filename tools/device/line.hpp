// Line: the bytes to and from a device: a serial port, an emulator, or another program.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tools {

class Line {
 public:
  // Throws Failure that says which port, at which rate, and why not.
  static Line port(const std::string& name, std::size_t baud);
  // Standard input and output of a command.
  static Line command(const std::vector<std::string>& arguments);

  Line(Line&& other) noexcept;
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  ~Line();

  void write(std::span<const std::uint8_t> bytes);

  // The next byte; nothing if none comes in time. Throws Failure at the end of the line.
  std::optional<std::uint8_t> read(std::chrono::milliseconds patience);

  // What messages call it.
  const std::string& name() const { return label; }

 private:
  Line(std::string shown, int in, int out, int child) : label{std::move(shown)}, input{in}, output{out}, process{child} {}
  [[noreturn]] void ended();

  std::string label;
  int input = -1, output = -1, process = -1;
  std::vector<std::uint8_t> buffer;
  std::size_t next = 0;
};

}  // namespace tools
