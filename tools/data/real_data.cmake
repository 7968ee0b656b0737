# find_real_data(<variable>)
#
# sets <variable> to the folder of the real data that tests and benchmarks may use: the one
# that NN_DATA names, or ../shared/data. Also for scripts: include(tools/data/real_data.cmake).
function(find_real_data variable)
  set(folder $ENV{NN_DATA})
  if(NOT folder)
    cmake_path(SET folder NORMALIZE ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../../../shared/data)
  endif()
  set(${variable} ${folder} PARENT_SCOPE)
endfunction()
