# The program import: its headers compile, hold what they promise and are the same when made again; what it cannot do ends with 1,
# a sentence that names the file, and no file.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(golden ${SOURCE}/tests/golden)
succeeds(${BIN}/make_corpus .)

# Headers, and a program of all: each probe gives its answer, bit for bit.
set(source "#include \"golden.hpp\"\n")
set(runs "")
foreach(model chain branches movement stream gated)
  succeeds(${BIN}/import ${model} --name ${model} --out ${model}.hpp)
  file(RENAME ${FOLDER}/${model}.hpp ${FOLDER}/before.hpp)
  succeeds(${BIN}/import ${model} --name ${model} --out ${model}.hpp)
  same(before.hpp ${model}.hpp)
  file(READ ${FOLDER}/${model}.hpp header)
  foreach(kind probe answer)
    string(REGEX MATCHALL "${kind}_[0-9]+" names "${header}")
    list(TRANSFORM names PREPEND "${model}::")
    list(JOIN names ", " ${kind}s)
  endforeach()
  string(APPEND source "#include \"${model}.hpp\"\n")
  string(APPEND runs
    "  if (const void *const probes[]{${probes}}, *const answers[]{${answers}}; differs<${model}::Net>(probes, answers))\n\
    return ${model}::Net::operators;\n")
