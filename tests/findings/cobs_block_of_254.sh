#!/usr/bin/env bash
# cobs 0.2.1 (npm): 254 bytes without a zero become 256 bytes, FF, the 254 and one more 01, where COBS needs 255.
#
# Cheshire and Baker, "Consistent Overhead Byte Stuffing", let the last block of a packet end without the zero that code FF lacks
# anyway, so FF and 254 bytes are the whole frame. The package writes a block of nothing behind them. Both forms decode to the
# same bytes, so no round trip shows it; a receiver that counts on at most one byte more for every 254, or compares frames, meets
# it.
#
# Seen: "254 -> 256, ends 07 01; 253 -> 254; the frame of 255 decodes to 254"
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts cobs@0.2.1 > /dev/null
seen=$(node -e '
const cobs = require("cobs"), sevens = n => Buffer.alloc(n, 7);
const long = cobs.encode(sevens(254)), short = cobs.encode(sevens(253));
const least = Buffer.concat([Buffer.from([255]), sevens(254)]);
console.log(`254 -> ${long.length}, ends ${long.subarray(-2).toString("hex").replace("07", "07 ")}; 253 -> ${short.length}; ` +
            `the frame of ${least.length} decodes to ${cobs.decode(least).length}`);')
echo "$seen"
[ "$seen" = "254 -> 256, ends 07 01; 253 -> 254; the frame of 255 decodes to 254" ]
