# A bar chart, as SVG, of one model's lines of "profile": for each core, each operator's share of the time. The longest bar is
# that of the largest share; beside each stand its ticks and the ticks for each multiply-accumulate.
BEGIN {
  FS = ","
  unit = 480; left = 220; row = 20
  count = 0
}
$4 == "macs" { macs[$1, $2] = $5; next }
{
  if (!($1 in all)) core[++cores] = $1
  all[$1] += $5
  if ($5 > most[$1]) most[$1] = $5
  lines[++count] = $0
  metric[$1] = $4
}
END {
  y = 12
  for (c = 1; c <= cores; ++c) {
    body = body sprintf("<text x='10' y='%d' font-weight='bold'>%s, %s: %s %s</text>\n",
                        y + 14, text(model), core[c], grouped(all[core[c]]), metric[core[c]])
    y += 26
    for (i = 1; i <= count; ++i) {
      split(lines[i], field, ",")
      if (field[1] != core[c]) continue
      share = all[core[c]] > 0 ? field[5] / all[core[c]] : 0
      step = field[2]
      sub(/^profile [^ ]* /, "", step)
      bar = most[core[c]] > 0 ? unit * field[5] / most[core[c]] : 0
      products = macs[field[1], field[2]]
      body = body sprintf("<text x='%d' y='%d' text-anchor='end'>%s</text>\n", left - 8, y + 12, text(step))
      body = body sprintf("<rect x='%d' y='%d' width='%.1f' height='14' fill='#2a6fbb'/>\n", left, y + 1, bar)
      body = body sprintf("<text x='%.0f' y='%d'>%.1f %%, %s%s</text>\n", left + bar + 6, y + 12, 100 * share, grouped(field[5]),
                          products > 0 ? sprintf("; %.2f per MAC", field[5] / products) : "")
      y += row
    }
    y += 12
  }
  print svg(left + unit + 220, y)
  print "<rect width='100%' height='100%' fill='white'/>"
  printf "%s</svg>\n", body
}
