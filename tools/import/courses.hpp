// Courses: how the frames of a window move through a network (nn/streaming/frames.hpp): of each tensor, which of its frames move
// on, which are wanted by what reads it, and hence which are computed and which are kept; of each operator, what it makes of
// frames (along_time.hpp). What cannot stream is refused.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nn/streaming/frames.hpp"
#include "tools/import/along_time.hpp"
#include "tools/import/network.hpp"

namespace tools::importer {

// How a tensor moves: its frames, what is wanted of them, and what is stored.
struct Course {
  nn::Frames frames = nn::without_time({});
  nn::Wanted wanted{};
  nn::Stored stored{};
  bool moves() const { return frames.has_time(); }
};

class Courses {
 public:
  // `hop` frames of the network's input are new each time. `file` begins the sentence that refuses.
  Courses(const Network& window, std::int32_t hop, const std::string& file);

  const Course& of(int tensor) const { return courses[static_cast<std::size_t>(tensor)]; }
  const AlongTime& along(std::size_t i) const { return ways[i]; }
  // The window of operator i along so many frames.
  nn::Axis axis(std::size_t i, std::size_t frames) const;
  std::int32_t count(int tensor) const { return static_cast<std::int32_t>(of(tensor).frames.count()); }
  // Numbers of one frame; 0 of what does not move.
  std::int32_t each(int tensor) const { return of(tensor).moves() ? numbers(tensor) / count(tensor) : 0; }

  [[noreturn]] void refuse(const std::string& what, const std::string& wrong, const std::string& expected) const;

 private:
  Course& course(int tensor) { return courses[static_cast<std::size_t>(tensor)]; }
  std::int32_t numbers(int tensor) const { return window.tensor(tensor).bytes / bytes_of(window.tensor(tensor).type); }
  nn::Frames moving(int tensor, std::int32_t frames) const;
  void take_input();
  void follow(std::size_t i);
  void look_back();

  const Network& window;
  std::int32_t hop;
  const std::string& file;
  std::vector<Course> courses;  // of each tensor
  std::vector<AlongTime> ways;  // of each operator
};

}  // namespace tools::importer
