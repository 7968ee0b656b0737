# Golden models: folders that hold model.tflite, inputs*.bin and outputs*.bin, each file a tensor of all cases back to back.
set(GANGLION_GOLDEN ${PROJECT_SOURCE_DIR}/../shared/golden CACHE PATH "folder of golden models, inputs and outputs")

# add_golden(<target> <folder>… [CASES <at most>])
#
# lets <target> include the header of each model, with its cases; the folder's name is that of the namespace.
function(add_golden target)
  cmake_parse_arguments(PARSE_ARGV 1 golden "" CASES "")
  set(most "")
  if(golden_CASES)
    set(most --cases ${golden_CASES})
  endif()
  foreach(folder IN LISTS golden_UNPARSED_ARGUMENTS)
    cmake_path(GET folder FILENAME model)
    file(GLOB inputs ${folder}/inputs*.bin)
    file(GLOB outputs ${folder}/outputs*.bin)
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
    nn_add_tflite(${target} FILE ${folder}/model.tflite NAME ${model} ARGUMENTS --inputs ${inputs} --outputs ${outputs} ${most} ${reset})
  endforeach()
endfunction()
