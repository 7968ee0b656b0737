#include "tools/data/classes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "tools/data/failure.hpp"
#include "tools/data/number_text.hpp"
#include "tools/data/shown.hpp"

namespace tools {
namespace {

// The rows' classes as places in the ordered list of what occurs.
template <class Key>
std::vector<Key> number_in_order(Dataset& data, const std::vector<Key>& keys) {
  std::map<Key, std::uint32_t> numbers;
  for (const Key& key : keys) numbers[key] = 0;
  std::uint32_t next = 0;
  std::vector<Key> order;
  for (auto& [key, number] : numbers) {
    number = next++;
    order.push_back(key);
  }
  data.labels.clear();
  for (const Key& key : keys) data.labels.push_back(numbers[key]);
  return order;
}

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size() && i < 8; ++i) list += (i == 0 ? "" : ", ") + shown(names[i]);
  return list + (names.size() > 8 ? ", …" : "");
}

std::vector<std::string> texts_of(const std::vector<long>& numbers) {
  std::vector<std::string> texts;
  for (long number : numbers) texts.push_back(std::to_string(number));
  return texts;
}

}  // namespace

void label_rows(Dataset& data, const std::vector<std::string>& labels, const std::function<std::string(std::size_t)>& place) {
  std::vector<long> numbers;
  std::size_t fraction = labels.size();
  bool names = false;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (const auto number = whole_number(labels[i]))
      numbers.push_back(*number);
    else if (read_number(labels[i], false).value)
      fraction = std::min(fraction, i);
    else
      names = true;
  }
  if (!names && fraction < labels.size())
    throw failure(data.source_of_labels() + ": " + place(fraction), "the label is " + shown(labels[fraction]),
                  "a class, that is a whole number or a name; to learn numbers, name their columns with --target");
  if (names) {
    data.classes = number_in_order(data, labels);
  } else if (*std::min_element(numbers.begin(), numbers.end()) < 0 || *std::max_element(numbers.begin(), numbers.end()) > 65535) {
    data.classes = texts_of(number_in_order(data, numbers));
  } else {
    data.classes.clear();
    data.labels.assign(numbers.begin(), numbers.end());
  }
}

void fit_classes(Dataset& data, std::size_t count) {
  const auto require = [&](std::size_t found, const std::vector<std::string>& names) {
    if (found > count)
      throw failure(data.source_of_labels(), "has " + std::to_string(found) + " classes (" + list_of(names) + ")",
                    "at most " + std::to_string(count) +
                        ", which this network tells apart; to learn numbers, name their columns with --target");
  };
  if (data.classes.empty() && std::any_of(data.labels.begin(), data.labels.end(), [&](auto label) { return label >= count; })) {
    const std::vector<long> numbers(data.labels.begin(), data.labels.end());
    data.classes = texts_of(number_in_order(data, numbers));
  }
  require(data.classes.size(), data.classes);
}

void match_classes(Dataset& data, const std::vector<std::string>& names, std::size_t count) {
  std::vector<std::string> known = names;
  for (std::size_t k = 0; names.empty() && k < count; ++k) known.push_back(std::to_string(k));
  std::map<std::string, std::uint32_t> numbers;
  for (std::size_t k = 0; k < known.size(); ++k) numbers[known[k]] = static_cast<std::uint32_t>(k);
  for (std::size_t i = 0; i < data.labels.size(); ++i) {
    const std::string label = class_name(data.classes, data.labels[i]);
    const auto found = numbers.find(label);
    if (found == numbers.end())
      throw failure(data.source_of_labels() + ": sample " + std::to_string(i + 1), "the class is " + shown(label),
                    "one of " + list_of(known) + ", which the network knows");
    data.labels[i] = found->second;
  }
  data.classes = names;
}

std::string class_name(const std::vector<std::string>& names, std::size_t number) {
  if (names.empty()) return std::to_string(number);
  return number < names.size() ? names[number] : std::string{};
}

}  // namespace tools
