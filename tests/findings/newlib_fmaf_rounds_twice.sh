#!/usr/bin/env bash
# newlib 3.3.0 (Debian 12, libnewlib-arm-none-eabi 3.3.0-1.3+deb12u1, gcc-arm-none-eabi 15:12.2.rel1-1): fmaf() rounds twice on a
# Cortex-M4F, though its FPU has VFMA.F32. The library forms product and sum in double, then rounds that to float.
#
# So does it on Cortex-M0, M3, M7 and M33. The compiler puts VFMA.F32 where it sees the call, and the library's function is what
# runs under -fno-builtin, at -O0 and through a pointer: one source, two answers. Here 2^-24 (1 - 2^-30) is added to 1 + 2^-23: a
# little less than half a unit above, so 1 + 2^-23 is right; in double it becomes exactly one half, and then the even neighbour.
#
# Seen: "inline 3f800001, library 3f800002"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get -qq download gcc-arm-none-eabi=15:12.2.rel1-1 binutils-arm-none-eabi=2.40-2+18+b1 \
  libnewlib-arm-none-eabi=3.3.0-1.3+deb12u1 libnewlib-dev=3.3.0-1.3+deb12u1 qemu-user-static=1:7.2+dfsg-7+deb12u18+b3 2> /dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
cat > sum.c << 'END'
#include <math.h>
static long call(long number, long a, const void* b, long c) {  // Linux, which QEMU plays
  register long r7 __asm__("r7") = number, r0 __asm__("r0") = a, r2 __asm__("r2") = c;
  register const void* r1 __asm__("r1") = b;
  __asm__ volatile("svc 0" : "+r"(r0) : "r"(r1), "r"(r2), "r"(r7) : "memory");
  return r0;
}
void _start(void) {
  volatile float x = 0x1.0002p-12f, y = 0x1.fffcp-13f, z = 0x1.000002p0f;
  union { float f; unsigned bits; } sum = {fmaf(x, y, z)};
  char hex[8];
  for (int i = 0; i < 8; ++i) hex[i] = "0123456789abcdef"[sum.bits >> (28 - 4 * i) & 15];
  call(4, 1, hex, 8);
  call(1, 0, 0, 0);
}
END
bits() { # OPTION…
  root/usr/bin/arm-none-eabi-gcc -B root/usr/bin/arm-none-eabi- -isystem root/usr/include/newlib -L "$libraries" \
    -mthumb -mcpu=cortex-m4 -mfloat-abi=hard -mfpu=fpv4-sp-d16 -O1 -nostartfiles "$@" sum.c -lm -o sum.elf
  root/usr/bin/qemu-arm-static sum.elf
}
libraries=root/usr/lib/arm-none-eabi/newlib/thumb/v7e-m+fp/hard
seen="inline $(bits), library $(bits -fno-builtin)"
echo "$seen"
[ "$seen" = "inline 3f800001, library 3f800002" ]
