// The readers of .npy files and of folders of images.
#include <cmath>
#include <filesystem>

#include "refused.hpp"
#include "tools/data/image_file.hpp"
#include "tools/data/image_folder.hpp"
#include "tools/data/npy.hpp"

namespace {

using Labels = std::vector<std::uint32_t>;
using Names = std::vector<std::string>;
using Values = std::vector<float>;
using Numbers = std::vector<double>;

// As NEP 1 describes it: magic, version, length of the header in 2 or 4 bytes, a dictionary padded with blanks to 64 bytes.
std::string npy(const std::string& type, const std::string& shape, const std::string& data, int version = 1,
                const char* fortran = "False") {
  std::string header = "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
  const std::size_t before = version == 1 ? 10 : 12;
  header.resize((before + header.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  header += '\n';
  std::string file = "\x93NUMPY" + bytes({version, 0});
  for (std::size_t k = 0; k < before - 8; ++k) file += static_cast<char>(header.size() >> (8 * k));
  return file + header + data;
}

Numbers numbers(const std::string& type, const std::string& shape, const std::string& data, int version = 1) {
  return tools::read_npy(file("x.npy", npy(type, shape, data, version))).numbers;
}

void types() {
  expect(numbers("|u1", "(2,)", bytes({1, 255})) == Numbers{1, 255});
  expect(numbers("|i1", "(2,)", bytes({1, 255})) == Numbers{1, -1});
  expect(numbers("|b1", "(2,)", bytes({1, 0})) == Numbers{1, 0});
  expect(numbers("<i2", "(1,)", bytes({0xfe, 0xff})) == Numbers{-2} &&
         numbers(">i2", "(1,)", bytes({0xff, 0xfe})) == Numbers{-2});
  expect(numbers("<u4", "(1,)", bytes({1, 0, 0, 0x80})) == Numbers{2147483649.0});
  expect(numbers("<i8", "(1,)", bytes({0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})) == Numbers{-1});
  expect(numbers("<f2", "(4,)", bytes({0, 0x3c, 1, 0, 0xff, 0xfb, 0, 0x35})) == Numbers{1, 0x1p-24, -65504, 0.3125});
  expect(numbers("<f4", "(1,)", bytes({0, 0, 0x20, 0xc0}), 2) == Numbers{-2.5});
  expect(numbers(">f8", "(1, 1)", bytes({0xc0, 4, 0, 0, 0, 0, 0, 0}), 3) == Numbers{-2.5});
  const auto in_columns = [](const std::string& shape) {
    return tools::read_npy(file("x.npy", npy("|u1", shape, bytes({0, 1, 2, 3, 4, 5}), 1, "True"))).numbers;
  };
  expect(in_columns("(2, 3)") == Numbers{0, 2, 4, 1, 3, 5} && in_columns("(6,)") == Numbers{0, 1, 2, 3, 4, 5});
  expect(in_columns("(1, 3, 2)") == Numbers{0, 3, 1, 4, 2, 5});
  const auto text =
      tools::read_npy(file("x.npy", npy("<U2", "(2,)", bytes({'a', 0, 0, 0, 0xe4, 0, 0, 0, 'b', 0, 0, 0, 0, 0, 0, 0}))));
  expect(text.texts == Names{"aä", "b"} && text.shape == std::vector<std::size_t>{2});
  expect(tools::read_npy(file("x.npy", npy("|S3", "(2,)", "abcd" + bytes({0, 0})))).texts == Names{"abc", "d"});
}

void rows() {
  const std::string x = file("x.npy", npy("|u1", "(2, 2, 1)", bytes({1, 2, 3, 4})));
  const auto classes = tools::read_npy_rows(x, file("y.npy", npy("<i2", "(2,)", bytes({1, 0, 0, 0}))), {});
  expect(classes.features == 2 && classes.values == Values{1, 2, 3, 4} && classes.labels == Labels{1, 0});
  const auto named = tools::read_npy_rows(x, file("y.npy", npy("|S1", "(2, 1)", "ba")), {});
  expect(named.classes == Names{"a", "b"} && named.labels == Labels{1, 0});
  const std::string y = file("y.npy", npy("<f4", "(2, 1)", bytes({0, 0, 0x20, 0xc0, 0, 0, 0x80, 0x3f})));
  const auto targets = tools::read_npy_rows(x, y, {.targets = {"y"}});
  expect(targets.targets == 1 && targets.target_values == Values{-2.5f, 1} && targets.labels.empty());
  expect(tools::read_npy_rows(x, "", {.target_is_input = true}).size() == 2);
  refused([&] { tools::read_npy_rows(x, y, {}); }, {"y.npy: sample 1", "\"-2.5\"", "--target y"});
  refused(
      [&] {
        tools::read_npy_rows(x, file("y.npy", npy("|u1", "(3,)", bytes({1, 0, 0}))), {});
      },
      {"y.npy", "3 rows", "expected 2"});
  refused(
      [&] {
        tools::read_npy_rows(x, file("y.npy", npy("|u1", "(2, 2)", bytes({1, 0, 0, 1}))), {});
      },
      {"2 numbers a row", "--target y"});
  const std::string nothing = file("y.npy", npy("|u1", "(2, 0)", ""));
  refused([&] { tools::read_npy_rows(x, nothing, {.targets = {"y"}}); }, {"y.npy: holds rows without numbers; expected"});

  const std::string gap = file("x.npy", npy("<f2", "(2, 2)", bytes({0, 0x3c, 0, 0x7e, 0, 0x3c, 0, 0x40})));  // 1 nan 1 2
  const std::string labels = file("y.npy", npy("|u1", "(2,)", bytes({5, 6})));
  refused([&] { tools::read_npy_rows(gap, labels, {}); }, {"sample 1: number 2 is not finite", "--missing"});
  expect(std::isnan(tools::read_npy_rows(gap, labels, {.missing = tools::Missing::kept}).values[1]));
  const auto dropped = tools::read_npy_rows(gap, labels, {.missing = tools::Missing::dropped});
  expect(dropped.values == Values{1, 2} && dropped.labels == Labels{6} && dropped.notes.size() == 1);
}

// Classes and targets that are missing are refused, or their rows left out.
void missing_answers() {
  const std::string x = file("x.npy", npy("|u1", "(2, 2)", bytes({1, 2, 3, 4})));
  const std::string y = file("y.npy", npy("<f2", "(2,)", bytes({0, 0x7e, 0, 0x40})));  // nan 2
  refused([&] { tools::read_npy_rows(x, y, {}); }, {"y.npy: sample 1: the class is \"nan\", a missing one", "--missing drop"});
  refused([&] { tools::read_npy_rows(x, y, {.targets = {"y"}}); }, {"y.npy: sample 1: number 1", "a number, or --missing drop"});
  const auto classes = tools::read_npy_rows(x, y, {.missing = tools::Missing::dropped});
  expect(classes.values == Values{3, 4} && classes.labels == Labels{2} && classes.notes.size() == 1);
  const auto targets = tools::read_npy_rows(x, y, {.targets = {"y"}, .missing = tools::Missing::dropped});
  expect(targets.values == Values{3, 4} && targets.target_values == Values{2});
  const std::string names = file("y.npy", npy("|S3", "(2,)", "catNA" + bytes({0})));
  expect(tools::read_npy_rows(x, names, {.missing = tools::Missing::dropped}).classes == Names{"cat"});
  const std::string endless = file("y.npy", npy("<f2", "(2,)", bytes({0, 0x7c, 0, 0x40})));
  refused([&] { tools::read_npy_rows(x, endless, {.missing = tools::Missing::dropped}); }, {"y.npy: sample 1", "\"inf\""});
}

void refused_npy(const std::string& content, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
  refused([&] { tools::read_npy(file("x.npy", content)); }, parts, line);
}

void bad_arrays() {
  refused_npy("1,2,0\n", {"x.npy", "no NumPy array", "numpy.save"});
  refused_npy("", {"is empty"});
  refused_npy(bytes({0x1f, 0x8b, 8}), {"gzip", "gunzip"});
  refused_npy("PK\x03\x04", {".npz", "numpy.save", "unzip"});
  refused_npy("\x93NUMPY" + bytes({4, 0, 8, 0}), {"version 4", "1, 2 or 3"});
  refused_npy("\x93NUMPY" + bytes({1, 0, 118, 0}) + "{'descr'", {"cut short in its header"});
  refused_npy(npy("|u1", "(2,)", bytes({1})), {"cut short: 1 bytes", "expected 2"});
  refused_npy(npy("|u1", "(2,)", bytes({1, 2, 3})), {"too long: 3 bytes"});
  refused_npy(npy("|u1", "(99999999999, 99999999999, 99999999999)", bytes({1})), {"cut short"});
  refused_npy(npy("<c8", "(1,)", bytes({1, 2, 3, 4, 5, 6, 7, 8})), {"type \"<c8\"", "astype"});
  refused_npy(npy("|O", "(1,)", bytes({1, 2, 3, 4, 5, 6, 7, 8})), {"type \"|O\""});
  std::string records = npy("|u1", "(1,)", bytes({1}));
  records.replace(records.find("'|u1'"), 5, "[('a'");
  refused_npy(records, {"several types"});
}

void images() {
  const auto grey = tools::read_image_file(file("a.pgm", "P5\n# drawn\n2 1\n255\n" + bytes({0, 255})));
  expect(grey.height == 1 && grey.width == 2 && grey.channels == 1 && grey.pixels == Values{0, 255});
  expect(tools::read_image_file(file("a.pgm", "P2 2 1 15\n0 15")).pixels == Values{0, 255});
  expect(tools::read_image_file(file("a.pgm", "P5 1 1 65535\n" + bytes({0xff, 0xff}))).pixels == Values{255});
  const auto colour = tools::read_image_file(file("a.ppm", "P6 1 1 255\n" + bytes({10, 20, 30})));
  expect(colour.channels == 3 && colour.pixels == Values{10, 20, 30});
  expect(colour.with_channels(1).pixels == Values{0.299f * 10 + 0.587f * 20 + 0.114f * 30});
  expect(grey.with_channels(3).pixels == Values{0, 0, 0, 255, 255, 255});

  const auto bmp = [](int bits, int height, const std::string& rest) {
    const int begin = 54 + (bits <= 8 ? 8 : 0);
    return "BM" + bytes({0, 0, 0, 0, 0, 0, 0, 0, begin, 0, 0, 0, 40, 0, 0, 0, 1, 0, 0, 0}) +
           bytes({height & 255, height >> 8 & 255, height >> 16 & 255, height >> 24 & 255}) + bytes({1, 0, bits, 0}) +
           std::string(24, '\0') + rest;
  };
  // From the lowest row up, blue first, rows of 4 bytes.
  expect(tools::read_image_file(file("a.bmp", bmp(24, 2, bytes({3, 2, 1, 0, 6, 5, 4, 0})))).pixels == Values{4, 5, 6, 1, 2, 3});
  expect(tools::read_image_file(file("a.bmp", bmp(24, -2, bytes({3, 2, 1, 0, 6, 5, 4, 0})))).pixels == Values{1, 2, 3, 4, 5, 6});
  expect(tools::read_image_file(file("a.bmp", bmp(8, 1, bytes({0, 0, 0, 0, 7, 8, 9, 0, 1, 0, 0, 0})))).pixels == Values{9, 8, 7});
  // Of several pixels in a byte the leftmost is the highest.
  const std::string two = bytes({1, 1, 1, 0, 7, 8, 9, 0});
  const auto wider = [&](int bits, int width, const std::string& rest) {
    std::string content = bmp(bits, 1, rest);
    content[18] = static_cast<char>(width);
    return content;
  };
  expect(tools::read_image_file(file("a.bmp", wider(4, 3, two + bytes({0x01, 0x10, 0, 0})))).pixels ==
         Values{1, 1, 1, 9, 8, 7, 9, 8, 7});
  const auto bits = tools::read_image_file(file("a.bmp", wider(1, 10, two + bytes({0x40, 0x40, 0, 0})))).pixels;
  expect(bits[0] == 1 && bits[3] == 9 && bits[4] == 8 && bits[6] == 1 && bits[27] == 9);
  // Masks: as usual, or refused.
  const auto masked = [&](int blue) {
    std::string content = bmp(32, 1, bytes({0, 0, 0xff, 0, 0, 0xff, 0, 0, blue, 0, 0, 0, 3, 2, 1, 0}));
    content[10] = 66, content[30] = 3;
    return content;
  };
  expect(tools::read_image_file(file("a.bmp", masked(0xff))).pixels == Values{1, 2, 3});

  const auto refuse = [](const std::string& content, std::initializer_list<std::string_view> parts, int line = __builtin_LINE()) {
    refused([&] { tools::read_image_file(file("a", content)); }, parts, line);
  };
  refuse(bmp(8, 1, bytes({0, 0, 0, 0, 7, 8, 9, 0, 200, 0, 0, 0})), {"palette"});
  refuse(bmp(24, 2, bytes({3, 2, 1, 0})), {"cut short"});
  refuse(bmp(24, 0, ""), {"1 x 0 pixels"});
  refuse(bmp(8, 1, bytes({0, 0, 0, 0, 7, 8, 9, 0, 2, 0, 0, 0})), {"palette"});  // not what lies behind it
  refuse(bmp(16, 1, bytes({0, 0, 0, 0})), {"16 bits", "save it as one of 24"});
  refuse(masked(0x7f), {"masks of its own", "24 bits"});
  std::string early = bmp(24, 1, bytes({0, 0, 0, 0}));
  early[10] = 0;
  refuse(early, {"pixels at byte 0", "expected 54 or more"});
  refuse("BM" + bytes({0, 0, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 12, 0, 0, 0, 1, 0, 1, 0, 1, 0, 24, 0, 1, 2, 3, 0}),
         {"OS/2", "Windows"});
  refuse("BM", {"cut short"});
  refuse("P5 2 1 255\n", {"cut short"});
  refuse("P5 2 1 0\n", {"largest value"});
  refuse("P5 99999999999999999999 99999999 255\n", {"pixels"});
  refuse("P2 2 1 255\n1", {"no number"});
  refuse("P2 2 1 15\n15 16", {"the value 16 for number 2", "expected 0 to 15"});
  refuse("P5 1 1 256\n" + bytes({1, 1}), {"the value 257", "expected 0 to 256"});
  refuse("P6", {"no number"});
  refuse("\x89PNG\r\n", {"PNG", "PGM, PPM or BMP"});
  refuse("\xff\xd8\xff", {"JPEG"});
  refuse("", {"is empty"});
  refuse("GIF89a", {"GIF"});
  refuse("RIFF1234WEBPVP8", {"WebP"});
  refuse("P4 8 1\n1", {"PBM"});
  refuse("Pf 1 1 -1\n1234", {"PFM"});
  refuse("hello", {"no image"});
  refuse("P5 1 1 255\nxP5 1 1 255\ny", {"goes on behind its last pixel, at byte 12", "one image a file"});
  expect(tools::read_image_file(file("a.pgm", "P5 1 1 255\nx\n")).pixels == Values{120});
}

void folders() {
  std::filesystem::create_directories(folder + "/classes/cat");
  std::filesystem::create_directories(folder + "/classes/ape");
  refused([] { tools::read_image_folder(folder + "/classes", 1); }, {"no folder with images"});
  file("classes/cat/b.pgm", "P2 1 2 255 3 4");
  file("classes/cat/a.pgm", "P2 1 2 255 1 2");
  file("classes/cat/notes.txt", "sunny");
  file("classes/ape/z.ppm", "P3 1 2 255 5 5 5 6 6 6");
  const auto data = tools::read_image_folder(folder + "/classes", 1);
  expect(data.values == Values{5, 6, 1, 2, 3, 4} && data.classes == Names{"ape", "cat"} && data.labels == Labels{0, 1, 1} &&
         data.features == 2);
  expect(tools::read_image_folder(folder + "/classes", 3).features == 6);
  file("classes/cat/c.pgm", "P2 2 1 255 3 4");
  refused([] { tools::read_image_folder(folder + "/classes", 1); }, {"c.pgm", "2 x 1 pixels", "1 x 2 pixels", "z.ppm"});
  file("classes/cat/c.pgm", "P2 1 2 255 3 4");
  file("classes/cat/d.PNG", "");
  refused([] { tools::read_image_folder(folder + "/classes", 1); }, {"d.PNG", "an image, but no PGM", "convert"});
  refused([] { tools::read_image_folder(folder + "/none", 1); }, {"is no folder"});
}

}  // namespace

int main() {
  std::filesystem::create_directories(folder);
  types();
  rows();
  missing_answers();
  bad_arrays();
  images();
  folders();
  std::filesystem::remove_all(folder);
  return expectations_failed();
}
