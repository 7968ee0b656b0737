// Numbers as characters.
#include <array>

#include "expect.hpp"
#include "nn/text.hpp"

namespace {

struct Line {
  std::array<char, 80> buffer{};
  std::size_t count = 0;
  void operator()(std::string_view text) {
    for (char c : text) buffer[count++] = c;
  }
};

void reads(std::string_view expected, auto... parts) {
  Line line;
  nn::print(line, parts...);
  expect(std::string_view(line.buffer.data(), line.count) == expected);
}

}  // namespace

int main() {
  reads("a 1 -2 0!", "a ", 1, ' ', -2, ' ', 0u, '!');
  reads("18446744073709551615 -9223372036854775808", ~std::uint64_t{0}, " ", std::int64_t{-9223372036854775807 - 1});
  reads("1000000000 1000000001000000007", std::uint64_t{1'000'000'000}, " ", std::uint64_t{1'000'000'001'000'000'007});
  reads("3.14 -0.50 2.0 1 0.000", nn::decimal(3.14159f, 2), " ", nn::decimal(-0.5f, 2), " ", nn::decimal(1.96f, 1), " ",
        nn::decimal(0.7f, 0), " ", nn::decimal(0.0004f, 3));
  reads("nan large -large", nn::decimal(__builtin_nanf(""), 1), " ", nn::decimal(1e20f, 1), " ", nn::decimal(-1e20f, 1));
  reads("0000beef 00000000deadbeef", nn::hex(0xbeefu), " ", nn::hex(std::uint64_t{0xdeadbeef}));
  // A fixed-point number has finitely many digits.
  using nn::Fixed;
  reads("0 3 -128 127", Fixed<8, 0>{}, " ", Fixed<16, 10>{3072}, " ", Fixed<8, 0>::lowest(), " ", Fixed<8, 0>::highest());
  reads("0.5 -0.5 -0.0009765625 31.9990234375", Fixed<16, 10>{512}, " ", Fixed<16, 10>{-512}, " ", Fixed<16, 10>{-1}, " ",
        Fixed<16, 10>::highest());
  reads("0.0000000004656612873077392578125 -1", Fixed<32, 31>{1}, " ", Fixed<32, 31>::lowest());
  reads("-0.999999999999999999891579782751449556599254719913005828857421875", Fixed<64, 63>{-9223372036854775807});
  reads("-9223372036854775808 2147483648.5", Fixed<64, 0>::lowest(), " ", Fixed<64, 31>{(std::int64_t{1} << 62) + (1 << 30)});
  reads("[  -0.25]", "[", nn::right(Fixed<16, 10>{-256}, 7), "]");
  reads("[  ab][ab  ][   7]", "[", nn::right(std::string_view{"ab"}, 4), "][", nn::left(std::string_view{"ab"}, 4), "][",
        nn::right(7, 4), "]");
  return expectations_failed();
}
