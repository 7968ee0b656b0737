# What tools/bench makes of figures: beside those of peers and of an earlier run, in every form; and mistakes.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(bench ${SOURCE}/tools/bench)

file(WRITE ${FOLDER}/new.csv
  "# a machine\nm4,dense 784x128,int8,instructions,96961\nm4,dense 784x128,int8,flash,900\nm4,model kws_int8,int8,ram,9128\n\
m4,a & b,int8,instructions,30\nm4,equal,int8,instructions,7\n")
file(WRITE ${FOLDER}/old.csv
  "m4,dense 784x128,int8,instructions,100000\nm4,a & b,int8,instructions,10\nm4,equal,int8,instructions,7\n\
m4,gone,int8,instructions,7\n")

function(prints expected)
  succeeds(${bench} --from new.csv ${ARGN})
  if(NOT OUTPUT STREQUAL "${expected}")
    message(FATAL_ERROR "${ARGN}: printed\n${OUTPUT}\nnot\n${expected}")
  endif()
endfunction()
prints("m4,equal,int8,instructions,7\n" --csv equal)
prints("m4,dense 784x128,int8,instructions,96961,CMSIS-NN,193922,0.500\n\
m4,model kws_int8,int8,ram,9128,TensorFlow Lite Micro,22820,0.400\n" --csv --peers)
# The worst first; what either has alone is left out.
prints("m4,a & b,int8,instructions,30,before,10,3.000\nm4,equal,int8,instructions,7,before,7,1.000\n\
m4,dense 784x128,int8,instructions,96961,before,100000,0.970\n" --csv --compare old.csv)
prints("| core | work | arithmetic | metric | value | beside | its | ratio |\n\
| --- | --- | --- | --- | ---: | --- | ---: | ---: |\n\
| m4 | model kws_int8 | int8 | ram | 9128 | TensorFlow Lite Micro | 22820 | 0.400 |\n" --markdown --peers kws)
prints("\
core  work                                arithmetic  metric               value  beside                          its   ratio\n\
m4    equal                               int8        instructions             7  before                            7   1.000\n\
" --compare old.csv equal)

succeeds(${bench} --from new.csv --compare old.csv --svg chart.svg)
file(READ ${FOLDER}/chart.svg picture)
foreach(part "^<svg " "a &amp; b, int8" "width='480.0'" "width='232.8'" "96,961, 0.97" "100,000, before" "</svg>\n$")
  if(NOT picture MATCHES "${part}")
    message(FATAL_ERROR "the chart lacks \"${part}\"\n${picture}")
  endif()
endforeach()

fails("has nothing beside \"equal\"" ${bench} --from new.csv --peers equal)
fails("nothing to measure is named by \"none\"" ${bench} --from new.csv none)
fails("none.csv cannot be read; expected what an earlier bench --csv printed" ${bench} --compare none.csv)
fails("chart.svg has no figures; expected what an earlier bench --csv printed" ${bench} --from chart.svg)
fails("expected one of them" ${bench} --peers --compare old.csv)
fails("expected --peers or --compare" ${bench} --svg none.svg)
fails("--compare has no value; expected a file" ${bench} --compare)
fails("--chart is not an option" ${bench} --chart)
fails("nowhere is no folder; expected one for chart.svg" ${bench} --from new.csv --peers --svg nowhere/chart.svg)
fails("is no pattern; expected one as of grep -E" ${bench} --from new.csv "(m4")
fails("\"m4,\" and \"m55,\" are two filters; expected one pattern" ${bench} --from new.csv m4, m55,)

# Of a model's profile, a table and bars.
file(WRITE ${FOLDER}/profile.csv
  "m0,profile some 00 Conv2d,int8,macs,100\nm0,profile some 00 Conv2d,int8,instructions,300\n\
m0,profile some 01 Softmax,int8,macs,0\nm0,profile some 01 Softmax,int8,instructions,1200\n")
succeeds(awk -v model=some -f ${SOURCE}/firmware/bench/profile_table.awk profile.csv)
set(expected
  "some, m0                          MACs  instructions     share   per MAC\n\
  00 Conv2d                        100           300    20.0 %      3.00\n\
  01 Softmax                         0          1200    80.0 %\n\
  all                              100          1500   100.0 %     15.00\n")
if(NOT OUTPUT STREQUAL expected)
  message(FATAL_ERROR "profile_table.awk: printed\n${OUTPUT}\nnot\n${expected}")
endif()
succeeds(awk -v model=some -f ${SOURCE}/firmware/bench/picture.awk -f ${SOURCE}/firmware/bench/profile.awk profile.csv)
foreach(part "^<svg " "some, m0: 1,500 instructions" "width='120.0'" "20.0 %, 300; 3.00 per MAC" "width='480.0'" "80.0 %, 1,200<"
  "</svg>\n$")
  if(NOT OUTPUT MATCHES "${part}")
    message(FATAL_ERROR "the bars lack \"${part}\"\n${OUTPUT}")
  endif()
endforeach()

# Every peer's figure is of a piece of work that there is.
file(STRINGS ${SOURCE}/firmware/bench/peers.csv peers REGEX "^[^#]")
file(GLOB works ${SOURCE}/firmware/bench/*.cpp ${SOURCE}/firmware/bench/*/*.cpp)
set(names "")
foreach(work IN LISTS works)
  file(STRINGS ${work} heading LIMIT_COUNT 1)
  string(REGEX REPLACE "^// (.*): .*$" "\\1" heading "${heading}")
  list(APPEND names "${heading}")
endforeach()
foreach(line IN LISTS peers)
  if(NOT line MATCHES "^m[0-9]+,([^,]+),(u?int8|int16|float),(instructions|ram|flash),[0-9]+,[^,]+$")
    message(FATAL_ERROR "peers.csv: ${line}")
  endif()
  set(work ${CMAKE_MATCH_1})
  list(FIND names "${work}" at)
  if(at EQUAL -1 AND NOT work MATCHES "^model ")
    message(FATAL_ERROR "peers.csv: there is no work \"${work}\"")
  endif()
endforeach()
file(REMOVE_RECURSE ${FOLDER})
