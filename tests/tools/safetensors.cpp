// The reader of safetensors: what is whole is read to the last bit, what is damaged is refused in a sentence with the field.
#include <bit>
#include <cmath>
#include <filesystem>
#include <functional>
#include <limits>

#include "expect.hpp"
#include "tools/data/failure.hpp"
#include "tools/safetensors/tensors.hpp"

using namespace tools;
using namespace tools::safetensors;

namespace {

std::string file_of(const std::string& header, const std::string& data) {
  std::string bytes;
  for (int k = 0; k < 8; ++k) bytes += static_cast<char>(header.size() >> (8 * k) & 0xff);
  return bytes + header + data;
}

std::string bytes_of_words(std::initializer_list<std::uint32_t> words, int width) {
  std::string bytes;
  for (const std::uint32_t word : words)
    for (int k = 0; k < width; ++k) bytes += static_cast<char>(word >> (8 * k) & 0xff);
  return bytes;
}

// The sentence that the bytes are refused with; empty if they are read.
std::string refusal_of(const std::string& bytes) {
  try {
    const Tensors tensors = parse("w.safetensors", bytes);
    for (const Tensor& tensor : tensors.list)
      if (is_real(tensor.dtype)) static_cast<void>(tensors.floats(tensor));
    return "";
  } catch (const Failure& failure) {
    return failure.what();
  }
}

void expect_refused(const std::string& bytes, const std::string& sentence, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  const std::string found = refusal_of(bytes);
  if (found == "w.safetensors: " + sentence) return;
  report_failure(file, line, found.c_str());
}

const std::string two =
    R"({"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[],"data_offsets":[8,12]}})";
const std::string three_floats = bytes_of_words({0x3f800000u, 0x80000000u, 0x00000001u}, 4);

void whole_files() {
  const Tensors tensors = parse("w", file_of(two, three_floats));
  expect(tensors.list.size() == 2);
  expect(tensors.list[0].name == "a" && tensors.list[0].shape == std::vector<std::uint64_t>{2, 1});
  const auto a = tensors.floats(tensors.list[0]), b = tensors.floats(*tensors.find("b"));
  expect(a.size() == 2 && a[0] == 1.0f && std::bit_cast<std::uint32_t>(a[1]) == 0x80000000u);
  expect(b.size() == 1 && std::bit_cast<std::uint32_t>(b[0]) == 1u);
  expect(tensors.find("c") == nullptr);

  // In the order of their data, whatever the header's is; spaces may end it; an empty tensor takes no room.
  const Tensors other = parse("w", file_of(R"({"b":{"data_offsets":[4,8],"dtype":"F32","shape":[1]},
    "__metadata__":{"format":"pt","\u00e9\ud83d\ude00\n":"\"\\/"},
    "n":{"dtype":"F32","shape":[0,3],"data_offsets":[4,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}   )",
                                           three_floats.substr(0, 8)));
  expect(other.list.size() == 3 && other.list[0].name == "a" && other.list[1].name == "n" && other.list[2].name == "b");
  expect(other.metadata.at("format") == "pt" && other.metadata.at("\xc3\xa9\xf0\x9f\x98\x80\n") == "\"\\/");
  expect(parse("w", file_of("{}", "")).list.empty());
}

// One tensor of each dtype, of bits whose value is known.
void dtypes() {
  const auto values = [](const std::string& dtype, int width, std::initializer_list<std::uint32_t> words) {
    const std::string end = std::to_string(words.size() * static_cast<std::size_t>(width));
    const Tensors tensors = parse("w", file_of(R"({"a":{"dtype":")" + dtype + R"(","shape":[)" + std::to_string(words.size()) +
                                                   R"(],"data_offsets":[0,)" + end + "]}}",
                                               bytes_of_words(words, width)));
    return tensors.floats(tensors.list[0]);
  };
  // 1, the least and the greatest normal, the least and the greatest subnormal, -0, -2, a third
  const auto half = values("F16", 2, {0x3c00, 0x0400, 0x7bff, 0x0001, 0x03ff, 0x8000, 0xc000, 0x3555});
  expect(half == std::vector<float>{1, 0x1p-14f, 65504, 0x1p-24f, 0x1.ff8p-15f, -0.0f, -2, 0x1.554p-2f});
  expect(std::signbit(half[5]));
  expect(values("BF16", 2, {0x3f80, 0x0080, 0x7f7f, 0x0001, 0xc000}) ==
         std::vector<float>{1, 0x1p-126f, 0x1.fep127f, 0x1p-133f, -2});

  // F64 is rounded to nearest: 1 + 2^-24 is a tie, to even; 1 + 2^-24 + 2^-52 is not.
  std::string doubles;
  for (const double value : {0x1.000001p0, 0x1.0000010000001p0, -0x1p-149}) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (int k = 0; k < 8; ++k) doubles += static_cast<char>(bits >> (8 * k) & 0xff);
  }
  const Tensors wide = parse("w", file_of(R"({"a":{"dtype":"F64","shape":[3],"data_offsets":[0,24]}})", doubles));
  expect(wide.floats(wide.list[0]) == std::vector<float>{1, 0x1.000002p0f, -0x1p-149f});

  // Whole numbers are read, and are no weights.
  const Tensors count = parse("w", file_of(R"({"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]}})", std::string(8, '\0')));
  expect(count.list[0].dtype == Dtype::i64);
  try {
    static_cast<void>(count.floats(count.list[0]));
    expect(false);
  } catch (const Failure& failure) {
    expect(std::string{failure.what()} ==
           "w: \"n\": has numbers of I64; expected F32, F16, BF16 or F64; in PyTorch, .float() makes F32");
  }
}

