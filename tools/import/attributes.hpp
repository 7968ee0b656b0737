// Attributes: what a model says of one operator beside its tensors, by name: whole numbers (flags are 0 and 1), real numbers,
// words and lists of whole numbers. Which an operator takes, and within which bounds, is said in operators/.
//
//   activation   none, relu, relu6, relu_n1_to_1, or another word: fused
//   padding      same, valid, or explicit with pads = {top, left, bottom, right}
//   stride_h, stride_w, dilation_h, dilation_w, filter_h, filter_w, axis, keep_dims, alpha, beta, …
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace tools::importer {

class Attributes {
 public:
  using Value = std::variant<std::int64_t, float, std::string, std::vector<std::int64_t>>;
  using Map = std::map<std::string, Value, std::less<>>;

  Attributes() = default;
  Attributes(std::initializer_list<Map::value_type> list) : values(list) {}

  void set(std::string name, Value value) { values.insert_or_assign(std::move(name), std::move(value)); }
  bool has(std::string_view name) const { return values.find(name) != values.end(); }

  // What there is under this name, if it is of this kind.
  template <class Of>
  const Of* find(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : std::get_if<Of>(&found->second);
  }

  const Map& all() const { return values; }
  friend bool operator==(const Attributes&, const Attributes&) = default;

 private:
  Map values;
};

}  // namespace tools::importer
