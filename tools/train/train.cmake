# nn_train_tool(NAME digits MODEL firmware/digits/model.hpp [NETWORK digits::Net] [LOSS nn::CrossEntropy]
#               [FRONT_END digits::FrontEnd])
#
# makes train_<NAME>, which trains the network of a model.hpp (train_<NAME> --help). What NETWORK, LOSS and FRONT_END are unless
# stated: tools/model/model_tool.cmake.
include(${CMAKE_CURRENT_LIST_DIR}/../model/model_tool.cmake)

function(nn_train_tool)
  cmake_parse_arguments(PARSE_ARGV 0 tool "" "NAME;MODEL;NETWORK;FRONT_END;LOSS" "")
  nn_add_model_tool(train_${tool_NAME} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/main.cpp.in)
endfunction()
