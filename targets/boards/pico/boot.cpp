// The RP2040's second boot stage: the chip's ROM copies the first 256 bytes of flash into RAM and, if their checksum is
// right, runs them there. They let the ROM make the flash readable in place, by the slow but universal command 03h, and go
// on to the vectors behind them. RP2040 Datasheet, sections 2.7.2.3 and 2.8.3.
#include <array>
#include <cstddef>
#include <cstdint>

namespace {

constexpr std::array<std::uint16_t, 20> code{
    0x2414,          // movs r4, #0x14
    0x8820,          // ldrh r0, [r4, #0]     the ROM's table of functions
    0x88a4,          // ldrh r4, [r4, #4]     and how to look one up
    0x4905,          // ldr r1, name
    0x47a0,          // blx r4
    0x4780,          // blx r0
    0x4804,          // ldr r0, vectors
    0x4905,          // ldr r1, vtor
    0x6008,          // str r0, [r1]
    0xc806,          // ldm r0!, {r1, r2}     the stack, and reset
    0xf381, 0x8808,  // msr msp, r1
    0x4710,          // bx r2
    0x46c0,          // nop
    0x5843, 0x0000,  // name: `CX`, flash_enter_cmd_xip
    0x0100, 0x1000,  // vectors: 0x10000100
    0xed08, 0xe000,  // vtor
};

// CRC-32 with the highest bit first, as the ROM takes it over the first 252 bytes.
constexpr std::uint32_t checksum(const std::array<std::uint8_t, 256>& bytes) {
  std::uint32_t crc = 0xffffffff;
  for (std::size_t i = 0; i < 252; ++i) {
    crc ^= static_cast<std::uint32_t>(bytes[i]) << 24;
    for (int bit = 0; bit < 8; ++bit) crc = crc << 1 ^ (crc >> 31 != 0 ? 0x04c11db7u : 0u);
  }
  return crc;
}

constexpr std::array<std::uint8_t, 256> stage() {
  std::array<std::uint8_t, 256> bytes{};
  for (std::size_t i = 0; i < 2 * code.size(); ++i) bytes[i] = static_cast<std::uint8_t>(code[i / 2] >> i % 2 * 8);
  const std::uint32_t crc = checksum(bytes);
  for (std::size_t i = 0; i < 4; ++i) bytes[252 + i] = static_cast<std::uint8_t>(crc >> 8 * i);
  return bytes;
}

[[gnu::section(".boot"), gnu::used]] constinit const std::array<std::uint8_t, 256> second_stage = stage();

}  // namespace
