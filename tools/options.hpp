// Options of a command line, `--name value`, each asked for once with its default; what was not asked for is refused.
#pragma once

#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "tools/data/failure.hpp"

namespace tools {

// The command as typed, with the program's name alone: in one line, fit for a comment and for a shell.
std::string command_line(int count, char** arguments);

class Options {
 public:
  // Those of `alone` may stand without a value, which then is this one.
  Options(int count, char** arguments, std::set<std::string> without_value,
          const std::map<std::string, std::string>& alone = {});

  bool flag(const std::string& name);
  std::optional<std::string> text(const std::string& name);

  // A number within [low, high].
  double number(const std::string& name, double otherwise, double low, double high);

  std::size_t whole(const std::string& name, std::size_t otherwise, std::size_t low, std::size_t high);

  std::string one_of(const std::string& name, const std::string& otherwise, std::initializer_list<std::string_view> choices);

  // A name to be used in C++.
  std::optional<std::string> identifier(const std::string& name);

  bool has(const std::string& name) const;

  // Of two options at most one may be given, for a reason that ends "A and B …".
  void refuse_together(const std::string& a, const std::string& b, const std::string& reason) const;

  // `a` is without effect unless `b` is given, too.
  void require_together(const std::string& a, const std::string& b) const;

  // To be called when all have been asked for.
  void refuse_others() const;

 private:
  std::set<std::string> flags;
  std::map<std::string, std::string> given;
  std::set<std::string> asked;
};

}  // namespace tools
