#!/usr/bin/env bash
# meyda 5.6.3 (npm): in one library, "hanning" is the symmetric window (divided by N - 1) and "hamming" the periodic one (by N).
#
# Of 8 points the Hann window is 0 at both ends and has its maximum twice; the Hamming window is 0.08 at the first point, 1 at the
# fifth and not 0.08 at the last. Features that were trained with one of them and are computed on the device with "the same
# formula, other coefficients" differ in every frame.
#
# Seen: "hanning 0.000 0.188 0.611 0.950 0.950 0.611 0.188 0.000" and
#       "hamming 0.080 0.215 0.540 0.865 1.000 0.865 0.540 0.215"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts meyda@5.6.3 > /dev/null
seen=$(node -e '
const meyda = require("meyda");
for (const name of ["hanning", "hamming"])
  console.log(name, [...meyda.windowing(new Float32Array(8).fill(1), name)].map(x => x.toFixed(3)).join(" "));')
echo "$seen"
[ "$seen" = "hanning 0.000 0.188 0.611 0.950 0.950 0.611 0.188 0.000
hamming 0.080 0.215 0.540 0.865 1.000 0.865 0.540 0.215" ]
