// JSON as RFC 8259 has it, read strictly and by a cursor: whoever reads says what must come next. Objects, arrays, strings and
// numbers without sign, fraction or exponent are all that a header of safetensors has, so nothing here calls itself.
//
//   Json json{file, text};
//   json.object("", [&](const std::string& name) { sizes[name] = json.whole(name); });
//   json.end();
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "tools/data/failure.hpp"
#include "tools/data/shown.hpp"

namespace tools::safetensors {

class Json {
 public:
  // `file` is what failures call it.
  Json(std::string name, std::string_view bytes) : file{std::move(name)}, text{bytes} {}

  // An object whose fields `take(name)` reads, each of another name; `path` is what failures call it, and empty for the
  // outermost.
  void object(const std::string& path, auto take) {
    std::set<std::string> names;
    list(path, '{', '}', "an object", [&] {
      const std::string name = string(path);
      if (!names.insert(name).second) throw refusal(path, "has " + shown(name) + " twice", "each name once");
      require(path, ':', "a colon behind the name " + shown(name));
      take(name);
    });
  }

  void array(const std::string& path, auto take) { list(path, '[', ']', "an array", take); }

  std::string string(const std::string& path);
  std::uint64_t whole(const std::string& path);  // 0 to 2^64 - 1

  // Only spaces may follow.
  void end();

  // "file: header: path: what is wrong; expected …"
  Failure refusal(const std::string& path, const std::string& wrong, const std::string& expected) const {
    return failure(file + ": header" + (path.empty() ? "" : ": " + path), wrong, expected);
  }

 private:
  void list(const std::string& path, char open, char close, const std::string& what, auto item) {
    require(path, open, what);
    if (next() == close) {
      ++at;
      return;
    }
    for (;;) {
      item();
      const int c = next();
      if (c != ',' && c != close) throw surprise(path, std::string{"a comma or "} + close);
      ++at;
      if (c == close) return;
    }
  }

  int next();  // the character behind white space; -1 at the end
  void require(const std::string& path, char wanted, const std::string& what);
  Failure surprise(const std::string& path, const std::string& expected) const;
  std::uint32_t four_digits(const std::string& path);
  void append_escape(std::string& to, const std::string& path);

  std::string file;
  std::string_view text;
  std::size_t at = 0;
};

}  // namespace tools::safetensors
