#!/usr/bin/env bash
# GNU as 2.40 (Debian 12, binutils-arm-none-eabi 2.40-2+18+b1): VCVTT and VCVTB between half and single precision on Helium's
# vectors assemble, without a word, with the numbers of both registers doubled: "q1, q2" becomes the code of "q2, q4".
#
# The encoding counts vector registers; the assembler puts the number of the double word there. Q0 alone comes out right, so a
# first trial may pass. Intrinsics (vcvttq_f16_f32 and kin) go the same way, since g++ hands its assembly to this assembler.
# The object's bytes are read back by LLVM's llvm-mc 14, which shares no code with it; llvm-mc encodes the line as 3f ee 05 3e.
#
# Seen: "vcvtt.f16.f32 q1, q2 -> 3f ee 09 5e -> vcvtt.f16.f32 q2, q4"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
chmod 755 .
apt-get -qq download binutils-arm-none-eabi=2.40-2+18+b1 llvm-14=1:14.0.6-12 libllvm14=1:14.0.6-12 2> /dev/null
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(dirname "$(find root -name 'libLLVM-14.so*' | head -n 1)")
line='vcvtt.f16.f32 q1, q2'
printf '.syntax unified\n.thumb\n%s\n' "$line" > line.s
root/usr/bin/arm-none-eabi-as -march=armv8.1-m.main+mve.fp line.s -o line.o
root/usr/bin/arm-none-eabi-objcopy -O binary -j .text line.o line.bin
bytes=$(od -An -tx1 line.bin | xargs)
read_back=$(printf '0x%s ' $bytes | LD_LIBRARY_PATH=$libraries root/usr/lib/llvm-14/bin/llvm-mc -disassemble \
  -triple=thumbv8.1m.main-none-eabi -mattr=+mve.fp | grep -o 'vcvt.*' | tr '\t' ' ')
seen="$line -> $bytes -> $read_back"
echo "$seen"
[ "$seen" = "vcvtt.f16.f32 q1, q2 -> 3f ee 09 5e -> vcvtt.f16.f32 q2, q4" ]
