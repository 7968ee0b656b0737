# Lines of `core,work,arithmetic,metric,value[,name]` of a first file beside those of a second one, of the same work:
#
#   core,work,arithmetic,metric,value,name,its value,ratio      name: of who has the first file's value; ratio: value / its value
BEGIN { FS = OFS = "," }
/^#/ || NF < 5 { next }
{ key = $1 OFS $2 OFS $3 OFS $4 }
FILENAME == ARGV[1] {
  others[key] = $5
  names[key] = NF > 5 ? $6 : "before"
  next
}
key in others && $5 ~ /^[0-9.]+$/ && others[key] > 0 {
  printf "%s,%s,%s,%s,%.3f\n", key, $5, names[key], others[key], $5 / others[key]
}
