# nn_train_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net] [LOSS nn::CrossEntropy]
#               [FRONT_END digits::FrontEnd] [INT8] [OPTIMIZERS Sgd|Momentum|RmsProp|Adam …])
#
# makes train_<NAME>, which trains the network of a model.hpp (train_<NAME> --help). What NETWORK, LOSS and FRONT_END are unless
# stated: tools/model/model_tool.cmake. With INT8 it takes --quantize int8, for a network in float that nn_quantize_tool will
# quantize. OPTIMIZERS: these alone, which compiles sooner; Momentum is Nesterov's, too.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_train_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "INT8" "NAME;MODEL;NETWORK;FRONT_END;LOSS" "OPTIMIZERS")
  set(tool_training train)
  set(tool_main train_main)
  if(tool_INT8)
    set(tool_training int8_training)
    set(tool_main train_int8_main)
  endif()
  set(tool_WITHOUT_OPTIMIZERS "")
  set(without Sgd Momentum RmsProp Adam)
  foreach(optimizer IN LISTS tool_OPTIMIZERS)
    if(NOT optimizer IN_LIST without)
      message(FATAL_ERROR "nn_train_tool: ${optimizer} is no optimizer of a trainer; expected some of ${without}, each once")
    endif()
    list(REMOVE_ITEM without ${optimizer})
  endforeach()
  if(tool_OPTIMIZERS)
    foreach(optimizer IN LISTS without)
      string(APPEND tool_WITHOUT_OPTIMIZERS
        "template <>\ninline constexpr bool tools::has_optimizer<nn::${optimizer}> = false;\n")
    endforeach()
  endif()
  nn_add_model_tool(train_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.cpp.in)
  if(tool_INT8)
    nn_link_quantizer(train_${tool_NAME})
  endif()
endfunction()
