#!/usr/bin/env bash
# wavefile 11.0.0 (npm): 16-bit samples that are converted to 24 bits and back are not the samples they were.
#
# The way up scales by 8388607 / 32767 and not by 256, and the way down cuts: 32766 comes back as 32765, 1 as 0, while -32767, -1,
# 0 and both ends do come back. A clip that a tool kept "without loss" in 24 bits gives other features than the recording.
#
# Seen: "-32768 -32767 -1 0 1 32766 32767 -> -8388608 -8388352 -256 0 256 8388350 8388607 -> -32768 -32767 -1 0 0 32765 32767"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts wavefile@11.0.0 > /dev/null
seen=$(node -e '
const { WaveFile } = require("wavefile");
const wave = new WaveFile(), samples = () => Array.from(wave.getSamples()).join(" ");
wave.fromScratch(1, 16000, "16", [-32768, -32767, -1, 0, 1, 32766, 32767]);
const before = samples();
wave.toBitDepth("24");
const wide = samples();
wave.toBitDepth("16");
console.log(`${before} -> ${wide} -> ${samples()}`);')
echo "$seen"
[ "$seen" = "-32768 -32767 -1 0 1 32766 32767 -> -8388608 -8388352 -256 0 256 8388350 8388607 -> \
-32768 -32767 -1 0 0 32765 32767" ]
