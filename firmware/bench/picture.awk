# What pictures share: text(value) as SVG wants it, grouped(number) with a comma at each thousand, svg(width, height).
# Given before the script that draws.
function text(value) { gsub(/&/, "\\&amp;", value); gsub(/</, "\\&lt;", value); gsub(/>/, "\\&gt;", value); return value }
function svg(width, height) {
  return sprintf("<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='12'>",
                 width, height)
}
function grouped(number) {
  number = sprintf("%.0f", number)
  out = ""
  while (length(number) > 3) { out = "," substr(number, length(number) - 2) out; number = substr(number, 1, length(number) - 3) }
  return number out
}
