#include "array.hpp"

#include <cstring>

namespace reference {

namespace {

template <class Number>
Number number(const std::vector<std::uint8_t>& bytes, std::size_t i) {
  if ((i + 1) * sizeof(Number) > bytes.size()) throw Unknown{"fewer bytes than a tensor has"};
  Number value;
  std::memcpy(&value, &bytes[i * sizeof(Number)], sizeof value);
  return value;
}

double half(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  const double size = exponent == 0 ? std::ldexp(fraction, -24) : std::ldexp(1024 + fraction, exponent - 25);
  if (exponent == 31) return fraction != 0 ? std::nan("") : (bits >> 15 != 0 ? -HUGE_VAL : HUGE_VAL);
  return bits >> 15 != 0 ? -size : size;
}

template <class Number>
void append(std::vector<std::uint8_t>& to, Number value) {
  const std::size_t at = to.size();
  to.resize(at + sizeof value);
  std::memcpy(&to[at], &value, sizeof value);
}

}  // namespace

Array decode(const Tensor& tensor, const std::vector<std::uint8_t>& bytes) {
  Array to{tensor.type == Type::int4 ? Type::int8 : tensor.type == Type::float16 ? Type::float32 : tensor.type, tensor.shape};
  for (std::size_t i = 0; i < to.size(); ++i) switch (tensor.type) {
      case Type::float32:
        to.real[i] = static_cast<double>(number<float>(bytes, i));
        break;
      case Type::float16:
        to.real[i] = half(number<std::uint16_t>(bytes, i));
        break;
      case Type::int32:
        to.code[i] = number<std::int32_t>(bytes, i);
        break;
      case Type::int64:
        to.code[i] = number<std::int64_t>(bytes, i);
        break;
      case Type::int16:
        to.code[i] = number<std::int16_t>(bytes, i);
        break;
      case Type::int8:
        to.code[i] = number<std::int8_t>(bytes, i);
        break;
      case Type::uint8:
      case Type::boolean:
        to.code[i] = number<std::uint8_t>(bytes, i);
        break;
      case Type::int4: {
        const int bits = number<std::uint8_t>(bytes, i / 2) >> (i % 2 == 0 ? 0 : 4) & 15;
        to.code[i] = bits < 8 ? bits : bits - 16;
        break;
      }
      case Type::resource:
        throw Unknown{"the bytes of a resource"};
    }
  return to;
}

std::vector<std::uint8_t> encode(const Array& array) {
  std::vector<std::uint8_t> to;
  for (std::size_t i = 0; i < array.size(); ++i) switch (array.type) {
      case Type::float32:
        append(to, static_cast<float>(array.real[i]));
        break;
      case Type::int32:
        append(to, static_cast<std::int32_t>(array.code[i]));
        break;
      case Type::int64:
        append(to, static_cast<std::int64_t>(array.code[i]));
        break;
      case Type::int16:
        append(to, static_cast<std::int16_t>(array.code[i]));
        break;
      case Type::int8:
        append(to, static_cast<std::int8_t>(array.code[i]));
        break;
      default:
        append(to, static_cast<std::uint8_t>(array.code[i]));
    }
  return to;
}

}  // namespace reference