endforeach()
file(WRITE ${FOLDER}/probes.cpp "${source}
template <class Net>
bool differs(const auto& probes, const auto& answers) {
  static Net net;
  golden::load(net, 0, probes);
  net.run();
  return golden::mismatches(net, 0, answers) != 0;
}

int main() {
${runs}  return 0;
}
")
set(probes -O0 -Wall -Wextra -Wconversion -Werror -I${SOURCE}/tests -I${golden} probes.cpp -o probes)
succeeds(${compile} ${probes})
succeeds(./probes)

# The plan as a picture: a name for every operator, a box for every tensor.
succeeds(${BIN}/import branches --name branches --plan plan.svg)
file(READ ${FOLDER}/plan.svg picture)
string(REGEX MATCHALL "rotate" named "${picture}")
string(REGEX MATCHALL "<title>[^<]*: [0-9]+ bytes at [0-9]+</title>" boxes "${picture}")
list(LENGTH named names)
list(LENGTH boxes count)
if(names LESS 2 OR count LESS_EQUAL names OR NOT picture MATCHES "bytes of workspace" OR NOT picture MATCHES "</svg>\n$")
  message(FATAL_ERROR "plan.svg names ${names} operators and draws ${count} boxes")
endif()

# Another answer is noticed.
if(NOT SANITIZED)
  file(READ ${FOLDER}/gated.hpp header)
  string(REGEX REPLACE "(answer_0.12.{\n +)" "\\1 1.0f + " header "${header}")
  file(WRITE ${FOLDER}/gated.hpp "${header}")
  succeeds(${compile_again} ${probes})
  run(./probes)
  if(STATUS EQUAL 0)
    message(FATAL_ERROR "a wrong answer was not noticed")
  endif()
endif()

# Cut: what was done is said, in the header too; a tensor that there is not leaves no header.
succeeds(${BIN}/import chain --name body --out body.hpp --until flat)
file(READ ${FOLDER}/body.hpp header)
set(said "cut behind tensor 8 \"flat\": 4 of 6 operators remain\n")
if(NOT OUTPUT MATCHES "body: ${said}" OR NOT header MATCHES "\n// ${said}" OR header MATCHES "fully_connected")
  message(FATAL_ERROR "expected the body alone\n${OUTPUT}")
endif()
fails("^import: chain: has no operator that computes the tensor \"3a\"; expected one of these, by its name or its number:\n\
  3  \"conv\"\n"
  ${BIN}/import chain --name none --out none.hpp --until 3a)
if(EXISTS ${FOLDER}/none.hpp)
  message(FATAL_ERROR "expected no header")
endif()

# Tables for sums of codes, where there are some (import_tables.cpp).
fails("^import: chain: has no sum of int8 for --add-tables; expected ADD or SUB of codes, with --rounding reference\n$"
  ${BIN}/import chain --name none --out none.hpp --add-tables)
fails("--add-tables does nothing without --out" ${BIN}/import chain --plan plan.svg --add-tables)
if(EXISTS ${FOLDER}/none.hpp)
  message(FATAL_ERROR "expected no header")
endif()

# Cases: as many and as large as the model's tensors; compared, or written into the header.
string(REPEAT "a" 60 x)
file(WRITE ${FOLDER}/x.bin ${x}${x})
file(WRITE ${FOLDER}/short.bin ${x}a)
file(WRITE ${FOLDER}/empty "")
file(WRITE ${FOLDER}/y.bin "abcabc")
fails("^$" ${BIN}/import chain --inputs x.bin --outputs y.bin)
if(NOT OUTPUT MATCHES "\n[1-6] of 6 numbers of 2 cases differ\n$")
  message(FATAL_ERROR "expected other numbers than abc\n${OUTPUT}")
endif()
succeeds(${BIN}/import chain --name chain --inputs x.bin --outputs y.bin --cases 1 --out cases.hpp)
file(READ ${FOLDER}/cases.hpp header)
if(NOT header MATCHES "cases = 1;")
  message(FATAL_ERROR "expected one case")
endif()

# What fails leaves the old header as it was, and nothing beside it.
file(WRITE ${FOLDER}/text "hello\nworld\n")
file(WRITE ${FOLDER}/out.hpp "old")
execute_process(COMMAND head -c 1000 chain WORKING_DIRECTORY ${FOLDER} OUTPUT_FILE truncated)
set(to --name some --out out.hpp)
fails("^import: missing[ :][^\n]+\n$" ${BIN}/import missing ${to})
fails("^import: empty: [^\n]+; expected [^\n]+\n$" ${BIN}/import empty ${to})
fails("^import: text: [^\n]+; expected [^\n]+\n$" ${BIN}/import text ${to})
fails("^import: truncated: [^\n]+; expected [^\n]+\n$" ${BIN}/import truncated ${to})
fails("^import: mixed: operator 3 CUMSUM: is not supported; expected [^\n]+\n$" ${BIN}/import mixed ${to})
fails("short.bin: has 61 bytes; expected whole cases of 60" ${BIN}/import chain --inputs short.bin --outputs y.bin ${to})
fails("empty: has 0 bytes; expected whole cases of 3" ${BIN}/import chain --inputs x.bin --outputs empty ${to})
fails("nowhere.bin" ${BIN}/import chain --inputs nowhere.bin --outputs y.bin ${to})
fails("2 files of cases; expected one for each of 1 tensors" ${BIN}/import chain --inputs x.bin,x.bin --outputs y.bin ${to})
fails("--outputs" ${BIN}/import chain --inputs x.bin ${to})
fails("--inputs" ${BIN}/import chain --outputs y.bin ${to})
fails("nothing to do" ${BIN}/import chain)
fails("unknown" ${BIN}/import chain --unknown 3 ${to})
fails("^import: chain: has no signature \"none\"; expected [^\n]+\n$" ${BIN}/import chain --signature none ${to})
fails("--cases" ${BIN}/import chain --cases 0 ${to})
fails("--name" ${BIN}/import chain --name 3d --out out.hpp)
foreach(name class int nn std target main __name _Name)
  fails("--name is \"${name}\", which means something in C\\+\\+" ${BIN}/import chain --name ${name} --out out.hpp)
endforeach()
fails("nowhere/out.hpp" ${BIN}/import chain --name some --out nowhere/out.hpp)

# What a command reads is not what it writes; what would do nothing is refused.
file(COPY_FILE ${FOLDER}/chain ${FOLDER}/kept)
set(over ": would be written over another file of this command")
fails("^import: ./kept${over}" ${BIN}/import kept --name some --out ./kept)
fails("^import: x.bin${over}" ${BIN}/import kept --name some --inputs x.bin --outputs y.bin --out x.bin)
fails("^import: y.bin${over}" ${BIN}/import kept --plan y.bin --inputs x.bin --outputs y.bin)
fails("^import: out.hpp${over}" ${BIN}/import kept ${to} --plan out.hpp)
fails("^import: out.hpp${over}" ${BIN}/import kept --trainable ${to} --image out.hpp)
fails("^import: the name of a file is empty; expected one" ${BIN}/import kept --name some --inputs x.bin, --outputs y.bin
  --out out.hpp)
fails("nowhere/plan.svg" ${BIN}/import kept ${to} --plan nowhere/plan.svg)
file(SHA256 ${FOLDER}/chain before)
file(SHA256 ${FOLDER}/kept after)
file(READ ${FOLDER}/x.bin cases)
if(NOT before STREQUAL after OR NOT cases STREQUAL "${x}${x}")
  message(FATAL_ERROR "expected the model and its cases as they were")
endif()
fails("--cases does nothing without --inputs" ${BIN}/import chain --cases 2 ${to})
fails("--reset does nothing without --inputs" ${BIN}/import chain --reset ${to})
fails("--unoptimized of a model that is no .onnx file" ${BIN}/import chain --unoptimized ${to})
fails("--signature of an .onnx file" ${BIN}/import chain.onnx --signature main ${to})
fails("--trainable and --rows do not go together, since" ${BIN}/import chain --trainable --rows auto ${to})
file(READ ${FOLDER}/out.hpp content)
file(GLOB left RELATIVE ${FOLDER} ${FOLDER}/out* ${FOLDER}/nowhere*)
if(NOT content STREQUAL "old" OR NOT left STREQUAL "out.hpp")
  message(FATAL_ERROR "expected the old header alone: ${left} ${content}")
endif()
