#include "tools/safetensors/json.hpp"

#include "tools/data/text.hpp"

namespace tools::safetensors {

namespace {

// How many bytes of UTF-8 the character at the beginning has; 0 if it is none (RFC 3629).
std::size_t utf8_length(std::string_view from) {
  const auto byte = [&](std::size_t k) { return k < from.size() ? static_cast<unsigned char>(from[k]) : 0u; };
  const auto follows = [&](std::size_t k) { return byte(k) >= 0x80 && byte(k) < 0xc0; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first < 0xf0) {
    const bool shortest = first != 0xe0 || byte(1) >= 0xa0, surrogate = first == 0xed && byte(1) >= 0xa0;
    return follows(1) && follows(2) && shortest && !surrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first < 0xf5) {
    const bool shortest = first != 0xf0 || byte(1) >= 0x90, beyond = first == 0xf4 && byte(1) >= 0x90;
    return follows(1) && follows(2) && follows(3) && shortest && !beyond ? 4 : 0;
  }
  return 0;
}

void append_utf8(std::string& to, std::uint32_t code) {
  const auto put = [&](std::uint32_t byte) { to += static_cast<char>(byte); };
  const auto follow = [&](int shift) { put(0x80 | (code >> shift & 0x3f)); };
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xc0 | code >> 6);
  } else if (code < 0x10000) {
    put(0xe0 | code >> 12);
    follow(6);
  } else {
    put(0xf0 | code >> 18);
    follow(12);
    follow(6);
  }
  follow(0);
}

bool is_digit(int c) { return c >= '0' && c <= '9'; }

}  // namespace

int Json::next() {
  while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
  return at < text.size() ? static_cast<unsigned char>(text[at]) : -1;
}

Failure Json::surprise(const std::string& path, const std::string& expected) const {
  if (at >= text.size()) return refusal(path, "is no whole JSON: it ends at byte " + std::to_string(text.size()), expected);
  return refusal(path, "is no JSON: it has " + shown(text.substr(at, 12)) + " at byte " + std::to_string(at), expected);
}

void Json::require(const std::string& path, char wanted, const std::string& what) {
  if (next() != wanted) throw surprise(path, what);
  ++at;
}

std::uint32_t Json::four_digits(const std::string& path) {
  std::uint32_t code = 0;
  for (int k = 0; k < 4; ++k, ++at) {
    const int c = at < text.size() ? text[at] : -1;
    if (is_digit(c))
      code = code * 16 + static_cast<std::uint32_t>(c - '0');
    else if (c >= 'a' && c <= 'f')
      code = code * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
    else if (c >= 'A' && c <= 'F')
      code = code * 16 + static_cast<std::uint32_t>(c - 'A' + 10);
    else
      throw surprise(path, "four hexadecimal digits behind \\u");
  }
  return code;
}

void Json::append_escape(std::string& to, const std::string& path) {
  constexpr std::string_view escapes = "\"\\/bfnrt", meanings = "\"\\/\b\f\n\r\t";
  const char c = at < text.size() ? text[at] : '\0';
  if (const std::size_t k = escapes.find(c); k != escapes.npos) {
    ++at;
    to += meanings[k];
    return;
  }
  if (c != 'u') throw surprise(path, "an escape of JSON behind the backslash");
  ++at;
  std::uint32_t code = four_digits(path);
  if (code >= 0xd800 && code < 0xdc00 && text.substr(at, 2) == "\\u") {
    at += 2;
    const std::uint32_t low = four_digits(path);
    if (low < 0xdc00 || low >= 0xe000) throw surprise(path, "both halves of a character beyond \\uffff");
    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
  } else if (code >= 0xd800 && code < 0xe000) {
    throw surprise(path, "both halves of a character beyond \\uffff");
  }
  append_utf8(to, code);
}

std::string Json::string(const std::string& path) {
  require(path, '"', "a string");
  std::string value;
  for (;;) {
    if (at >= text.size() || static_cast<unsigned char>(text[at]) < 0x20) throw surprise(path, "a string that ends by \"");
    if (text[at] == '"') {
      ++at;
      return value;
    }
    if (text[at] == '\\') {
      ++at;
      append_escape(value, path);
      continue;
    }
    const std::size_t length = utf8_length(text.substr(at));
    if (length == 0) throw surprise(path, "text in UTF-8");
    value += text.substr(at, length);
    at += length;
  }
}

std::uint64_t Json::whole(const std::string& path) {
  constexpr const char* expected = "a whole number from 0 to 2^64 - 1";
  if (!is_digit(next())) throw surprise(path, expected);
  const std::size_t begin = at;
  std::uint64_t value = 0;
  for (; at < text.size() && is_digit(text[at]); ++at) {
    const auto digit = static_cast<std::uint64_t>(text[at] - '0');
    if (value > (~std::uint64_t{0} - digit) / 10)
      throw refusal(path, "is a number beyond 2^64 at byte " + std::to_string(begin), expected);
    value = value * 10 + digit;
  }
  if (at - begin > 1 && text[begin] == '0')
    throw refusal(path, "is a number that begins with 0 at byte " + std::to_string(begin), expected);
  if (at < text.size() && (text[at] == '.' || text[at] == 'e' || text[at] == 'E'))
    throw refusal(path, "is a number with a fraction or an exponent at byte " + std::to_string(begin), expected);
  return value;
}

void Json::end() {
  if (next() != -1) throw surprise("", "nothing but spaces behind the object");
}

}  // namespace tools::safetensors
