# The program import: its headers compile, hold what they promise and are the same when made again; what it cannot do ends with 1,
# a sentence that names the file, and no file.
include(${CMAKE_CURRENT_LIST_DIR}/run.cmake)
set(golden ${SOURCE}/tests/golden)
succeeds(${BIN}/make_corpus .)

# Headers, and a program of all: each probe gives its answer, bit for bit.
set(golden_hpp "#include \"golden.hpp\"\n")
set(includes "")
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
  string(APPEND includes "#include \"${model}.hpp\"\n")
  set(include "#include \"${model}.hpp\"\n")
  set(run "  if (const void *const probes[]{${probes}}, *const answers[]{${answers}}; differs<${model}::Net>(probes, answers))\n\
    return ${model}::Net::operators;\n")
  string(APPEND runs "${run}")
endforeach()
set(differs "
template <class Net>
bool differs(const auto& probes, const auto& answers) {
  static Net net;
  golden::load(net, 0, probes);
  net.run();
  return golden::mismatches(net, 0, answers) != 0;
}

int main() {
")
set(end "  return 0;\n}\n")
file(WRITE ${FOLDER}/probes.cpp "${golden_hpp}${includes}${differs}${runs}${end}")
set(wrong "${golden_hpp}${include}${differs}${run}${end}")  # of the last model alone
set(probes -O0 -Wall -Wextra -Wconversion -Werror -I${SOURCE}/tests -I${golden} probes.cpp -o probes)
if(NOT SANITIZED)
  succeeds(${compile} ${probes})
  succeeds(./probes)
endif()

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
  file(WRITE ${FOLDER}/probes.cpp "${wrong}")
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

# What fails leaves the old header as it was, and nothing beside it: noted(<pattern> <arguments>…), and all run in one process.
set(notes 0)
function(noted pattern)
  math(EXPR note "${notes} + 1")
  set(notes ${note} PARENT_SCOPE)
  set(pattern_${note} "${pattern}" PARENT_SCOPE)
  later(${note} ${ARGN})
endfunction()
file(WRITE ${FOLDER}/text "hello\nworld\n")
file(WRITE ${FOLDER}/out.hpp "old")
execute_process(COMMAND head -c 1000 chain WORKING_DIRECTORY ${FOLDER} OUTPUT_FILE truncated)
set(to --name some --out out.hpp)
noted("^import: missing[ :][^\n]+\n$" missing ${to})
noted("^import: empty: [^\n]+; expected [^\n]+\n$" empty ${to})
noted("^import: text: [^\n]+; expected [^\n]+\n$" text ${to})
noted("^import: truncated: [^\n]+; expected [^\n]+\n$" truncated ${to})
noted("^import: mixed: operator 3 CUMSUM: is not supported; expected [^\n]+\n$" mixed ${to})
noted("short.bin: has 61 bytes; expected whole cases of 60" chain --inputs short.bin --outputs y.bin ${to})
noted("empty: has 0 bytes; expected whole cases of 3" chain --inputs x.bin --outputs empty ${to})
noted("nowhere.bin" chain --inputs nowhere.bin --outputs y.bin ${to})
noted("2 files of cases; expected one for each of 1 tensors" chain --inputs x.bin,x.bin --outputs y.bin ${to})
noted("--outputs" chain --inputs x.bin ${to})
noted("--inputs" chain --outputs y.bin ${to})
noted("nothing to do" chain)
noted("unknown" chain --unknown 3 ${to})
noted("^import: chain: has no signature \"none\"; expected [^\n]+\n$" chain --signature none ${to})
noted("--cases" chain --cases 0 ${to})
noted("--name" chain --name 3d --out out.hpp)
foreach(name class int nn std target main __name _Name)
  noted("--name is \"${name}\", which means something in C\\+\\+" chain --name ${name} --out out.hpp)
endforeach()
noted("nowhere/out.hpp" chain --name some --out nowhere/out.hpp)

# What a command reads is not what it writes; what would do nothing is refused.
file(COPY_FILE ${FOLDER}/chain ${FOLDER}/kept)
set(over ": would be written over another file of this command")
noted("^import: ./kept${over}" kept --name some --out ./kept)
noted("^import: x.bin${over}" kept --name some --inputs x.bin --outputs y.bin --out x.bin)
noted("^import: y.bin${over}" kept --plan y.bin --inputs x.bin --outputs y.bin)
noted("^import: out.hpp${over}" kept ${to} --plan out.hpp)
noted("^import: out.hpp${over}" kept --trainable ${to} --image out.hpp)
noted("^import: the name of a file is empty; expected one" kept --name some --inputs x.bin, --outputs y.bin
  --out out.hpp)
noted("nowhere/plan.svg" kept ${to} --plan nowhere/plan.svg)
noted("--cases does nothing without --inputs" chain --cases 2 ${to})
noted("--reset does nothing without --inputs" chain --reset ${to})
noted("--unoptimized of a model that is no .onnx file" chain --unoptimized ${to})
noted("--signature of an .onnx file" chain.onnx --signature main ${to})
noted("--trainable and --rows do not go together, since" chain --trainable --rows auto ${to})
now(${BIN}/import)
foreach(note RANGE 1 ${notes})
  said(${note})
  expect_failure("${pattern_${note}}" "note ${note}")
endforeach()
file(SHA256 ${FOLDER}/chain before)
file(SHA256 ${FOLDER}/kept after)
file(READ ${FOLDER}/x.bin cases)
if(NOT before STREQUAL after OR NOT cases STREQUAL "${x}${x}")
  message(FATAL_ERROR "expected the model and its cases as they were")
endif()
file(READ ${FOLDER}/out.hpp content)
file(GLOB left RELATIVE ${FOLDER} ${FOLDER}/out* ${FOLDER}/nowhere*)
if(NOT content STREQUAL "old" OR NOT left STREQUAL "out.hpp")
  message(FATAL_ERROR "expected the old header alone: ${left} ${content}")
endif()
