# A bar chart, as SVG, of the lines of beside.awk: of instructions and of RAM, ours beside the other, whose bar is as long as 1.
# What is longer than 2 is cut there, and its number stands beside it.
BEGIN {
  FS = ","
  unit = 240; left = 320; row = 34; top = 40
  count = 0
}
$4 == "instructions" || $4 == "ram" { lines[++count] = $0; metric[count] = $4 }
function length_of(ratio) { return unit * (ratio < 2 ? ratio : 2) }
function bar(y, ratio, color) {
  return sprintf("<rect x='%d' y='%d' width='%.1f' height='12' fill='%s'/>\n", left, y, length_of(ratio), color)
}
function part(name, title) {
  some = 0
  for (i = 1; i <= count; ++i) {
    if (metric[i] != name) continue
    if (!some++) { body = body sprintf("<text x='10' y='%d' font-weight='bold'>%s</text>\n", y + 14, title); y += 26 }
    split(lines[i], field, ",")
    work = text(field[1] "  " field[2] ", " field[3])
    body = body sprintf("<text x='%d' y='%d' text-anchor='end'>%s</text>\n", left - 8, y + 17, work)
    body = body bar(y + 1, field[8], "#2a6fbb") bar(y + 14, 1, "#b8b8b8")
    body = body sprintf("<text x='%.0f' y='%d'>%s, %.2f</text>\n",
                        left + length_of(field[8]) + 6, y + 11, grouped(field[5]), field[8])
    body = body sprintf("<text x='%d' y='%d' fill='#666'>%s, %s</text>\n",
                        left + unit + 6, y + 25, grouped(field[7]), text(field[6]))
    y += row
  }
}
END {
  y = top
  part("instructions", "instructions")
  part("ram", "bytes of RAM")
  print svg(left + 2 * unit + 160, y + 10)
  print "<rect width='100%' height='100%' fill='white'/>"
  printf "<rect x='%d' y='10' width='12' height='12' fill='#2a6fbb'/><text x='%d' y='20'>here</text>", left, left + 18
  printf "<rect x='%d' y='10' width='12' height='12' fill='#b8b8b8'/><text x='%d' y='20'>beside it</text>\n", left + 70, left + 88
  printf "%s</svg>\n", body
}