std::string tensor(const std::string& fields) { return R"({"a":{)" + fields + "}}"; }

void damaged_files() {
  std::string many;
  for (int k = 0; k < 16'385; ++k)
    many += (k == 0 ? "{\"" : ",\"") + std::to_string(k) + R"(":{"dtype":"F32","shape":[0],"data_offsets":[0,0]})";
  expect_refused(file_of(many + "}", ""), "header: has more than 16384 tensors; expected those of one network");
  expect_refused(
      "PK\x03\x04 a zip of pickles",
      "is an archive, as torch.save writes; expected a safetensors file: safetensors.torch.save_file(model.state_dict(), FILE)");
  expect_refused("1234567",
                 "is 7 bytes long; expected a safetensors file, which begins with 8 bytes for the length of its header");
  expect_refused(file_of(two, "").substr(0, 30),
                 "says that its header has 109 bytes, and 22 follow; expected a safetensors file, whole; load or save it again");
  expect_refused(file_of("", ""), "header: begins with \"\"; expected {, as JSON of a safetensors file does");
  expect_refused(file_of(" {}", ""), "header: begins with \" {}\"; expected {, as JSON of a safetensors file does");
  expect_refused(file_of("{", ""), "header: is no whole JSON: it ends at byte 1; expected a string");
  expect_refused(file_of("{} x", ""),
                 "header: is no JSON: it has \"x\" at byte 3; expected nothing but spaces behind the object");
  expect_refused(file_of(R"({"a":[1]})", ""), "header: \"a\": is no JSON: it has \"[1]}\" at byte 5; expected an object");
  expect_refused(file_of(R"({"a" {)", ""), "header: is no JSON: it has \"{\" at byte 5; expected a colon behind the name \"a\"");
  expect_refused(file_of(tensor(R"("dtype":"F33","shape":[],"data_offsets":[0,4])"), "1234"),
                 "header: \"a\".dtype: is \"F33\", which is not known; expected F32, F16, BF16 or another dtype of 8 to 64 bits; "
                 "in PyTorch, .float() makes F32");
  expect_refused(file_of(tensor(R"("shape":[],"data_offsets":[0,4])"), "1234"),
                 "header: \"a\": has no dtype; expected dtype, shape and data_offsets");
  expect_refused(file_of(tensor(R"("dtype":"F32","shape":[],"data_offsets":[0,4],"x":1)"), "1234"),
                 "header: \"a\": has a field \"x\"; expected dtype, shape and data_offsets");
  expect_refused(file_of(tensor(R"("dtype":"F32","dtype":"F32")"), ""),
                 "header: \"a\": has \"dtype\" twice; expected each name once");
  expect_refused(file_of(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},"a":{}})", "1234"),
                 "header: has \"a\" twice; expected each name once");
  const auto offsets = [](const std::string& shape, const std::string& numbers) {
    return tensor(R"("dtype":"F32","shape":[)" + shape + R"(],"data_offsets":[)" + numbers + "]");
  };
  expect_refused(file_of(offsets("2", "0"), "12345678"),
                 "header: \"a\".data_offsets: has 1 numbers; expected two: where its bytes begin and end");
  expect_refused(file_of(offsets("2", "8,0"), "12345678"),
                 "header: \"a\".data_offsets: end at 0, before they begin at 8; expected begin, then end");
  expect_refused(file_of(offsets("2", "0,8"), "1234567"),
                 "header: \"a\".data_offsets: end at byte 8 of 7 bytes of data; expected the file whole; load or save it again");
  expect_refused(
      file_of(offsets("3", "0,8"), "12345678"),
      "header: \"a\".data_offsets: hold 8 bytes, and 3 numbers of F32 take 12; expected as many as dtype and shape say");
  expect_refused(file_of(offsets("2", "0,8"), "123456789"),
                 "has 1 bytes behind its last tensor; expected an end after 8 bytes of data");
  expect_refused(file_of(offsets("1", "4,8"), "12345678"),
                 "header: \"a\".data_offsets: leave a gap of 4 bytes before them; expected tensors one behind the other, this "
                 "one from byte 0 on");
  expect_refused(
      file_of(R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
              three_floats),
      "header: \"b\".data_offsets: begin at 4, within the data of \"a\"; expected tensors one behind the other, this one from "
      "byte 8 on");
  expect_refused(file_of(offsets("4294967296,4294967296", "0,0"), ""),
                 "header: \"a\".shape: is 4294967296x4294967296, more than 2^30 bytes; expected a tensor that the file can hold");
  expect_refused(file_of(offsets("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "0,4"), "1234"),
                 "header: \"a\".shape: has 17 extents; expected at most 16");
  const std::string whole = "; expected a whole number from 0 to 2^64 - 1";
  expect_refused(file_of(offsets("-1", "0,4"), "1234"),
                 "header: \"a\".shape: is no JSON: it has \"-1],\"data_of\" at byte 29" + whole);
  expect_refused(file_of(offsets("1.0", "0,4"), "1234"),
                 "header: \"a\".shape: is a number with a fraction or an exponent at byte 29" + whole);
  expect_refused(file_of(offsets("01", "0,4"), "1234"), "header: \"a\".shape: is a number that begins with 0 at byte 29" + whole);
  expect_refused(file_of(offsets("18446744073709551616", "0,4"), "1234"),
                 "header: \"a\".shape: is a number beyond 2^64 at byte 29" + whole);
  expect(refusal_of(file_of(offsets("18446744073709551615,0", "0,0"), "")).empty());
  expect_refused(file_of(R"({"__metadata__":{"a":1}})", ""),
                 "header: __metadata__.\"a\": is no JSON: it has \"1}}\" at byte 21; expected a string");
  expect_refused(file_of("{\"a\xff\":1}", ""), "header: is no JSON: it has \"\\xff\":1}\" at byte 3; expected text in UTF-8");
  expect_refused(file_of(R"({"a\ud800":1})", ""),
                 "header: is no JSON: it has \"\":1}\" at byte 9; expected both halves of a character beyond \\uffff");
  expect_refused(file_of(R"({"\x":1})", ""),
                 "header: is no JSON: it has \"x\":1}\" at byte 3; expected an escape of JSON behind the backslash");
  expect_refused(file_of("{\"a\n\":1}", ""),
                 "header: is no JSON: it has \"\\x0a\":1}\" at byte 3; expected a string that ends by \"");
  expect_refused(file_of("{" + std::string(5000, '['), ""),
                 "header: is no JSON: it has \"[[[[[[[[[[[[\" at byte 1; expected a string");
  expect_refused(file_of(two, bytes_of_words({0x3f800000u, 0x7fc00000u, 1u}, 4)),
                 "\"a\": holds a number that is not finite, at place 1; expected weights of a training that did not diverge");
}

// Cut anywhere, it is refused; with any byte changed, it is read or refused.
void every_byte() {
  const std::string bytes = file_of(two, three_floats);
  expect(refusal_of(bytes).empty());
  for (std::size_t length = 0; length < bytes.size(); ++length) expect(!refusal_of(bytes.substr(0, length)).empty());
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (const int change : {1, 2, 16, 32, 128, 255}) {
      std::string other = bytes;
      other[at] = static_cast<char>(other[at] ^ change);
      static_cast<void>(refusal_of(other));
    }
}

// What is written is read again, to the bit.
void round_trip() {
  const std::vector<float> numbers{1.5f, -0.0f, 0x1p-149f, std::numeric_limits<float>::max(), 0.1f, 3};
  const std::string bytes = bytes_of({{"a \"\\\n", {2, 3}, numbers}, {"n", {}, {}, true}, {"b", {1}, {7}}}, {{"format", "pt"}});
  const Tensors tensors = parse("w", bytes);
  expect((bytes.size() - tensors.data.size()) % 8 == 0);
  expect(tensors.list.size() == 3 && tensors.metadata.at("format") == "pt");
  expect(tensors.list[0].name == "a \"\\\n" && tensors.list[0].shape == std::vector<std::uint64_t>{2, 3});
  const auto found = tensors.floats(tensors.list[0]);
  for (std::size_t i = 0; i < numbers.size(); ++i)
    expect_equal(std::bit_cast<std::uint32_t>(found[i]), std::bit_cast<std::uint32_t>(numbers[i]));
  expect(tensors.list[1].dtype == Dtype::i64 && tensors.list[1].shape.empty() && tensors.list[1].size() == 1);
}

// Files made by others, if they are there: those called valid_… and dtype_bf16, dtype_f64 are whole, the others are not.
void files_of_others() {
  if (!std::filesystem::exists(FILES_OF_OTHERS)) return;
  for (const auto& entry : std::filesystem::directory_iterator{FILES_OF_OTHERS}) {
    if (entry.path().extension() != ".safetensors") continue;
    const std::string name = entry.path().stem().string();
    const bool whole = name.starts_with("valid") || name == "dtype_bf16" || name == "dtype_f64";
    try {
      const Tensors tensors = read(entry.path().string());
      for (const Tensor& one : tensors.list) expect(tensors.floats(one).size() == one.size());
      if (!whole) report_failure(name.c_str(), 0, "is read");
    } catch (const Failure& failure) {
      if (whole) report_failure(name.c_str(), 0, failure.what());
    }
  }
}

}  // namespace

int main() {
  whole_files();
  dtypes();
  damaged_files();
  every_byte();
  round_trip();
  files_of_others();
  return expectations_failed();
}
