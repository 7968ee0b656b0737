# What pictures share: text(value) as SVG wants it, grouped(number) with a comma at each thousand. Given before the script that draws.
function text(value) { gsub(/&/, "\\&amp;", value); gsub(/</, "\\&lt;", value); gsub(/>/, "\\&gt;", value); return value }
function grouped(number) {
  number = sprintf("%.0f", number)
  out = ""
  while (length(number) > 3) { out = "," substr(number, length(number) - 2) out; number = substr(number, 1, length(number) - 3) }
  return number out
}
