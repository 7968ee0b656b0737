// The readers of data files: what is good is read, what is not is refused with the file, the place and what was expected.
#include <filesystem>
#include <functional>

#include "expect.hpp"
#include "tools/data/csv.hpp"
#include "tools/data/failure.hpp"
#include "tools/data/file.hpp"
#include "tools/data/idx.hpp"
#include "tools/data/source.hpp"

namespace {

using tools::LabelColumn;

const std::string folder = "readers";  // in the working directory

std::string file(const std::string& name, std::string_view content) {
  tools::replace_file(folder + "/" + name, content);
  return folder + "/" + name;
}

// The action fails with a sentence that holds all parts.
void refused(const std::function<void()>& action, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
  try {
    action();
    report_failure(__FILE__, line, "was not refused");
  } catch (const tools::Failure& failure) {
    const std::string_view sentence = failure.what();
    for (std::string_view part : parts)
      if (sentence.find(part) == sentence.npos) report_failure(__FILE__, line, "\"", sentence, "\" lacks \"", part, "\"");
  }
}

tools::Dataset csv(std::string_view content, LabelColumn label = LabelColumn::last) { return tools::read_csv(file("rows.csv", content), label); }

void refused_csv(std::string_view content, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
  refused([&] { csv(content); }, parts, line);
}

void good_csv() {
  for (const char* content : {"1,-2.5,0\n3e1,4,1\n", "1;-2.5;0\n30;4;1", "1\t-2.5\t0\r\n30\t4\t1\r\n", "  1 -2.5  0\n30   4 1 \n\n",
                              "width,height,class\n1,-2.5,0\n30,4,1\n", "\"width\",\"height\",\"class\"\n1, -2.5, 0\n+30, 4, 1\n"}) {
    const tools::Dataset data = csv(content);
    expect(data.features == 2 && data.size() == 2);
    expect(data.values == std::vector<float>{1, -2.5f, 30, 4});
    expect(data.labels == std::vector<std::uint32_t>{0, 1});
  }
  const tools::Dataset data = csv("7,1,2\n", LabelColumn::first);
  expect(data.labels[0] == 7 && data.values == std::vector<float>{1, 2});
}

void bad_csv() {
  refused([] { tools::read_csv(folder + "/missing.csv", LabelColumn::last); }, {"missing.csv", "cannot be opened", "expected"});
  refused([] { tools::read_csv(folder, LabelColumn::last); }, {"is a folder"});
  refused_csv("", {"rows.csv", "holds no rows"});
  refused_csv("a,b,c\n", {"holds no rows"});
  refused_csv("5\n", {"row 1", "one column"});
  refused_csv("1,2,0\n1,0\n", {"row 2", "has 2 columns", "expected 3"});
  refused_csv("1,2,0\n\n1,2,3,0\n", {"row 3", "has 4 columns"});
  refused_csv("1,2,0\n1,two,0\n", {"row 2", "column 2", "\"two\"", "expected a number"});
  refused_csv("1,2,0\n1,,0\n", {"row 2", "column 2"});
  refused_csv("1,2,0\n1,2x,0\n", {"row 2", "\"2x\""});
  refused_csv("1,nan,0\n", {"row 1", "\"nan\""});
  refused_csv("1,1e99,0\n", {"row 1", "\"1e99\""});
  refused_csv("1,2,-1\n", {"row 1", "label is -1", "from 0"});
  refused_csv("1,2,0.5\n", {"row 1", "label is 0.5"});
  refused([] { tools::require_fit(csv("1,2,0\n3,4,9\n"), 2, 9); }, {"sample 2", "label is 9", "0 to 8"});
  refused([] { tools::require_fit(csv("1,2,0\n"), 3, 9); }, {"has 2 features", "expected 3"});
}

std::string bytes(std::initializer_list<int> values) {
  std::string text;
  for (int value : values) text.push_back(static_cast<char>(value));
  return text;
}

const std::string two_images = bytes({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 255});
const std::string two_labels = bytes({0, 0, 8, 1, 0, 0, 0, 2, 7, 3});

void refused_idx(const std::string& images, const std::string& labels, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
  refused([&] { tools::read_idx(file("images", images), file("labels", labels)); }, parts, line);
}

void idx() {
  const tools::Dataset data = tools::read_idx(file("images", two_images), file("labels", two_labels));
  expect(data.features == 2 && data.values == std::vector<float>{10, 20, 30, 255} && data.labels == std::vector<std::uint32_t>{7, 3});
  tools::write_idx(data, 1, 2, folder + "/images", folder + "/labels");
  expect(tools::read_file(folder + "/images") == two_images && tools::read_file(folder + "/labels") == two_labels);

  refused([] { tools::read_idx(folder + "/missing", folder + "/labels"); }, {"missing", "cannot be opened"});
  refused_idx("", two_labels, {"images", "0 bytes long", "16 bytes"});
  refused_idx(bytes({0x1f, 0x8b, 8}), two_labels, {"images", "gzip", "gunzip"});
  refused_idx(two_labels + two_labels, two_labels, {"images", "magic number 2049", "expected 2051"});
  refused_idx(two_images, two_images, {"labels", "magic number 2051", "expected 2049"});
  refused_idx(two_images.substr(0, 19), two_labels, {"images", "cut short", "19 bytes", "expected 20"});
  refused_idx(two_images + "x", two_labels, {"images", "too long", "21 bytes", "expected 20"});
  refused_idx(two_images, two_labels.substr(0, 9), {"labels", "cut short"});
  refused_idx(two_images, bytes({0, 0, 8, 1, 0, 0, 0, 1, 7}), {"labels", "1 labels", "expected 2"});
  refused_idx(bytes({0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2}), two_labels, {"images", "0 entries"});
  // Sizes whose product does not fit 64 bits.
  refused_idx(bytes({0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}), two_labels, {"images", "bytes"});
}

}  // namespace

int main() {
  std::filesystem::create_directories(folder);
  good_csv();
  bad_csv();
  idx();
  std::filesystem::remove_all(folder);
  return expectations_failed();
}
