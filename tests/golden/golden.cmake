# Golden models: folders that hold model.tflite or model.onnx, inputs*.bin and outputs*.bin, each file a tensor of all cases back
# to back.
set(GANGLION_GOLDEN ${PROJECT_SOURCE_DIR}/../shared/golden CACHE PATH "folder of golden models, inputs and outputs")

# add_golden(<target> <folder>… [CASES <at most>] [ROUNDING float32] [ROWS])
#
# lets <target> include the header of each model, with its cases; the folder's name is that of the namespace. ROUNDING float32:
# with the outputs of a desktop, desktop_outputs*.bin, and "_float32" behind the name. ROWS: row by row, its input pushed, and
# "_rows" behind the name.
function(add_golden target)
  cmake_parse_arguments(PARSE_ARGV 1 golden "ROWS" "CASES;ROUNDING" "")
  set(most "")
  if(golden_CASES)
    set(most --cases ${golden_CASES})
  endif()
  foreach(folder IN LISTS golden_UNPARSED_ARGUMENTS)
    cmake_path(GET folder FILENAME model)
    file(GLOB inputs ${folder}/inputs*.bin)
    set(rounding "")
    if(golden_ROUNDING)
      string(APPEND model _${golden_ROUNDING})
      set(rounding --rounding ${golden_ROUNDING})
      file(GLOB outputs ${folder}/desktop_outputs*.bin)
    else()
      file(GLOB outputs ${folder}/outputs*.bin)
    endif()
    # Of several sequences, _a, _b and so on, the first.
    list(FILTER inputs EXCLUDE REGEX "_[b-z]\\.bin$")
    list(FILTER outputs EXCLUDE REGEX "_[b-z]\\.bin$")
    set(rows "")
    if(golden_ROWS)
      string(APPEND model _rows)
      set(rows --rows auto --push-rows)
    endif()
    string(REPLACE ";" "," inputs "${inputs}")
    string(REPLACE ";" "," outputs "${outputs}")
    # What the reference kept from run to run.
    set(reset "")
    if(EXISTS ${folder}/meta.txt)
      file(STRINGS ${folder}/meta.txt resets REGEX "^state: .* before every case")
      if(resets)
        set(reset --reset)
      endif()
    endif()
    set(add nn_add_tflite)
    set(file model.tflite)
    if(EXISTS ${folder}/model.onnx)
      set(add nn_add_onnx)
      set(file model.onnx)
    endif()
    cmake_language(CALL ${add} ${target} FILE ${folder}/${file} NAME ${model}
      ARGUMENTS --inputs ${inputs} --outputs ${outputs} ${most} ${reset} ${rounding} ${rows})
  endforeach()
endfunction()
