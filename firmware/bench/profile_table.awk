# A table of one model's lines of "profile": for each core, each operator's multiply-accumulates, ticks, share of the time, and
# ticks for each multiply-accumulate.
BEGIN { FS = "," }
$4 == "macs" { macs[$1, $2] = $5; next }
!($1 in all) { core[++cores] = $1; unit[$1] = $4 }
{ all[$1] += $5; line[++count] = $0 }
function row(what, products, ticks, share) {
  printf "%-26s%12d%14d%8.1f %%", what, products, ticks, share
  if (products > 0) printf "%10.2f", ticks / products
  print ""
}
END {
  for (c = 1; c <= cores; ++c) {
    printf "%-26s%12s%14s%10s%10s\n", model ", " core[c], "MACs", unit[core[c]], "share", "per MAC"
    sum = 0
    for (i = 1; i <= count; ++i) {
      split(line[i], field, ",")
      if (field[1] != core[c]) continue
      step = field[2]
      sub(/^profile [^ ]* /, "", step)
      sum += macs[field[1], field[2]]
      row("  " step, macs[field[1], field[2]], field[5], all[core[c]] > 0 ? 100 * field[5] / all[core[c]] : 0)
    }
    row("  all", sum, all[core[c]], 100)
  }
}
