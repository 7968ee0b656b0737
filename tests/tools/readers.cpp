// The readers of data files: what is good is read, what is not is refused with the file, the place and what was expected.
#include <cmath>
#include <filesystem>

#include "refused.hpp"
#include "tools/data/classes.hpp"
#include "tools/data/csv.hpp"
#include "tools/data/file.hpp"
#include "tools/data/idx.hpp"
#include "tools/data/shown.hpp"
#include "tools/data/source.hpp"

namespace {

using tools::Columns;
using tools::Missing;
using Labels = std::vector<std::uint32_t>;
using Names = std::vector<std::string>;
using Values = std::vector<float>;

tools::Dataset csv(std::string_view content, const Columns& columns = {}) {
  return tools::read_csv(file("rows.csv", content), columns);
}

void refused_csv(std::string_view content, std::initializer_list<std::string_view> parts, const Columns& columns = {},
                 int line = __builtin_LINE()) {
  refused([&] { csv(content, columns); }, parts, line);
}

void good_csv() {
  for (const char* content :
       {"1,-2.5,0\n3e1,4,1\n", "1;-2.5;0\n30;4;1", "1\t-2.5\t0\r\n30\t4\t1\r\n", "  1 -2.5  0\n30   4 1 \n\n",
        "width,height,class\n1,-2.5,0\n30,4,1\n", "\"width\",\"height\",\"class\"\n1, -2.5, 0\n+30, 4, 1\n",
        "# made by hand, 2020\n\n1,-2.5,0\n  # and so on\n30,4,1\n", "1,-2.5,0\r30,4,1\r", "1,\t-2.5,\t0\n30,\t4,\t1\n",
        "\xef\xbb\xbfwidth,height,class\n1,-2.5,0\n30,4,1\n",
        "\"width, left\",\"the \"\"height\"\"\",class\n\"1\",-2.5,\"0\"\n30,4,1\n", "0,1,class\n1,-2.5,0\n30,4,1\n",
        "a;b;c\n1;-2,5;0\n30;4;1\n", "1;-2,5;0\n30,0;4;1\n", "1\t-2,5\t0\n30\t4\t1\n"}) {
    const tools::Dataset data = csv(content);
    expect(data.features == 2 && data.size() == 2);
    expect(data.values == Values{1, -2.5f, 30, 4});
    expect(data.labels == Labels{0, 1} && data.classes.empty());
  }
  const tools::Dataset data = csv("7,1,2\n", {.label = "first"});
  expect(data.labels[0] == 7 && data.values == Values{1, 2});
  expect(csv("x,class,y\n1,4,2\n", {.label = "class"}).values == Values{1, 2});
  expect(csv("1,4,2\n", {.label = "2"}).labels == Labels{4});
  expect(csv("1,4,2\n", {.label = "none"}).values == Values{1, 4, 2});
  expect(csv("x,y,class\n1,4,2\n").place(1) == "column 2 (\"y\")");

  // The nearest float: 0 for what is too small, and denormal numbers are numbers.
  expect(csv("1.5316e-47,-1e-400,1e-40,0\n").values == Values{0, -0.0f, 1e-40f});
  expect(std::signbit(csv("1,-1e-400,0\n").values[1]));
  expect(csv("1;-2,5;0\n").notes == Names{folder + "/rows.csv: decimal commas were read as points"});
  expect(csv("1;-2.5;0\n").notes.empty());
  // Quoted between commas, a comma may stand between thousands as well.
  refused_csv("1,2,0\n\"5,02\",1,0\n", {"row 2", "column 1", "\"5,02\"", "a number with a comma", "a decimal point"});
  // A quote over several lines; the next row is row 3.
  refused_csv("a,b,\"c\nd\"\n1,x,0\n", {"row 3", "column 2", "\"x\""});
}

void classes() {
  const auto names = csv("5.1,3.5,setosa\n7,3.2,versicolor\n6.3,3.3,\"virginica, the last\"\n5,3,setosa\n");
  expect(names.classes == Names{"setosa", "versicolor", "virginica, the last"} && names.labels == Labels{0, 1, 2, 0});
  const auto signs = csv("1,2,-1\n3,4,1\n5,6,-1\n");
  expect(signs.classes == Names{"-1", "1"} && signs.labels == Labels{0, 1, 0});
  expect((csv("1,2,100000\n3,4,+7\n").classes == Names{"7", "100000"}));
  expect(csv("1,2,3.0\n").labels == Labels{3} && csv("1,2,1e1\n").labels == Labels{10});

  // Numbers from 0 that the network has stay; larger ones are numbered in their order.
  auto data = csv("1,2,9\n3,4,2\n5,6,40\n");
  tools::fit_classes(data, 41);
  expect(data.classes.empty() && data.labels == Labels{9, 2, 40});
  tools::fit_classes(data, 3);
  expect(data.classes == Names{"2", "9", "40"} && data.labels == Labels{1, 0, 2});
  refused(
      [] {
        auto four = csv("1,a\n1,b\n1,c\n1,d\n");
        tools::fit_classes(four, 3);
      },
      {"4 classes (\"a\", \"b\"", "at most 3"});
  refused(
      [] {
        auto four = csv("1,0\n1,1\n1,2\n1,3\n");
        tools::fit_classes(four, 3);
      },
      {"4 classes", "at most 3", "--target"});

  // Other data have the training data's numbers.
  auto other = csv("1,2,40\n3,4,9\n");
  tools::match_classes(other, data.classes, 3);
  expect(other.labels == Labels{2, 1});
  auto one = csv("1,1\n");
  tools::match_classes(one, signs.classes, 2);
  expect(one.labels == Labels{1});
  refused(
      [] {
        auto unknown = csv("1,2,rosa\n");
        tools::match_classes(unknown, {"setosa", "virginica"}, 2);
      },
      {"sample 1", "\"rosa\"", "\"setosa\", \"virginica\""});
  refused(
      [] {
        auto unknown = csv("1,2,0\n1,2,9\n");
        tools::match_classes(unknown, {}, 9);
      },
      {"sample 2", "\"9\"", "\"0\", \"1\""});
}

void targets() {
  const auto two = csv("a,b,c,d\n1,2,3,0.5\n5,6,7,-0.25\n", {.targets = {"3", "4"}});
  expect(two.features == 2 && two.targets == 2 && two.values == Values{1, 2, 5, 6} &&
         two.target_values == Values{3, 0.5f, 7, -0.25f});
  expect(two.labels.empty() && two.size() == 2 && two.target(1)[0] == 7);
  expect(two.target_names == Names{"c", "d"} && csv("1,2\n", {.targets = {"2"}}).target_names == Names{"column 2"});
  expect(csv("a,b,c,d\n1,2,3,0.5\n", {.targets = {"d", "b"}}).target_values == Values{0.5f, 2});
  expect(csv("a,b,c\n1,2,setosa\n", {.label = "last", .targets = {"a"}}).values == Values{2});
  expect(csv("1,2,3\n", {.target_is_input = true}).values == Values{1, 2, 3});
  expect(csv("1,2,setosa\n", {.label = "last", .target_is_input = true}).values == Values{1, 2});
  refused_csv("1,2,0.01257\n", {"row 1", "label is \"0.01257\"", "--target"});
  refused_csv("a,b\n1,2\n", {"no column \"c\"", "\"a\", \"b\""}, {.targets = {"c"}});
  refused_csv("1,2\n", {"no column 3", "1 to 2"}, {.targets = {"3"}});
  refused_csv("1,2\n", {"no column 0"}, {.targets = {"0"}});
  refused_csv("1,2\n", {"no column besides"}, {.targets = {"1", "2"}});
}

void missing_values() {
  for (const char* mark : {"", "?", "NA", "n/a", "NaN", "NULL"}) {
    const std::string content = "1,2,0\n3," + std::string{mark} + ",1\n5,6,1\n";
    refused_csv(content, {"row 2", "column 2", "--missing mean or drop"});
    const auto kept = csv(content, {.missing = Missing::kept});
    expect(kept.size() == 3 && std::isnan(kept.values[3]) && kept.values[5] == 6);
    const auto dropped = csv(content, {.missing = Missing::dropped});
    expect(dropped.values == Values{1, 2, 5, 6} && dropped.labels == Labels{0, 1});
    expect(dropped.notes == Names{folder + "/rows.csv: 1 rows with a missing value were left out"});
    const std::string classes = "1,2,a\n3,4," + std::string{mark} + "\n5,6,b\n";
    refused_csv(classes, {"row 2", "column 3", "a class: its number or name, or --missing drop"}, {.missing = Missing::kept});
    expect(csv(classes, {.missing = Missing::dropped}).classes == Names{"a", "b"});
  }
  refused_csv("1,2,0\n3,4,\n", {"row 2", "column 3 is empty", "separator"}, {.missing = Missing::kept});
  refused_csv("1,2,a,\n3,4,b,\n", {"row 1", "column 4 is empty", "separator"});
  refused_csv("1,2\n3,?\n", {"row 2", "column 2, a target, is missing"}, {.targets = {"2"}, .missing = Missing::kept});
  expect(csv("1,2\n3,?\n", {.targets = {"2"}, .missing = Missing::dropped}).size() == 1);
}

void bad_csv() {
  refused([] { tools::read_csv(folder + "/missing.csv"); }, {"missing.csv", "cannot be opened", "expected"});
  refused([] { tools::read_csv(folder); }, {"is a folder"});
  refused_csv("", {"rows.csv", "holds no rows"});
  refused_csv("a,b,c\n", {"holds no rows"});
  refused_csv("# nothing\n", {"holds no rows"});
  refused_csv("5\n", {"row 1", "one column"});
  // Row 1 decides, and is named when another does not fit.
  refused_csv("1,2,0\n1,0\n", {"row 2", "has 2 columns where row 1", "commas, has 3"});
  refused_csv("1,2,0\n\n1,2,3,0\n", {"row 3", "has 4 columns where row 1"});
  refused_csv("My measurements\n1,2,0\n", {"row 2", "has 1 column where row 1", "blanks, has 2", "title is to begin with #"});
  refused_csv("1,2,0\n1,two,0\n", {"row 2", "column 2", "\"two\"", "expected a number"});
  refused_csv("1,2,0\n1,2x,0\n", {"row 2", "\"2x\""});
  refused_csv("1,1e99,0\n", {"row 1", "\"1e99\""});
  refused_csv("1,inf,0\n", {"row 1", "\"inf\""});
  refused_csv("1,1e39,0\n", {"row 1", "\"1e39\"", "3.4e38"});
  refused_csv("1;1.234,5;0\n", {"row 1", "\"1.234,5\""});
  refused_csv("1,2,0.5\n", {"row 1", "label is \"0.5\""});
  refused_csv("1,\"2,0\n", {"row 1", "quote is opened"});
  refused([] { tools::require_fit(csv("1,2,0\n3,4,9\n"), 2, 9); }, {"sample 2", "label is 9", "0 to 8"});
  refused([] { tools::require_fit(csv("1,2,0\n"), 3, 9); }, {"has 2 features", "expected 3"});

  // What is no CSV is named.
  refused_csv("\x1f\x8b\x08 and so on", {"gzip", "gunzip"});
  refused_csv("PK\x03\x04 and so on", {"ZIP", ".xlsx"});
  refused_csv(bytes({0xff, 0xfe, '1', 0, ',', 0, '2', 0}), {"UTF-16", "iconv"});
  refused_csv(bytes({0xfe, 0xff, 0, '1', 0, ',', 0, '2'}), {"UTF-16", "iconv"});
  refused_csv(bytes({'1', 0, ',', 0, '2', 0, '\n', 0}), {"UTF-16 without a mark"});
  refused_csv(bytes({'1', ',', '2', 0, 0, 1}), {"bytes 0", "no text"});
  refused_csv("# " + std::string(80, '-') + "\n1,a\n2," + bytes({'b', 0, 'c', '\n'}), {"bytes 0", "no text"});
  refused_csv("\x93NUMPY", {"NumPy", "-x FILE.npy"});

  // Messages are readable whatever the bytes are.
  refused_csv("1,\x1b[2J\x07\xff,0\n2,2,0\n", {"\"\\x1b[2J\\x07\\xff\""});
  expect(tools::shown("größe") == "\"größe\"" && tools::shown("\xc3") == "\"\\xc3\"" &&
         tools::shown("\xe2\x80\xae") == "\"\\xe2\\x80\\xae\"");
  expect(tools::shown("\xc2\x85") == "\"\\xc2\\x85\"" &&
         tools::shown(std::string(60, 'a')) == "\"" + std::string(40, 'a') + "…\"");
  expect(tools::shown("\xed\xa0\x80") == "\"\\xed\\xa0\\x80\"" && tools::shown("€ 𝄞") == "\"€ 𝄞\"");
}

const std::string two_images = bytes({0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 10, 20, 30, 255});
const std::string two_labels = bytes({0, 0, 8, 1, 0, 0, 0, 2, 7, 3});

void refused_idx(const std::string& images, const std::string& labels, std::initializer_list<std::string_view> parts,
                 int line = __builtin_LINE()) {
  refused([&] { tools::read_idx(file("images", images), file("labels", labels)); }, parts, line);
}

void idx() {
  const tools::Dataset data = tools::read_idx(file("images", two_images), file("labels", two_labels));
  expect(data.features == 2 && data.values == Values{10, 20, 30, 255} && data.labels == Labels{7, 3});
  tools::write_idx(data, 1, 2, folder + "/images", folder + "/labels");
  expect(tools::read_file(folder + "/images") == two_images && tools::read_file(folder + "/labels") == two_labels);
  // With channels, and without labels.
  const tools::Dataset colour =
      tools::read_idx(file("colour", bytes({0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6})), "");
  expect(colour.features == 3 && colour.values == Values{1, 2, 3, 4, 5, 6} && colour.size() == 2 && colour.labels.empty());

  refused([] { tools::read_idx(folder + "/missing", folder + "/labels"); }, {"missing", "cannot be opened"});
  refused_idx("", two_labels, {"images", "0 bytes long", "16 bytes"});
  refused_idx(bytes({0x1f, 0x8b, 8}), two_labels, {"images", "gzip", "gunzip"});
  refused_idx(two_labels + two_labels, two_labels,
              {"images", "1 dimension, as labels have", "3 dimensions, or 4 in colour", "2051"});
  refused_idx(two_images, two_images, {"labels", "3 dimensions, as images have", "1 dimension", "2049"});
  refused_idx(bytes({0, 0, 13, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0}), two_labels, {"floats of 3 dimensions"});
  refused_idx("\x93NUMPY and what follows", two_labels, {"NumPy array", "-x FILE.npy"});
  refused_idx("a,b,c\n1,2,3\n4,5,6\n", two_labels, {"magic number 1630298668", "2051"});
  refused_idx(two_images.substr(0, 19), two_labels, {"images", "cut short", "19 bytes", "expected 20"});
  refused_idx(two_images + "x", two_labels, {"images", "too long", "21 bytes", "expected 20"});
  refused_idx(two_images, two_labels.substr(0, 9), {"labels", "cut short"});
  refused_idx(two_images, bytes({0, 0, 8, 1, 0, 0, 0, 1, 7}), {"labels", "1 labels", "expected 2"});
  refused_idx(bytes({0, 0, 8, 3, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2}), two_labels, {"images", "0 entries"});
  // Sizes whose product does not fit 64 bits.
  refused_idx(bytes({0, 0, 8, 3, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}), two_labels, {"images", "bytes"});
  refused_idx(bytes({0, 0, 8, 4, 0, 0, 0, 1, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255}), two_labels,
              {"images", "bytes"});
}

}  // namespace

// A link stays a link, and a device a device, full or not.
void replaced() {
  namespace files = std::filesystem;
  const std::string link = folder + "/link";
  tools::replace_file(folder + "/behind", "old");
  files::create_symlink("behind", link);
  tools::require_writable(link);
  tools::replace_file(link, "new");
  expect(files::is_symlink(link) && tools::read_file(folder + "/behind") == "new" && !files::exists(folder + "/behind.new"));
  for (const std::string device : {"/dev/null", "/dev/full"}) {
    if (!files::is_character_file(device)) continue;  // of another system
    files::create_symlink(device, folder + device.substr(4));  // which alone would be replaced
    tools::require_writable(folder + device.substr(4));
    const auto write = [&] { tools::replace_file(folder + device.substr(4), "new"); };
    if (device == "/dev/null") write();
    else refused(write, {"full: cannot be written"});
    expect(files::is_symlink(folder + device.substr(4)));
  }
}

int main() {
  std::filesystem::create_directories(folder);
  replaced();
  good_csv();
  classes();
  targets();
  missing_values();
  bad_csv();
  idx();
  std::filesystem::remove_all(folder);
  return expectations_failed();
}
